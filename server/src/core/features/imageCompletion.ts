import { vouchedRetired } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { resolveTag } from '../catalog/tagRules.ts';
import type { CatalogImage } from '../catalog/types.ts';
import { sayList } from '../text/list.ts';
import { formatText } from '../yaml/format.ts';
import { printPath } from '../yaml/nodes.ts';
import type { Body } from './blockSnippet.ts';
import type { CompletionPlace } from './completionPlace.ts';
import { imageOffers, saidItems, saidReference, saidTexts, type SaidImage } from './imageTexts.ts';
import { mark, plain } from './markdown.ts';
import { distinct, textSuggestion, type Suggestion } from './suggestion.ts';

type ValuePlace = Pick<CompletionPlace, 'path' | 'file' | 'beside'>;

/** What an image value may be: by the policy, in other layers, by default; `undefined` where there is none. */
export function imageSuggestions(view: StackView, place: ValuePlace): readonly Suggestion[] | undefined {
  const image = view.catalog.imageAround(place.path);
  if (image === undefined) return undefined;
  const path = printPath(place.path);
  const others = view.without(place.file);
  if (image.form !== 'map') {
    const found = imageOffers(view, references(view, others, image));
    return found.filter(({ text }) => !place.beside.includes(text));
  }
  if (path === `${image.path}.tag`) return tagSuggestions(view, others, image);
  if (path === `${image.path}.repository`) return imageOffers(view, repositories(others, image));
  return undefined;
}

/** A whole image below `images` as the stack would have it; `undefined` where there is none. */
export function imageBlock(
  view: StackView,
  { path, file }: ValuePlace,
): Pick<Suggestion, 'body' | 'detail' | 'more'> | undefined {
  const image = view.catalog.imageAt(path);
  if (image?.form !== 'map') return undefined;
  const others = view.without(file);
  const [repository] = imageOffers(view, repositories(others, image));
  if (repository === undefined) return undefined;
  const [tag] = tagSuggestions(view, others, image);
  const pairs: [string, Body][] = [['repository', field(repository)]];
  if (tag !== undefined) pairs.push(['tag', field(tag)]);
  const detail = tag === undefined ? repository.text : `${repository.text}:${tag.text}`;
  const more = image.usedFor === '' ? undefined : mark`Used for ${plain(image.usedFor)}`;
  return { body: { kind: 'map', pairs }, detail, ...(more && { more }) };
}

function field({ text }: Suggestion): Body {
  return { kind: 'field', choices: [formatText(text)] };
}

function repositories(others: StackView, { path }: CatalogImage): readonly SaidImage[] {
  const entry = others.images.find(candidate => candidate.path === path);
  const tag = entry?.resolved.kind === 'known' ? entry.resolved.tag : undefined;
  return saidTexts(others.effective.at(`${path}.repository`)).map(({ text, from }) => ({
    repository: text,
    suffix: '',
    tag,
    from,
  }));
}

/** What others say; the value of a form may also be what the file has as its options. */
function references(view: StackView, others: StackView, { form, path }: CatalogImage): readonly SaidImage[] {
  if (form === 'list') return saidItems(others.effective.at(path)).map(saidReference);
  const own = saidTexts(others.effective.at(path));
  const options = path.replace(/\.value$/, '.options');
  if (options === path) return own.map(saidReference);
  return [...own, ...saidItems(view.effective.at(options))].map(saidReference);
}

/** What is pulled where none is written, and what others write. */
function tagSuggestions(view: StackView, others: StackView, image: CatalogImage): readonly Suggestion[] {
  const path = `${image.path}.tag`;
  const unset = resolveTag(image, at => (at === path ? null : view.effective.value(at)));
  const written = saidTexts(others.effective.at(path)).map(({ text, from }) =>
    tagSuggestion(view, image, text, from),
  );
  if (unset.kind !== 'known' || unset.unpublished === true) return written;
  const component = `${image.component}.`;
  const parts = unset.parts.map(part => part.path.replace(component, '')).filter(part => part !== path);
  const isHelm = view.catalog.componentAt(image.component)?.kind === 'helm';
  const where = `built into the ${isHelm ? 'chart' : 'kustomization'} of ${view.catalog.release}`;
  const reason = parts.length === 0 ? where : `by ${sayList(parts)}`;
  return distinct([tagSuggestion(view, image, unset.tag, reason), ...written]);
}

/** Of an image that is gone, whether what takes its place has the tag. */
function tagSuggestion(view: StackView, { path }: CatalogImage, tag: string, reason: string): Suggestion {
  const canonical = view.images.find(entry => entry.path === path)?.canonical;
  const retired = canonical === undefined ? undefined : vouchedRetired(view, canonical, tag);
  const isKept = retired?.sameTag === true && retired.replacement !== undefined;
  return textSuggestion(tag, 'image', isKept ? `${reason}, also in ${retired.replacement}` : reason);
}

import type { CatalogIndex } from '../../catalog/catalogIndex.ts';
import { repositoryProblems, repairedRepository } from '../../image/repository.ts';
import {
  referenceProblems,
  repairedReference,
  repairedTag,
  tagProblems,
  type TextProblem,
} from '../../image/referenceProblems.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../../stack/effective.ts';
import { partSpan } from '../../yaml/scalarPart.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { holdsEverywhere, isImageKey } from './everywhere.ts';
import { isShared, keyPath, rewriteWritten, textPath } from './rewriteChanges.ts';
import { isUnsetText } from './tagChanges.ts';
import { unsetRepository } from './unsetRepository.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A repository, a tag or a whole image that is not a valid reference. */
export const imageReferenceInvalid: ImageRule = {
  subject: 'image',
  code: 'image-reference-invalid',
  severity: 'error',
  doc: {
    summary: 'A repository, a tag or a whole image that is not a valid reference',
    why: [
      'deployKF copies the text into the manifests as it is. Kubernetes then answers `InvalidImageName`',
      'and no Pod starts: no scheme (`https://`, `docker://`), no upper case in the path, no `/` at',
      'either end, no white space, a port from 1 to 65535, at most 255 characters of path and 128 of tag.',
      'A `repository` that is null does not restore the default: the text `nil` is rendered instead.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: https://registry.example.com/dexidp/dex/\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/dexidp/dex\n',
    fix: 'Writes the reference where only one can be meant, and leaves alone what could mean several.',
  },
  check: (entry, view) => {
    if (entry.templated) return [];
    return checkEntry(view, entry);
  },
};

function checkEntry(view: StackView, entry: ImageEntry): readonly Report[] {
  if (entry.form === 'map') return [...checkRepository(view, entry), ...checkTag(view, entry)];
  return checkValue(view, entry, judgeReference);
}

function checkRepository(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = entry.keys.repository;
  if (value === undefined) return [];
  if (textOf(value) === undefined) {
    if (entry.enabled) return checkUnset(view, entry, value);
    return [];
  }
  return checkValue(view, { value, path: `${entry.path}.repository` }, judgeRepository);
}

function checkTag(view: StackView, entry: ImageEntry): readonly Report[] {
  return checkValue(view, { value: entry.keys.tag, path: `${entry.path}.tag` }, judgeTag);
}

/** The text of a value; `undefined` for anything else. What null and "" lead to is another matter. */
function textOf(value: EffectiveValue | undefined): string | undefined {
  const node = value?.winner.node;
  if (node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '') return node.value;
  return undefined;
}

/** A repository that is null or "" where the templates put nothing good in its place. */
function checkUnset(view: StackView, entry: ImageEntry, value: EffectiveValue): readonly Report[] {
  const text = unsetRepository(view, entry);
  if (text === undefined) return [];
  const { resolved, keys } = entry;
  const at = keyPath(view, entry, 'repository');
  const place = writtenLocation(view, value);
  const isTagWritten = isUnsetText(keys.tag) && writtenLocation(view, keys.tag) !== undefined;
  if (resolved.kind === 'literal' && keys.tag !== undefined && isTagWritten) {
    const message = `"${text}:${resolved.text}" will be deployed: repository and tag hide the defaults, remove both lines or write them`;
    const fixes = removal('Remove both lines', [
      { part: value.winner, path: at },
      { part: keys.tag.winner, path: keyPath(view, entry, 'tag') },
    ]);
    return reportAt(place, { message, path: at, fixes });
  }
  const rendered = resolved.kind === 'known' ? `${text}:${resolved.tag}` : text;
  const { node } = value.winner;
  const what = node.kind === 'scalar' && node.type === 'null' ? 'null' : 'an empty string';
  const message = `"${rendered}" will be pulled: ${what} hides the default repository, remove the line or write one`;
  const fixes = removal('Remove the line', [{ part: value.winner, path: at }]);
  return reportAt(place, { message, path: at, fixes });
}

interface Line {
  readonly part: Contribution;
  readonly path: string;
}

function removal(title: string, lines: readonly Line[]): readonly Fix[] {
  const places = lines.map(({ part: { layer, inherited, inText }, path }) => ({
    layer,
    path: textPath(path),
    isElsewhere: inherited || inText !== undefined,
  }));
  if (places.some(({ layer, path, isElsewhere }) => isElsewhere || isShared(layer, path))) return [];
  const changes = places.map(({ layer, path }) => ({ kind: 'remove' as const, layer, path }));
  return [{ title, applies: 'choice', changes: () => changes }];
}

interface CheckedText {
  readonly flaws: readonly TextProblem[];
  readonly repaired: string | undefined;
}

interface ImageText {
  readonly value: EffectiveValue | undefined;
  readonly path: string;
}

type Judge = (text: string) => CheckedText;

const judgeReference: Judge = text => ({
  flaws: referenceProblems(text),
  repaired: repairedReference(text),
});

/** A tag or digest in a repository is image-repository-has-tag. */
const judgeRepository: Judge = text => ({
  flaws: repositoryProblems(text).filter(({ kind }) => kind !== 'tag' && kind !== 'digest'),
  repaired: repairedRepository(text),
});

const judgeTag: Judge = text => ({ flaws: tagProblems(text), repaired: repairedTag(text) });

/** The release's own texts that are right, by their paths: most texts are these, and need no verdict. */
function rightDefaults(index: CatalogIndex): ReadonlyMap<string, string> {
  const right = new Map<string, string>();
  const add = (path: string, judge: Judge): void => {
    const text = index.defaultAt(path);
    if (typeof text === 'string' && judge(text).flaws.length === 0) right.set(path, text);
  };
  for (const { form, path } of index.catalog.images) {
    if (form === 'string') add(path, judgeReference);
    if (form !== 'map') continue;
    add(`${path}.repository`, judgeRepository);
    add(`${path}.tag`, judgeTag);
  }
  return right;
}

function checkValue(view: StackView, { value, path }: ImageText, judge: Judge): readonly Report[] {
  const text = textOf(value);
  if (value === undefined || text === undefined) return [];
  if (text === view.catalog.memo(rightDefaults).get(path)) return [];
  const place = writtenLocation(view, value);
  if (place === undefined) return [];
  const { layer, written } = value.winner;
  const { flaws, repaired } = judge(text);
  const isRight = holdsEverywhere(view, value.winner, at => at === path || isAlike(view, path, at));
  const fixes = isRight ? repair(value.winner, repaired) : [];
  return flaws.map(({ message, start, end }) => {
    const span =
      written.kind === 'scalar' ? partSpan(layer.file?.text ?? '', written, { start, end }) : place.span;
    return { message: sentence(message), uri: place.uri, span, path, fixes };
  });
}

/** Whether two paths take the same text: the repository, the tag or the whole reference of an image. */
function isAlike(view: StackView, path: string, other: string): boolean {
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (isImageKey(view, path, key)) return isImageKey(view, other, key);
  return view.catalog.imageAt(other)?.form === 'string';
}

function sentence(message: string): string {
  return message.slice(0, 1).toUpperCase() + message.slice(1);
}

function repair(part: Contribution, text: string | undefined): readonly Fix[] {
  if (text === undefined) return [];
  const change = rewriteWritten({ ...part, inherited: false }, text);
  if (change === undefined) return [];
  return [{ title: `Write ${text}`, applies: 'all', changes: () => [change] }];
}

import type { Part } from '../catalog/tagRules.ts';
import type { Retired } from '../catalog/types.ts';
import { pulledReference, shownRepository, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import { shownPart } from '../redaction/redactValue.ts';
import { secretLines } from './imageSecretHover.ts';
import { code, joined, lines, mark, nothing, plain, shortValue, sourceLink, Markdown } from './markdown.ts';

/**
 * What a hover says about one image: what is pulled, why that tag, who set what,
 * what the policy and time make of it.
 */
export function imageHover(view: StackView, entry: ImageEntry): Markdown {
  const { where, secret } = secretLines(view, entry);
  return lines([
    heading(view, entry),
    entry.enabled ? pulled(entry) : mark`Not deployed: ${code(entry.component.enabledPath)} is off`,
    tagLine(view, entry),
    repositoryLine(entry),
    joined(
      [policyLine(view, entry), where].filter(line => line !== undefined),
      ' · ',
    ),
    secret,
    retiredLine(entry),
    ignoredLine(view, entry),
    usedLine(entry),
    hiddenLine(view, entry),
  ]);
}

/** The name that people know an image by: its key under `images`, or the end of its value path. */
function imageName(entry: ImageEntry): string {
  if (entry.form === 'map') return entry.path.slice(entry.path.lastIndexOf('.') + 1);
  return entry.path.slice(entry.component.path.length + 1);
}

function heading({ stack }: StackView, entry: ImageEntry): Markdown {
  const parts = [
    mark`**${plain(imageName(entry))}**`,
    plain(entry.component.title),
    mark`deployKF ${plain(stack.release)}`,
  ];
  return joined(stack.name === '' ? parts : [...parts, mark`stack ${code(stack.name)}`], ' · ');
}

function pulled(entry: ImageEntry): Markdown {
  if (entry.templated) return mark`Filled in by another tool before deployKF reads it: not known here`;
  const reference = pulledReference(entry);
  if (reference !== undefined) return code(reference);
  const isNone = entry.resolved.kind === 'literal';
  if (isNone) return mark`No image is deployed`;
  return mark`${code(shownRepository(entry) ?? '?')} with an unknown tag`;
}

function tagLine(view: StackView, entry: ImageEntry): Markdown | undefined {
  const { resolved } = entry;
  if (entry.templated) return undefined;
  if (resolved.kind === 'unknown') return unknownTag(view, entry);
  if (resolved.kind === 'literal')
    return resolved.text === ''
      ? undefined
      : mark`Tag ${code(resolved.text)}: this is what the template writes, no tag is set`;
  const tag = mark`Tag ${code(resolved.tag)}`;
  if (resolved.from === 'rule') return mark`${tag}: ${reason(view, entry, resolved.parts)}`;
  if (entry.form !== 'map') return undefined;
  if (entry.keys.tag === undefined) return tag;
  return mark`${tag} from ${origin(entry.keys.tag)}`;
}

function unknownTag(view: StackView, entry: ImageEntry): Markdown {
  const { resolved } = entry;
  if (resolved.kind === 'unknown' && resolved.reason === 'chart-version') {
    return mark`Tag not known: the catalog of ${plain(view.stack.release)} does not know ${listParts(view, entry, resolved.parts)}`;
  }
  return mark`Tag not known`;
}

function reason(view: StackView, entry: ImageEntry, parts: readonly Part[]): Markdown {
  if (entry.form !== 'map') return mark`no tag is written, so \`latest\` is pulled`;
  const isUnpublished = entry.resolved.kind === 'known' && entry.resolved.unpublished === true;
  const known = isUnpublished ? mark`, a tag that is not published there` : nothing;
  if (parts.length > 0) return mark`${listParts(view, entry, parts)}${known}`;
  const where = entry.component.kind === 'helm' ? mark`chart` : mark`kustomization`;
  return mark`built into the ${where} of ${plain(view.stack.release)}${known}`;
}

function listParts(view: StackView, entry: ImageEntry, parts: readonly Part[]): Markdown {
  const shown = parts.map(({ path, value }) => {
    const short = path.startsWith(`${entry.component.path}.`)
      ? path.slice(entry.component.path.length + 1)
      : path;
    const contribution = view.effective.at(path)?.winner;
    const from = contribution === undefined ? nothing : mark`, ${sourceLink(contribution)}`;
    return mark`${code(short)} (${value === null ? mark`not set` : shortValue(value)}${from})`;
  });
  return joined(shown, ' and ');
}

function repositoryLine(entry: ImageEntry): Markdown | undefined {
  const value = entry.form === 'map' ? entry.keys.repository : entry.value;
  if (value === undefined) return undefined;
  return mark`${entry.form === 'map' ? mark`Repository` : mark`Image`} from ${origin(value)}`;
}

/** Who set it, and what that hides, such as `[prod.yaml:12](…), over [base.yaml:3](…) and …`. */
function origin(value: EffectiveValue): Markdown {
  const hidden = value.all.slice(1).map(overridden);
  const over = hidden.length === 0 ? nothing : mark`, over ${joined(hidden, ' and ')}`;
  return mark`${sourceLink(value.winner)}${over}`;
}

function overridden(part: Contribution): Markdown {
  const text = part.node.kind === 'scalar' ? shortValue(shownPart(part)) : mark`a value`;
  return mark`${text} (${sourceLink(part)})`;
}

function policyLine({ policy }: StackView, entry: ImageEntry): Markdown | undefined {
  const { rewrite } = entry;
  if (policy === undefined || rewrite === undefined) return undefined;
  switch (rewrite.kind) {
    case 'private':
      return mark`Private by the registry policy`;
    case 'accepted':
      return mark`Accepted as public by the rule for ${code(rewrite.rule.source)}`;
    case 'unmapped':
      return mark`Public; no rule of the registry policy maps it`;
    case 'invalid':
      return mark`Public; the registry policy makes ${code(rewrite.target)} of it: ${plain(rewrite.problem)}`;
    case 'rewritten':
      return mark`Public; by the rule for ${code(rewrite.rule.source)} it becomes ${code(rewrite.repository)}`;
  }
}

const statusTexts = {
  removed: mark`was removed`,
  unavailable: mark`has not been available`,
  moved: mark`has moved`,
  ending: mark`will be removed`,
} as const;

function retiredLine({ retired, canonical }: ImageEntry): Markdown | undefined {
  if (retired === undefined || canonical === undefined) return undefined;
  const { entry, replacement } = retired;
  // The list is ours, and so are the dates and addresses in it.
  const source = new Markdown(`[source](${entry.url})`);
  return mark`⚠ ${code(canonical)} ${statusTexts[entry.status]} (${new Markdown(entry.since)})${instead(entry, replacement)}, ${source}`;
}

function instead({ sameTag, note }: Retired, replacement: string | undefined): Markdown {
  if (replacement === undefined) return nothing;
  const how = sameTag ? mark`has the same tags` : mark`takes its place`;
  return mark`; ${code(replacement)} ${how}${note === undefined ? nothing : mark`, ${plain(note)}`}`;
}

function ignoredLine(view: StackView, { image, keys }: ImageEntry): Markdown | undefined {
  const other = image.tag.renderedFrom;
  if (other !== undefined && keys.tag?.winner.layer.file !== undefined) {
    return mark`⚠ ${plain(view.stack.release)} writes ${code(other)} instead of this tag`;
  }
  return undefined;
}

function usedLine({ image }: ImageEntry): Markdown | undefined {
  if (image.usedFor === '') return undefined;
  return mark`Used for ${plain(image.usedFor)}`;
}

function hiddenLine({ catalog }: StackView, { component }: ImageEntry): Markdown | undefined {
  const count = catalog.catalog.hiddenImages.filter(hidden => hidden.component === component.path).length;
  if (count === 0) return undefined;
  return mark`${plain(component.title)} also pulls ${count === 1 ? mark`one image` : mark`${count} images`} that no value can change`;
}

import type { Part } from '../catalog/tagRules.ts';
import { pulledReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import { shownPart } from '../redaction/redactValue.ts';
import { secretLines } from './imageSecretHover.ts';
import { code, lines, plain, shortValue, sourceLink } from './markdown.ts';

/** What a hover says about one image: what is pulled, why that tag, who set what, what the policy and time make of it. */
export function imageHover(view: StackView, entry: ImageEntry): string {
  const { where, secret } = secretLines(view, entry);
  return lines([
    heading(view, entry),
    entry.enabled ? pulled(entry) : `Not deployed: ${code(entry.component.enabledPath)} is off`,
    tagLine(view, entry),
    repositoryLine(entry),
    [policyLine(view, entry), where].filter(line => line !== undefined).join(' · '),
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

function heading(view: StackView, entry: ImageEntry): string {
  const stack = view.stack.name === '' ? [] : [`stack ${code(view.stack.name)}`];
  return [`**${plain(imageName(entry))}**`, entry.component.title, `deployKF ${view.stack.release}`, ...stack].join(
    ' · ',
  );
}

function pulled(entry: ImageEntry): string {
  if (entry.templated) return 'Filled in by another tool before deployKF reads it: not known here';
  const reference = pulledReference(entry);
  if (reference !== undefined) return code(reference);
  const isNone = entry.resolved.kind === 'literal';
  return isNone ? 'No image is deployed' : `${code(entry.repository ?? '?')} with a tag that is not known`;
}

function tagLine(view: StackView, entry: ImageEntry): string | undefined {
  const { resolved } = entry;
  if (entry.templated) return undefined;
  if (resolved.kind === 'unknown') return unknownTag(view, entry);
  if (resolved.kind === 'literal')
    return resolved.text === ''
      ? undefined
      : `Tag ${code(resolved.text)}: this is what the template writes, no tag is set`;
  const tag = `Tag ${code(resolved.tag)}`;
  if (resolved.from === 'rule') return `${tag}: ${reason(view, entry, resolved.parts)}`;
  if (entry.form !== 'map') return undefined;
  return entry.keys.tag === undefined ? tag : `${tag} from ${origin(entry.keys.tag)}`;
}

function unknownTag(view: StackView, entry: ImageEntry): string {
  const { resolved } = entry;
  if (resolved.kind === 'unknown' && resolved.reason === 'chart-version') {
    return `Tag not known: the catalog of ${view.stack.release} does not know ${listParts(view, entry, resolved.parts)}`;
  }
  return 'Tag not known';
}

function reason(view: StackView, entry: ImageEntry, parts: readonly Part[]): string {
  if (entry.form !== 'map') return 'no tag is written, so `latest` is pulled';
  const known =
    entry.resolved.kind === 'known' && entry.resolved.unpublished === true ? ', a tag that is not published there' : '';
  if (parts.length === 0)
    return `built into the ${entry.component.kind === 'helm' ? 'chart' : 'kustomization'} of ${view.stack.release}${known}`;
  return listParts(view, entry, parts) + known;
}

function listParts(view: StackView, entry: ImageEntry, parts: readonly Part[]): string {
  return parts
    .map(({ path, value }) => {
      const short = path.startsWith(`${entry.component.path}.`) ? path.slice(entry.component.path.length + 1) : path;
      const found = view.effective.at(path);
      const from = found === undefined ? '' : `, ${sourceLink(found.winner)}`;
      return `${code(short)} (${value === null ? 'not set' : shortValue(value)}${from})`;
    })
    .join(' and ');
}

function repositoryLine(entry: ImageEntry): string | undefined {
  const value = entry.form === 'map' ? entry.keys.repository : entry.at;
  if (value === undefined) return undefined;
  return `${entry.form === 'map' ? 'Repository' : 'Image'} from ${origin(value)}`;
}

/** Who set it, and what that hides, such as `[prod.yaml:12](…), over [base.yaml:3](…) and …`. */
function origin(value: EffectiveValue): string {
  const hidden = value.all.slice(1).map(overridden);
  return sourceLink(value.winner) + (hidden.length === 0 ? '' : `, over ${hidden.join(' and ')}`);
}

function overridden(part: Contribution): string {
  const text = part.node.kind === 'scalar' ? shortValue(shownPart(part)) : 'a value';
  return `${text} (${sourceLink(part)})`;
}

function policyLine({ policy }: StackView, entry: ImageEntry): string | undefined {
  const { rewrite } = entry;
  if (policy === undefined || rewrite === undefined) return undefined;
  switch (rewrite.kind) {
    case 'private':
      return 'Private by the registry policy';
    case 'accepted':
      return `Accepted as public by the rule for ${code(rewrite.rule.source)}`;
    case 'unmapped':
      return 'Public; no rule of the registry policy maps it';
    case 'invalid':
      return `Public; the registry policy makes ${code(rewrite.target)} of it: ${plain(rewrite.problem)}`;
    case 'rewritten':
      return `Public; by the rule for ${code(rewrite.rule.source)} it becomes ${code(rewrite.repository)}`;
  }
}

const statusTexts = {
  removed: 'was removed',
  unavailable: 'has not been available',
  moved: 'has moved',
  ending: 'will be removed',
} as const;

function retiredLine({ retired, canonical }: ImageEntry): string | undefined {
  if (retired === undefined || canonical === undefined) return undefined;
  const { entry, replacement } = retired;
  const instead =
    replacement === undefined
      ? ''
      : `; ${code(replacement)} ${entry.sameTag ? 'has the same tags' : 'takes its place'}${entry.note === undefined ? '' : `, ${plain(entry.note)}`}`;
  return `⚠ ${code(canonical)} ${statusTexts[entry.status]} (${entry.since})${instead}, [source](${entry.url})`;
}

function ignoredLine(view: StackView, { image, keys }: ImageEntry): string | undefined {
  const other = image.tag.renderedFrom;
  if (other !== undefined && keys.tag?.winner.layer.file !== undefined) {
    return `⚠ ${view.stack.release} writes ${code(other)} in place of this tag`;
  }
  return undefined;
}

function usedLine({ image }: ImageEntry): string | undefined {
  return image.usedFor === '' ? undefined : `Used for ${plain(image.usedFor)}`;
}

function hiddenLine({ catalog }: StackView, { component }: ImageEntry): string | undefined {
  const count = catalog.catalog.hiddenImages.filter(hidden => hidden.component === component.path).length;
  if (count === 0) return undefined;
  return `${component.title} also pulls ${count === 1 ? 'one image' : `${count} images`} that no value can change`;
}

import { whyOpen } from '../analysis/whyOpen.ts';
import type { Part } from '../catalog/tagRules.ts';
import { pulledReference, shownRepository, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainImage } from '../analysis/uncertainImages.ts';
import { imageLabel, repositoryValue } from '../rules/image/rewriteChanges.ts';
import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import { shownPart } from '../redaction/redactValue.ts';
import { missingLine } from './missingLine.ts';
import { registryLine } from './registryHover.ts';
import { releaseText } from './releaseText.ts';
import { secretLines } from './imageSecretHover.ts';
import { hiddenLine } from './hiddenHover.ts';
import { code, joined, lines, mark, plain, shortValue, sourceLink, Markdown } from './markdown.ts';

/**
 * What a hover says about one image: what is pulled, why that tag, who set what,
 * what the policy and time make of it.
 */
export function imageHover(view: StackView, entry: ImageEntry): Markdown {
  const { where, secret } = secretLines(view, entry);
  return lines([
    heading(view, entry),
    entry.enabled ? pulled(entry) : notDeployed(view, entry),
    isUncertainImage(view, entry) ? missingLine(view) : undefined,
    tagLine(view, entry),
    repositoryLine(entry),
    overrideLine(entry),
    joined(
      [policyLine(view, entry), where].filter(line => line !== undefined),
      ' · ',
    ),
    secret,
    registryLine(view, entry),
    retiredLine(entry),
    ignoredLine(view, entry),
    usedLine(entry),
    hiddenLine(view, entry.component),
  ]);
}

function heading({ stack }: StackView, entry: ImageEntry): Markdown {
  const parts = [mark`**${plain(imageLabel(entry))}**`, plain(entry.component.title), releaseText(stack)];
  if (stack.name !== '') parts.push(mark`stack ${code(stack.name)}`);
  return joined(parts, ' · ');
}

function notDeployed(view: StackView, { component: { enabledPath } }: ImageEntry): Markdown {
  if (view.isUncertain(enabledPath))
    return mark`Not known to be deployed: a layer that is missing here may set ${code(enabledPath)}`;
  return mark`Not deployed: ${code(enabledPath)} is off`;
}

function pulled(entry: ImageEntry): Markdown {
  if (entry.hasBrokenOverrides === true) return mark`Not known: ${plain(whyOpen(entry))}`;
  if (entry.isRepositoryTemplated)
    return mark`Filled in by another tool before deployKF reads it: not known here`;
  if (entry.templated)
    return mark`${code(shownRepository(entry) ?? '?')} with a tag that another tool fills in before deployKF reads it`;
  const reference = pulledReference(entry);
  if (reference !== undefined) return code(reference);
  const isNone = entry.resolved.kind === 'literal';
  if (isNone) return mark`No image is deployed`;
  return mark`${code(shownRepository(entry) ?? '?')} with an unknown tag`;
}

/** Which tag is pulled, and why. */
export function tagLine(view: StackView, entry: ImageEntry): Markdown | undefined {
  const { resolved } = entry;
  if (entry.templated) return undefined;
  if (resolved.kind === 'unknown') return unknownTag(view, entry);
  if (resolved.kind === 'literal') {
    if (resolved.text === '') return undefined;
    return mark`Tag ${code(resolved.text)}: this is what the template writes, no tag is set`;
  }
  const tag = mark`Tag ${code(resolved.tag)}`;
  if (resolved.from === 'rule') return mark`${tag}: ${reason(view, entry, resolved.parts)}`;
  if (entry.form !== 'map') return undefined;
  if (entry.keys.tag === undefined) return tag;
  return mark`${tag} from ${origin(entry.keys.tag)}`;
}

function unknownTag(view: StackView, entry: ImageEntry): Markdown {
  const { resolved } = entry;
  if (resolved.kind === 'unknown' && resolved.reason === 'chart-version') {
    const parts = listParts(view, entry, resolved.parts);
    return mark`Tag not known: the catalog of ${plain(view.stack.release)} does not know ${parts}`;
  }
  return mark`Tag not known`;
}

function reason(view: StackView, entry: ImageEntry, parts: readonly Part[]): Markdown {
  if (entry.form !== 'map' && parts.length === 0) return mark`no tag is written, so \`latest\` is pulled`;
  const isUnpublished = entry.resolved.kind === 'known' && entry.resolved.unpublished === true;
  const known = isUnpublished && mark`, a tag that is not published there`;
  if (parts.length > 0) return mark`${listParts(view, entry, parts)}${known}`;
  const where = entry.component.kind === 'helm' ? mark`chart` : mark`kustomization`;
  return mark`built into the ${where} of ${plain(view.stack.release)}${known}`;
}

function listParts(view: StackView, entry: ImageEntry, parts: readonly Part[]): Markdown {
  const prefix = `${entry.component.path}.`;
  const shown = parts.map(({ path, value }) => {
    const short = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const contribution = view.effective.at(path)?.winner;
    const from = contribution && mark`, ${sourceLink(contribution)}`;
    const text = value === null ? mark`not set` : shortValue(value);
    return mark`${code(short)} (${text}${from})`;
  });
  return joined(shown, ' and ');
}

function repositoryLine(entry: ImageEntry): Markdown | undefined {
  const value = repositoryValue(entry);
  if (value === undefined) return undefined;
  if (entry.form === 'map') return mark`Repository from ${origin(value)}`;
  return mark`Image from ${origin(value)}`;
}

/** What the chart reads in place of the image value. */
function overrideLine({ override }: ImageEntry): Markdown | undefined {
  if (override === undefined) return undefined;
  return mark`${code(override)} wins in what Helm renders`;
}

/** Who set it, and what that hides, such as `[prod.yaml:12](…), over [base.yaml:3](…) and …`. */
function origin(value: EffectiveValue): Markdown {
  const { winner, all } = value;
  const isSame = (part: Contribution): boolean =>
    winner.node.kind === 'scalar' && part.node.kind === 'scalar' && part.node.value === winner.node.value;
  const hidden = all.slice(1);
  if (hidden.length === 0) return sourceLink(winner);
  if (hidden.every(isSame))
    return mark`${sourceLink(winner)}, the same as ${joined(hidden.map(sourceLink), ' and ')}`;
  return mark`${sourceLink(winner)}, over ${joined(hidden.map(overridden), ' and ')}`;
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
    case 'rewritten': {
      const { rule, repository } = rewrite;
      const subject = entry.rewrittenFrom === undefined ? mark`it` : code(entry.rewrittenFrom);
      return mark`Public; by the rule for ${code(rule.source)} ${subject} becomes ${code(repository)}`;
    }
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
  const { entry, replacement, sameTag } = retired;
  // The list is ours, and so are the dates and addresses in it.
  const source = new Markdown(`[source](${entry.url})`);
  const what = mark`${code(canonical)} ${statusTexts[entry.status]} (${new Markdown(entry.since)})`;
  if (replacement === undefined) return mark`⚠ ${what}, ${source}`;
  const how = sameTag ? mark`has the same tags` : mark`takes its place`;
  const note = entry.note !== undefined && mark`, ${plain(entry.note)}`;
  return mark`⚠ ${what}; ${code(replacement)} ${how}${note}, ${source}`;
}

function ignoredLine(view: StackView, { image, keys }: ImageEntry): Markdown | undefined {
  const other = image.tag.renderedFrom;
  if (other !== undefined && keys.tag?.winner.layer.file !== undefined) {
    return mark`⚠ ${plain(view.stack.release)} writes ${code(other)} instead of this tag`;
  }
  return undefined;
}

function usedLine({ image }: ImageEntry): Markdown | undefined {
  const uses = [image.usedFor, image.secondPlace?.usedFor ?? ''].filter(use => use !== '');
  if (uses.length === 0) return undefined;
  return mark`Used for ${plain(uses.join('; '))}`;
}

import type { Component } from '../../catalog/types.ts';
import { pulledReference, vouchedRetired, type ImageEntry } from '../../analysis/images.ts';
import { upstreamFinder } from '../../analysis/upstreams.ts';
import { rewriteRepository } from '../../policy/rewrite.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { nearestPlace, parsesWhole, reportAt, writtenAt } from '../../findings/place.ts';
import { joinRepositories, whatHappened, whatReplaces } from './retiredText.ts';
import {
  imageLabel,
  isOverridable,
  repositoryValue,
  rewriteWritten,
  textPath,
  withRepository,
} from './rewriteChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** Images whose repository is known to be gone, or to go soon. */
export const imageRetired: ComponentRule = {
  subject: 'component',
  code: 'image-retired',
  severity: 'warning',
  doc: {
    summary: 'The repository of an image is known to be gone, moved, or about to go',
    why: [
      'Several repositories that deployKF releases pull from have been removed since, so that new Pods',
      'cannot start. The list is shipped with dates and sources. Defaults that no layer overrides count',
      'as well, since they are what is deployed: one finding per component, at the nearest key of the',
      'strongest values file. Disabled components are left alone.',
      '',
      'An image in the private registry is your copy, so that it works; but where the policy says that its',
      'upstream is gone, a note says what to fill the mirror from. Where a registry policy maps a',
      'public image, this finding appears beside the one that asks for the rewrite, and says where to',
      "fill the mirror from. Rewriting to the policy's target for the old repository is then what `fix`",
      'does; the target for the replacement is offered as a choice.',
    ].join('\n'),
    bad: exampleWith('docker.io/bitnami/kubectl'),
    good: exampleWith('docker.io/bitnamilegacy/kubectl'),
    fix: [
      'Writes the replacement. `fix` does so where one replacement is known to have the same tag and no',
      'registry policy maps the image; otherwise, and where no values file names the image, it is offered',
      'as a choice.',
    ].join('\n'),
  },
  check: (component, view) => {
    const retired = view.imagesOf(component).filter(isRetired);
    const written = retired.flatMap(entry => checkWritten(view, entry));
    const mirrored = view.imagesOf(component).flatMap(entry => checkMirrored(view, entry));
    if (!parsesWhole(view)) return [...written, ...mirrored];
    return [...written, ...mirrored, ...checkDefaults(view, component, retired)];
  },
};

function exampleWith(repository: string): string {
  return [
    'deploykf_dependencies:',
    '  kyverno:',
    '    images:',
    '      kubectl:',
    `        repository: ${repository}`,
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    '      kubectl:',
    `        repository: ${repository}`,
    '',
  ].join('\n');
}

/** Where no usable tag is rendered, that is what matters: `image-tag-missing` says it. */
function isRetired({ enabled, templated, state, retired, resolved }: ImageEntry): boolean {
  const isKnown = enabled && !templated && state !== 'private' && retired !== undefined;
  return isKnown && resolved.kind !== 'literal';
}

/** A private image works as long as the mirror holds it, but its upstream cannot fill the mirror again. */
function checkMirrored(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = repositoryValue(entry);
  const { canonical, resolved } = entry;
  if (!entry.enabled || entry.templated || entry.state !== 'private' || value === undefined) return [];
  if (canonical === undefined || resolved.kind === 'literal') return [];
  const upstream = view.memo(upstreamFinder)(canonical);
  const tag = resolved.kind === 'known' ? resolved.tag : undefined;
  const retired = upstream === undefined ? undefined : vouchedRetired(view, upstream, tag);
  if (upstream === undefined || retired === undefined) return [];
  const mirrored = `${upstream}${tag === undefined ? '' : `:${tag}`}`;
  const { replacement } = retired;
  const source =
    replacement === undefined ? 'no replacement is known' : `fill the mirror from ${replacement}`;
  const note = retired.entry.note === undefined ? '' : `, ${retired.entry.note}`;
  const message = `${imageLabel(entry)}: the mirror holds ${mirrored}, which ${whatHappened(retired.entry, 1)}; ${source}${note}`;
  return reportAt(writtenAt(value), { message, path: entry.path, severity: 'info' });
}

function checkWritten(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = repositoryValue(entry);
  const target = targetOf(view, entry);
  if (value === undefined) return [];
  const change =
    target === undefined ? undefined : rewriteWritten(value.winner, withRepository(entry, target));
  const fixes: readonly Fix[] =
    target === undefined || change === undefined
      ? []
      : [
          {
            title: `Use ${target}`,
            applies: isSure(view, entry) ? 'all' : 'choice',
            changes: () => [change],
          },
        ];
  return reportAt(writtenAt(value), { message: sentence([entry]), path: entry.path, fixes });
}

function checkDefaults(
  view: StackView,
  component: Component,
  retired: readonly ImageEntry[],
): readonly Report[] {
  const entries = retired.filter(entry => isDefault(entry) && entry.form !== 'item');
  const first = entries[0];
  if (first === undefined) return [];
  const subject = entries.length === 1 ? first.path : component.path;
  const message = `${subject}: ${groups(entries).map(sentence).join('; ')}`;
  const sure = entries.filter(entry => isSure(view, entry));
  const unsure = entries.filter(entry => !sure.includes(entry));
  // Nobody wrote these: a section that the user did not ask for is only offered.
  const fixes = [...overrideFix(view, sure), ...overrideFix(view, unsure)];
  return reportAt(nearestPlace(view, component.path), { message, path: subject, fixes });
}

function isDefault(entry: ImageEntry): boolean {
  return repositoryValue(entry)?.winner.layer.file === undefined;
}

/** The images that share a finding, in their order. */
function groups(entries: readonly ImageEntry[]): readonly (readonly ImageEntry[])[] {
  const byFate = new Map<string, ImageEntry[]>();
  for (const entry of entries) {
    const { retired, rewrite } = entry;
    if (retired === undefined) continue;
    const { entry: fact, replacement, sameTag } = retired;
    const fate = [whatHappened(fact, 1), fact.note, sameTag, replacement === undefined, rewrite?.kind].join(
      '\0',
    );
    byFate.set(fate, [...(byFate.get(fate) ?? []), entry]);
  }
  return [...byFate.values()];
}

/** What happened to images of one fate, and what takes their place. */
function sentence(entries: readonly ImageEntry[]): string {
  const first = entries[0];
  if (first?.retired === undefined) return '';
  const repositories = [...new Set(entries.flatMap(({ canonical }) => canonical ?? []))];
  const replacements = [...new Set(entries.flatMap(({ retired }) => retired?.replacement ?? []))];
  const subject = entries.length === 1 ? pulledReference(first) : undefined;
  const happened = whatHappened(first.retired.entry, repositories.length);
  const replaced = whatReplaces(
    first.retired,
    replacements.length === 0 ? undefined : joinRepositories(replacements, 3),
    replacements.length,
  );
  const isMapped = first.rewrite?.kind === 'rewritten' && replacements.length > 0;
  const advice = isMapped ? ': fill the mirror from there' : '';
  return `${subject ?? joinRepositories(repositories)} ${happened}; ${replaced}${advice}`;
}

/** The repository to write: the replacement, or where the policy has it. `undefined`: there is none. */
function targetOf({ policy }: StackView, { retired }: ImageEntry): string | undefined {
  const replacement = retired?.replacement;
  if (policy === undefined || replacement === undefined) return replacement;
  const rewrite = rewriteRepository(policy, replacement);
  if (rewrite.kind === 'rewritten') return rewrite.repository;
  return rewrite.kind === 'invalid' ? undefined : replacement;
}

/** Whether the replacement is the one right answer, and no other rule wants another repository at the same path. */
function isSure(view: StackView, entry: ImageEntry): boolean {
  const { retired, rewrite } = entry;
  const isMapped = rewrite?.kind === 'rewritten' || rewrite?.kind === 'invalid';
  return retired?.sameTag === true && !isMapped && targetOf(view, entry) === retired.replacement;
}

function overrideFix(view: StackView, entries: readonly ImageEntry[]): readonly Fix[] {
  const layer = view.ownLayer;
  const addable = layer === undefined ? [] : entries.filter(entry => isOverridable(layer, entry));
  const targets = addable.flatMap(entry => targetOf(view, entry) ?? []);
  if (targets.length === 0) return [];
  return [
    {
      title: `Use ${joinRepositories(targets, 3)}`,
      applies: 'choice',
      changes: () => overrides(view, addable),
    },
  ];
}

function overrides(view: StackView, entries: readonly ImageEntry[]): readonly Change[] {
  const layer = view.ownLayer;
  if (layer === undefined) return [];
  return entries.flatMap((entry): readonly Change[] => {
    const target = targetOf(view, entry);
    const path = textPath(entry.form === 'map' ? `${entry.path}.repository` : entry.path);
    if (target === undefined) return [];
    return [{ kind: 'set', layer, path, value: withRepository(entry, target) }];
  });
}

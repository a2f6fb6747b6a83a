import type { Component } from '../../catalog/types.ts';
import { pulledReference, type ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Layer } from '../../stack/layer.ts';
import { sayList } from '../../text/list.ts';
import { aboutImages } from '../../findings/aboutImages.ts';
import { knowsOverrides, nearestLocation, reportAt, writtenLocation } from '../../findings/location.ts';
import { mirroredReports, targetOf } from './mirroredRetired.ts';
import { joinRepositories, whatHappened, whatReplaces } from './retiredText.ts';
import { isOverridable, overridePath } from './overrides.ts';
import { imageLabel, repositoryValue, textPath, withRepository } from './rewriteChanges.ts';
import { rewriteImage } from './rewriteImage.ts';
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
      'A private image is a copy of its upstream by the policy, which does not say that the mirror holds it: where',
      'that upstream is gone, a warning per component says what to fill the mirror from, and the target of the',
      'replacement is offered; where no place is known to have the tag, it says that the mirror needs a copy that you',
      'have. It is a note where the registry was asked in VS Code and has the image, or where `images` of a rule name',
      'the replacement for just this image.',
      '',
      'Where a registry policy maps a public image, this finding appears beside the one that asks for the rewrite,',
      'and says where to fill the mirror from. A replacement that is known to have the tag',
      'is then what every rewrite goes to: the target that the policy has for it, not for the old repository.',
      'Otherwise the rewrite goes to the target for the old repository, and the note stays. A place that the',
      'policy names for just this repository is kept, and so is an image with a digest: another repository',
      'need not hold it.',
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
    const mirrored = mirroredReports(view, component);
    if (!knowsOverrides(view)) return [...written, ...mirrored];
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
function isRetired({ enabled, state, retired, resolved, templated }: ImageEntry): boolean {
  const isKnown = enabled && state !== 'private' && retired !== undefined;
  return isKnown && (templated || resolved.kind !== 'literal');
}

function checkWritten(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = repositoryValue(entry);
  if (value === undefined) return [];
  const fixes = writtenFixes(view, entry);
  const place = writtenLocation(view, value);
  return aboutImages([entry], reportAt(place, { message: sentence([entry]), path: entry.path, fixes }));
}

function writtenFixes(view: StackView, entry: ImageEntry): readonly Fix[] {
  const target = targetOf(view, entry);
  if (target === undefined) return [];
  const changes = rewriteImage(view, entry, target);
  if (changes.length === 0) return [];
  const applies = isSure(view, entry) ? 'all' : 'choice';
  return [{ title: `Use ${target}`, applies, changes: () => changes }];
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
  const place = nearestLocation(view, component.path);
  return aboutImages(entries, reportAt(place, { message, path: subject, fixes }));
}

function isDefault(entry: ImageEntry): boolean {
  return repositoryValue(entry)?.winner.layer.file === undefined;
}

/** The images that share a finding, in their order. */
function groups(entries: readonly ImageEntry[]): readonly (readonly ImageEntry[])[] {
  const byFate = new Map<string, ImageEntry[]>();
  for (const entry of entries) {
    const { retired } = entry;
    if (retired === undefined) continue;
    const { entry: fact, replacement, sameTag } = retired;
    const fate = [whatHappened(fact, 1), fact.note, sameTag, replacement === undefined].join('\0');
    byFate.set(fate, [...(byFate.get(fate) ?? []), entry]);
  }
  return [...byFate.values()];
}

/** The places that are known do not have the tags that a release pulls. */
const noSource = 'the mirror needs copies that you have';

/** What happened to images of one fate, and what takes their place. */
function sentence(entries: readonly ImageEntry[]): string {
  const first = entries[0];
  if (first?.retired === undefined) return '';
  const repositories = [...new Set(entries.flatMap(({ canonical }) => canonical ?? []))];
  const replacements = [...new Set(entries.flatMap(({ retired }) => retired?.replacement ?? []))];
  const only = entries.length === 1 ? pulledReference(first) : undefined;
  const subject = only ?? joinRepositories(repositories);
  const happened = whatHappened(first.retired.entry, repositories.length);
  if (replacements.length === 0)
    return `${subject} ${happened}; ${whatReplaces(first.retired, undefined, replacements.length)}`;
  const replaced = whatReplaces(first.retired, joinRepositories(replacements, 3), replacements.length);
  const mapped = entries.filter(({ rewrite }) => rewrite?.kind === 'rewritten');
  if (mapped.length === 0) return `${subject} ${happened}; ${replaced}`;
  const source = first.retired.entry.sameTag ? 'fill the mirror from there' : noSource;
  const which = mapped.length === entries.length ? '' : ` for ${sayList(mapped.map(imageLabel))}`;
  return `${subject} ${happened}; ${replaced}: ${source}${which}`;
}

/** Whether the replacement is the one right answer, and no other rule wants another repository at the same path. */
function isSure(view: StackView, entry: ImageEntry): boolean {
  const { retired, rewrite } = entry;
  const isMapped = rewrite?.kind === 'rewritten' || rewrite?.kind === 'invalid';
  return retired?.sameTag === true && !isMapped && targetOf(view, entry) === retired.replacement;
}

function overrideFix(view: StackView, entries: readonly ImageEntry[]): readonly Fix[] {
  const layer = view.ownLayer;
  if (layer === undefined) return [];
  const addable = entries.filter(entry => isOverridable(view, layer, entry));
  const targets = addable.flatMap(entry => targetOf(view, entry) ?? []);
  if (targets.length === 0) return [];
  return [
    {
      title: `Use ${joinRepositories(targets, 3)}`,
      applies: 'choice',
      changes: () => overrides(view, layer, addable),
    },
  ];
}

function overrides(view: StackView, layer: Layer, entries: readonly ImageEntry[]): readonly Change[] {
  const changes: Change[] = [];
  for (const entry of entries) {
    const target = targetOf(view, entry);
    if (target === undefined) continue;
    const path = overridePath(
      view,
      layer,
      textPath(entry.form === 'map' ? `${entry.image.path}.repository` : entry.path),
    );
    if (path === undefined) continue;
    changes.push({ kind: 'set', layer, path, value: withRepository(entry, target) });
  }
  return changes;
}

import { isUnset, printAsGo } from '../../go/print.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { aboutImages } from '../../findings/aboutImages.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { atMost } from '../../text/list.ts';
import type { Component } from '../../catalog/types.ts';
import { imageLabel } from './rewriteChanges.ts';
import { isUnpinned, setTag } from './tagChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** A private image whose tag is chosen at deploy time, so that the mirror must follow it. */
export const imageTagUnpinned: ComponentRule = {
  subject: 'component',
  code: 'image-tag-unpinned',
  severity: 'info',
  doc: {
    summary: 'The tag of a private image is only chosen at deploy time',
    why: [
      'Where the tag is null, the chart or kustomization uses its own, which changes with the version of',
      'the chart. A private registry must hold exactly that tag, and another one after an upgrade. A tag',
      'in the values file makes this visible. There is one finding per component.',
    ].join('\n'),
    bad: [
      'deploykf_dependencies:',
      '  istio:',
      '    images:',
      '      istioProxy:',
      '        repository: registry.example.com/docker.io/istio/proxyv2',
      '',
    ].join('\n'),
    good: [
      'deploykf_dependencies:',
      '  istio:',
      '    images:',
      '      istioProxy:',
      '        repository: registry.example.com/docker.io/istio/proxyv2',
      '        tag: 1.17.8-distroless',
      '',
    ].join('\n'),
    fix: 'Offers to write the tags that are pulled now.',
    registry: { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] },
  },
  check: checkComponent,
};

/** The images of which it is known what is pulled share a finding, on the first of them that is written. */
function checkComponent(component: Component, view: StackView): readonly Report[] {
  const unpinned = view.imagesOf(component).filter(entry => isUnpinned(view, entry));
  const written = unpinned.filter(entry => writtenLocation(view, entry.keys.repository) !== undefined);
  const known = written.filter(({ resolved }) => resolved.kind === 'known');
  const [first] = known;
  const unknown = written.filter(entry => !known.includes(entry));
  const reports = byReason(unknown).flatMap(entries =>
    aboutImages(entries, unknownReport(view, component, entries)),
  );
  if (first === undefined) return reports;
  const path = known.length === 1 ? first.path : component.path;
  const report = reportAt(writtenLocation(view, first.keys.repository), {
    message: messageOf(known, path),
    path,
    fixes: fixesOf(view, known),
  });
  return [...aboutImages(known, report), ...reports];
}

function messageOf(entries: readonly ImageEntry[], path: string): string {
  const tags = entries.map(entry => `${imageLabel(entry)} "${tagOf(entry)}"`);
  if (tags.length === 1)
    return `${tags[0] ?? ''} is pulled, since no tag is set: the mirror must hold exactly this tag`;
  const shown = atMost(tags, 4);
  return `${path}: no tag is set for ${tags.length} images, so that the mirror must hold exactly ${shown}`;
}

function tagOf({ resolved }: ImageEntry): string {
  return resolved.kind === 'known' ? resolved.tag : '';
}

/** The images whose tag is not known for the same reason, in their order. */
function byReason(entries: readonly ImageEntry[]): readonly (readonly ImageEntry[])[] {
  const groups = new Map<string, ImageEntry[]>();
  for (const entry of entries) {
    const key = [reasonOf(entry), entry.keys.repository?.winner.layer.file?.uri].join('\0');
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

/** What the chart would take the tag from. */
function reasonOf({ resolved, component }: ImageEntry): string {
  const parts = resolved.parts.filter(({ value }) => !isUnset(value));
  const reasons = parts.map(
    ({ path, value }) => `${path.replace(`${component.path}.`, '')} "${printAsGo(value)}"`,
  );
  return reasons.length === 0 ? 'this release' : reasons.join(' and ');
}

function unknownReport(
  view: StackView,
  component: Component,
  entries: readonly ImageEntry[],
): readonly Report[] {
  const [first] = entries;
  if (first === undefined) return [];
  const place = writtenLocation(view, first.keys.repository);
  const reason = reasonOf(first);
  if (entries.length === 1) {
    const message = `${imageLabel(first)} has no tag, and the one for ${reason} is not known: look it up and set it`;
    return reportAt(place, { message, path: first.path });
  }
  const names = atMost(entries.map(imageLabel), 4);
  const message = `${component.path}: no tag is set for ${entries.length} images (${names}), and those for ${reason} are not known: look them up and set them`;
  return reportAt(place, { message, path: component.path });
}

function fixesOf(view: StackView, entries: readonly ImageEntry[]): readonly Fix[] {
  const pinnable = entries.filter(
    entry => !entry.isTagMisread && setTag(view, entry, tagOf(entry)) !== undefined,
  );
  const [first] = pinnable;
  if (first === undefined) return [];
  const title =
    pinnable.length === 1 ? `Pin the tag ${tagOf(first)}` : `Pin the tags of ${pinnable.length} images`;
  const changes = (): readonly Change[] => pinnable.flatMap(entry => setTag(view, entry, tagOf(entry)) ?? []);
  return [{ title, applies: 'choice', changes }];
}

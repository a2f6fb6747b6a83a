import { printAsGo } from '../../go/print.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { reportAt, writtenAt } from '../../findings/place.ts';
import { isUnsetText, pullsUnpublished, setTag } from './tagChanges.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A private image whose tag is chosen at deploy time, so that the mirror must follow it. */
export const imageTagUnpinned: ImageRule = {
  subject: 'image',
  code: 'image-tag-unpinned',
  severity: 'info',
  doc: {
    summary: 'The tag of a private image is only chosen at deploy time',
    why: [
      'Where the tag is null, the chart or kustomization uses its own, which changes with the version of',
      'the chart. A private registry must hold exactly that tag, and another one after an upgrade. A tag',
      'in the values file makes this visible.',
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
    fix: 'Offers to write the tag that is pulled now.',
    registry: { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] },
  },
  check: (entry, view) => checkImage(view, entry),
};

function checkImage(view: StackView, entry: ImageEntry): readonly Report[] {
  const { resolved } = entry;
  const isLeft =
    resolved.kind === 'unknown'
      ? resolved.reason !== 'absent'
      : resolved.kind === 'known' && resolved.from === 'rule';
  if (!entry.enabled || entry.templated || entry.form !== 'map' || entry.state !== 'private') return [];
  if (!isLeft || !isUnsetText(entry.keys.tag) || pullsUnpublished(view, entry)) return [];
  return reportAt(writtenAt(entry.keys.repository), {
    message: messageOf(entry),
    path: entry.path,
    fixes: resolved.kind === 'known' ? fixesOf(view, entry, resolved.tag) : [],
  });
}

function messageOf({ resolved, component }: ImageEntry): string {
  if (resolved.kind === 'known')
    return `No tag is set, "${resolved.tag}" will be pulled: the mirror must hold exactly this tag`;
  const reason = resolved.parts
    .map(({ path, value }) => `${path.replace(`${component.path}.`, '')} "${printAsGo(value)}"`)
    .join(' and ');
  return `No tag is set, and the one for ${reason === '' ? 'this release' : reason} is not known: look it up and set it`;
}

function fixesOf(view: StackView, entry: ImageEntry, tag: string): readonly Fix[] {
  const change = setTag(view, entry, tag);
  if (change === undefined) return [];
  return [{ title: `Pin the tag ${tag}`, applies: 'choice', changes: () => [change] }];
}

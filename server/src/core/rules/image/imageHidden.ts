import { canonicalRepository } from '../../image/repository.ts';
import { splitImage } from '../../image/splitImage.ts';
import type { Component, HiddenImage } from '../../catalog/types.ts';
import { hiddenImages, hiddenRewrite } from '../../analysis/hiddenImages.ts';
import { vouchedRetired } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { canonicalImage } from '../../suppressions/entries.ts';
import type { Fix } from '../../findings/finding.ts';
import { nearestLocation, parsesWhole, reportAt } from '../../findings/location.ts';
import { kyvernoPolicyName } from '../../mirror/exporters/kyverno.ts';
import { extraManifestsPath, hiddenPolicy } from '../../mirror/hiddenPolicy.ts';
import { atMost } from '../../text/list.ts';
import type { ComponentRule } from '../rule.ts';
import { redirectFixes } from './redirectHidden.ts';
import { whatHappened } from './retiredText.ts';

/** Images that are deployed, that the policy maps, and that no value can change. */
export const imageHidden: ComponentRule = {
  subject: 'component',
  code: 'image-hidden',
  severity: 'info',
  doc: {
    summary: 'Images of an enabled component that no value can change',
    why: [
      'Some images are named in ConfigMaps, flags and compiled code: a pipeline step pulls them when a user',
      'runs it. No value reaches them, so that a cluster without access to the public registries needs',
      'another way: a mirror that the nodes are configured for, or a policy of Kyverno that changes the',
      'images of Pods in namespaces of profiles. With a registry policy that maps them, there is one finding',
      'per component that names them. Those that only examples or features that are off use are not named.',
      'Once the policy of Kyverno is in `extraManifests`, nothing is reported, unless it is out of date: it',
      'must redirect what the registry policy and the release ask for. See the section on hidden images in',
      '`docs/mirror.md`.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
    good: 'kubeflow_tools:\n  pipelines:\n    enabled: false\n',
    fix: [
      'Adds a policy of Kyverno to `deploykf_dependencies.kyverno.extraManifests`, for all such images of the',
      'stack, those of examples included, or replaces it where it is out of date. It is the one that',
      '`deploykf-values mirror --export kyverno` writes, escaped for Helm. `deploykf-values fix --only image-hidden`',
      'applies it. There is none while Kyverno is off, or where the list is text from elsewhere.',
    ].join('\n'),
    registry: { rules: [{ source: '*', target: 'registry.example.com/{registry}/{path}' }] },
  },
  check: (component, view) => {
    if (view.policy === undefined || !view.isEnabled(component) || !parsesWhole(view)) return [];
    const hidden = hiddenImages(view, component).filter(
      image => hiddenRewrite(view, image)?.kind === 'rewritten',
    );
    if (hidden.length === 0 || view.memo(hiddenPolicy).state === 'current') return [];
    const fixes = redirectFixes(view);
    return reportAt(nearestLocation(view, component.path), {
      message: messageOf(view, component, hidden, fixes),
      path: component.path,
      fixes,
      images: hidden.map(({ reference }) => canonicalImage(reference) ?? reference),
    });
  },
};

function messageOf(
  view: StackView,
  { path }: Component,
  hidden: readonly HiddenImage[],
  fixes: readonly Fix[],
): string {
  const references = hidden.map(({ reference }) => reference);
  const count = hidden.length === 1 ? '1 image' : `${hidden.length} images`;
  const message = `${path}: no value can change ${count} (${atMost(references, 3)})${adviceOf(view, fixes)}`;
  const fates: string[] = [];
  for (const reference of references) {
    const { repository, tag } = splitImage(reference);
    const retired = vouchedRetired(view, canonicalRepository(repository) ?? repository, tag);
    if (retired !== undefined) fates.push(`${reference} ${whatHappened(retired.entry, 1)}`);
  }
  const [first, ...others] = fates;
  if (first === undefined) return message;
  if (others.length === 0) return `${message}; ${first}`;
  return `${message}; ${first}, and ${others.length} more are gone, too`;
}

function adviceOf(view: StackView, fixes: readonly Fix[]): string {
  if (view.memo(hiddenPolicy).state === 'outdated')
    return `, and the policy "${kyvernoPolicyName}" in ${extraManifestsPath} is out of date`;
  const { wanted } = view.memo(hiddenPolicy);
  if (wanted === undefined && fixes.length === 0) return ': mirror them by the configuration of the nodes';
  if (fixes.length > 0 || view.ownLayer === undefined)
    return ': redirect them with a Kyverno policy, or by the configuration of the nodes';
  return `: redirect them with the Kyverno policy of deploykf-values mirror --export kyverno, which cannot be added to ${extraManifestsPath} as that is written, or by the configuration of the nodes`;
}

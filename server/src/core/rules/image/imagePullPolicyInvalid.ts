import { nearestName } from '../../catalog/nearestName.ts';
import { isUnset, printAsGo } from '../../go/print.ts';
import { chartPullPolicy } from '../../analysis/chartOverrides.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import type { ScalarType } from '../../yaml/nodes.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import { pullPolicies, pullPolicyUse } from './pullPolicy.ts';
import { holdsEverywhere, isImageKey } from './everywhere.ts';
import { isShared, keyPath, rewriteWritten, textPath } from './rewriteChanges.ts';
import { replaceScalarText } from './scalarChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';

/** A pull policy that Kubernetes does not know. */
export const imagePullPolicyInvalid: ImageRule = {
  subject: 'image',
  code: 'image-pull-policy-invalid',
  severity: 'error',
  doc: {
    summary: 'A pull policy other than `Always`, `IfNotPresent` and `Never`',
    why: [
      'Kubernetes refuses a Pod whose `imagePullPolicy` is anything else; case matters. Null does not',
      'restore the default: the text `nil` is rendered and refused as well. The empty string is fine,',
      'Kubernetes then decides. Where the release does not render a pull policy for an image,',
      '`image-override-ignored` says so instead. Istio has none for its images, but one for all of them in its',
      '`valuesOverrides`, `global.imagePullPolicy`.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        pullPolicy: always\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        pullPolicy: Always\n',
    fix: 'Corrects the case; otherwise the nearest one or all three are offered.',
  },
  check: (entry, view) => checkEntry(view, entry),
};

function checkEntry(view: StackView, entry: ImageEntry): readonly Report[] {
  const value = entry.keys.pullPolicy;
  const reports = checkOfChart(view, entry);
  if (value === undefined || pullPolicyUse(view, entry) !== 'honoured') return reports;
  return [...reports, ...checkValue(view, value, keyPath(view, entry, 'pullPolicy'))];
}

/** A chart that has one policy for all of its images writes nothing where that is unset. */
function checkOfChart(view: StackView, { image, enabled }: ImageEntry): readonly Report[] {
  const found = enabled ? chartPullPolicy(view.catalog, image, view.effective) : undefined;
  const node = found?.value.winner.node;
  if (found === undefined || node?.kind !== 'scalar' || isUnset(node.value)) return [];
  return checkValue(view, found.value, found.path);
}

function checkValue(view: StackView, value: EffectiveValue, path: string): readonly Report[] {
  const { node } = value.winner;
  if (node.kind !== 'scalar' || isTemplated(value)) return [];
  if (node.value === '' || pullPolicies.some(policy => policy === node.value)) return [];
  const text = printAsGo(node.value);
  const fixes = [...fixesOf(view, value, path, text)];
  if (node.type === 'null') fixes.unshift(...removal(value, path));
  return reportAt(writtenLocation(view, value), {
    message: `${problemOf(node.type, text)}: ${adviceFor(text)}`,
    path,
    fixes,
  });
}

function problemOf(type: ScalarType, text: string): string {
  if (type === 'null') return `null becomes the pull policy "${text}", which Kubernetes refuses`;
  return `"${text}" is not a pull policy, Kubernetes refuses the Pod`;
}

function adviceFor(text: string): string {
  const near = nearest(text);
  if (near === undefined) return 'use Always, IfNotPresent or Never';
  return `did you mean "${near}"?`;
}

function nearest(text: string): string | undefined {
  if (text === 'nil') return undefined;
  return nearestName(text, pullPolicies);
}

function fixesOf(view: StackView, { winner }: EffectiveValue, path: string, text: string): readonly Fix[] {
  const near = nearest(text);
  const policies = near === undefined ? pullPolicies : [near];
  const applies = near?.toLowerCase() === text.trim().toLowerCase() ? 'all' : 'choice';
  const { layer, written, inText } = winner;
  const steps = textPath(path);
  const isBlock = written.kind === 'scalar' && (written.style === 'literal' || written.style === 'folded');
  if (isBlock) return [];
  if (inText !== undefined)
    return policies.flatMap(policy => writing(policy, applies, replaceScalarText(winner, policy)));
  if (!isShared(layer, steps))
    return policies.map(policy => ({
      title: `Write ${policy}`,
      applies,
      changes: () => [{ kind: 'set', layer, path: steps, value: policy }],
    }));
  if (!holdsEverywhere(view, winner, at => isImageKey(view, at, 'pullPolicy'))) return [];
  const part = { ...winner, inherited: false };
  return policies.flatMap(policy => writing(policy, applies, rewriteWritten(part, policy)));
}

function writing(policy: string, applies: Fix['applies'], change: Change | undefined): readonly Fix[] {
  if (change === undefined) return [];
  return [{ title: `Write ${policy}`, applies, changes: () => [change] }];
}

function removal({ winner }: EffectiveValue, path: string): readonly Fix[] {
  const { layer, inText } = winner;
  const steps = textPath(path);
  if (inText !== undefined || isShared(layer, steps)) return [];
  return [
    { title: 'Remove the line', applies: 'choice', changes: () => [{ kind: 'remove', layer, path: steps }] },
  ];
}

import { compareReleases } from '../../catalog/release.ts';
import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';

export const pullPolicies = ['Always', 'IfNotPresent', 'Never'] as const;

/**
 * What the stack does with an image's pull policy. `absent`: the release has none; `unknown`: it hangs on a version that
 * is not one exact version.
 */
export function pullPolicyUse(
  view: StackView,
  { image }: ImageEntry,
): 'honoured' | 'ignored' | 'absent' | 'unknown' {
  const { pullPolicy, pullPolicySince } = image;
  if (pullPolicy !== 'ignored' || pullPolicySince === undefined) return pullPolicy;
  const version = view.effective.value(pullPolicySince.path);
  if (typeof version !== 'string' || !/^v?\d+\.\d+\.\d+/.test(version)) return 'unknown';
  if (compareReleases(version, pullPolicySince.version) < 0) return 'ignored';
  return 'honoured';
}

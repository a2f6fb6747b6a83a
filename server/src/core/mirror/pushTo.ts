import type { RegistryPolicy } from '../policy/types.ts';

/** Where a copy goes: the target, at the host that the mirror is filled through when the policy names one. */
export function pushedTo(policy: RegistryPolicy | undefined, target: string): string {
  if (policy?.pushTo === undefined) return target;
  return policy.pushTo + target.slice(target.indexOf('/'));
}

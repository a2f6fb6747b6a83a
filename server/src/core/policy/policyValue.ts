import type { Value } from '../yaml/value.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

/**
 * The `registry:` section of a project file that is read back as this policy;
 * options that are usual are left out.
 */
export function policyValue(policy: RegistryPolicy): { readonly [key: string]: Value } {
  return {
    rules: policy.rules.map(ruleValue),
    ...(policy.private.length > 0 && { private: policy.private }),
    ...(policy.credentials !== undefined && { credentials: policy.credentials }),
    ...(policy.caches !== undefined && { caches: policy.caches }),
    ...(policy.pushTo !== undefined && { pushTo: policy.pushTo }),
    ...(policy.charts !== undefined && { charts: policy.charts }),
  };
}

function ruleValue({ source, target, path, library, separator, images }: MirrorRule): Value {
  return {
    source,
    target,
    ...(path !== 'keep' && { path }),
    ...(library !== 'keep' && { library }),
    ...(path === 'flat' && separator !== '-' && { separator }),
    ...(Object.keys(images).length > 0 && { images }),
  };
}

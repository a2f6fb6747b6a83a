import { matchRule } from './match.ts';
import { mirrorRule } from './mirrorRule.ts';
import { upstreamProjects } from './presets.ts';
import type { MirrorRule, RegistryPolicy } from './types.ts';

export interface EveryUpstream {
  readonly policy: RegistryPolicy;
  /** The registries that got a rule like those of the others. */
  readonly added: readonly string[];
  /** Those that no rule is for, and whose place nothing tells. */
  readonly left: readonly string[];
}

/**
 * The policy with a rule for each of these registries: where its rules give every registry a project in one place, the
 * others get theirs there, too.
 */
export function withEveryUpstream(policy: RegistryPolicy, registries: readonly string[]): EveryUpstream {
  const missing = registries.filter(registry => matchRule(policy, `${registry}/a/b`) === undefined);
  const example = policy.rules.find(isOfRegistry);
  const targetOf = projectNaming(policy.rules.filter(isOfRegistry));
  if (missing.length === 0 || example === undefined || targetOf === undefined)
    return { policy, added: [], left: missing };
  const { path, library, separator } = example;
  const rules = missing.map(registry =>
    mirrorRule(registry, targetOf(registry), { path, library, separator }),
  );
  return { policy: { ...policy, rules: [...policy.rules, ...rules] }, added: missing, left: [] };
}

/** Whether a rule says where a whole registry goes, which the name of its project may tell. */
function isOfRegistry({ source, target }: MirrorRule): boolean {
  return !/[/*]/.test(source) && target !== null && !target.includes('{');
}

/** Where the project of a registry is, by the rules of others; `undefined`: they do not follow any naming. */
function projectNaming(rules: readonly MirrorRule[]): ((registry: string) => string) | undefined {
  const namings: readonly ((registry: string) => string)[] = [
    projectOf,
    registry => registry,
    registry => registry.replaceAll('.', '-'),
  ];
  for (const naming of namings) {
    const places = new Set(rules.map(({ source, target }) => placeOf(target ?? '', naming(source))));
    const [place, another] = places;
    if (place !== undefined && another === undefined && places.size === 1)
      return registry => `${place}/${naming(registry)}`;
  }
  return undefined;
}

function projectOf(registry: string): string {
  return upstreamProjects.get(registry) ?? registry.replaceAll('.', '-');
}

function placeOf(target: string, project: string): string | undefined {
  if (!target.endsWith(`/${project}`)) return undefined;
  return target.slice(0, -project.length - 1);
}

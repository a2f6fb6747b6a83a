import { withoutEnd } from '../text/cut.ts';
import type { RegistryPolicy } from './types.ts';

/** Where the charts of a Helm repository are to come from; `null`: they are accepted as public, `undefined`: nothing is said. */
export function chartTarget(
  policy: RegistryPolicy | undefined,
  repository: string,
): string | null | undefined {
  const wanted = plainRepository(repository);
  return Object.entries(policy?.charts ?? {}).find(([source]) => plainRepository(source) === wanted)?.[1];
}

/** The Helm repositories whose charts are to come from a place. */
export function chartSources(policy: RegistryPolicy | undefined, target: string): readonly string[] {
  const wanted = plainRepository(target);
  const sources: string[] = [];
  for (const [source, place] of Object.entries(policy?.charts ?? {}))
    if (place !== null && plainRepository(place) === wanted) sources.push(source);
  return sources;
}

/** An address with or without a slash at its end is the same. */
export function plainRepository(url: string): string {
  return withoutEnd(url.toLowerCase(), '/');
}

/**
 * Whether Helm takes a text as the repository of a dependency: an address with its scheme, or the name of one that it knows. `false` for
 * `charts.example.com/x` and `stable`, at which it stops.
 */
export function isChartRepository(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\/./i.test(text) || /^(?:@|alias:|file:)./.test(text);
}

import { nearestName } from '../catalog/nearestName.ts';
import type { Path } from '../yaml/nodes.ts';
import type { Value } from '../yaml/value.ts';

/** Something in settings that cannot be used. */
export interface SettingsProblem {
  readonly path: Path;
  readonly message: string;
}

/** What the reader checks names against. */
export interface KnownNames {
  readonly releases: readonly string[];
  readonly codes: readonly string[];
}

export function unknownKeys(
  value: { readonly [key: string]: Value },
  known: readonly string[],
  at: Path,
): SettingsProblem[] {
  return Object.keys(value)
    .filter(key => !known.includes(key))
    .map(key => {
      const near = nearestName(key, known);
      const hint = near === undefined ? `the known ones are ${known.join(', ')}` : `did you mean "${near}"?`;
      return { path: [...at, key], message: `unknown key "${key}", ${hint}` };
    });
}

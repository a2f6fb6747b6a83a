import type { TextEdit } from '../text/edit.ts';
import { findPath } from '../yaml/lookup.ts';
import type { Value } from '../yaml/value.ts';
import { appendItems, setValues } from '../yaml/write.ts';
import type { ValuesFile } from './valuesFile.ts';

/** A stack as a project file would define it. */
export interface ProposedStack {
  readonly name: string;
  /** `undefined`: that of the whole project, or it is not known. */
  readonly release?: string | undefined;
  /** Relative to the folder of the project file, weakest first. */
  readonly values: readonly string[];
}

/** Why a project file is there, its first line. */
export const projectFileComment =
  '# How deployKF is deployed from this folder: read by the editor and by deploykf-values.';

/** A stack as an item of `stacks:`. */
export function stackValue({ name, release, values }: ProposedStack): Value {
  if (release === undefined) return { name, values };
  return { name, release, values };
}

/**
 * The edits that add stacks to those of a project file; everything else stays as it is. `undefined`: they cannot be
 * added without breaking it.
 */
export function addStacks(
  { source, root, map, anchors, yaml }: ValuesFile,
  stacks: readonly ProposedStack[],
): readonly TextEdit[] | undefined {
  if (yaml.problems.length > 0) return undefined;
  const items = stacks.map(stackValue);
  const own = findPath(root, ['stacks'], anchors);
  if (own?.node.kind === 'seq' && !own.inherited) return [appendItems(source, own.node, items)];
  const isEmpty = own?.node.kind === 'scalar' && own.node.type === 'null';
  if (own !== undefined && !isEmpty) return undefined;
  const { edits, refused } = setValues({ source, root: map, anchors }, [{ path: ['stacks'], value: items }]);
  return refused.length > 0 ? undefined : edits;
}

/** A name that no stack has yet. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}

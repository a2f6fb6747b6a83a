import { CommentedDefaults } from '../catalog/commentedDefaults.ts';
import type { StackView } from '../analysis/stackView.ts';
import { tellingKeys, type ValuesFile } from '../stack/valuesFile.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Upstream's defaults with their comments, where the user has them: those of the generator of a stack, else of one in the
 * workspace, else a copy of the file alone.
 */
export function upstreamComments({ state }: Snapshot, view: StackView): CommentedDefaults | undefined {
  const own = state.catalogs.commented?.(view.stack.catalog);
  if (own !== undefined) return own;
  let copy: ValuesFile | undefined;
  for (const file of state.files.values()) {
    if (state.bases?.has(file.uri) === true) return file.memo(commentedIn);
    if (copy === undefined && file.uri.endsWith('/default_values.yaml') && isWhole(file)) copy = file;
  }
  return copy?.memo(commentedIn);
}

/** Whether it has all sections, as a file of the user under that name has not. */
function isWhole({ map }: ValuesFile): boolean {
  const keys = new Set(map?.pairs.map(({ key }) => key.source));
  return [...tellingKeys].every(key => keys.has(key));
}

function commentedIn({ uri, source }: ValuesFile): CommentedDefaults {
  return new CommentedDefaults({ uri, source });
}

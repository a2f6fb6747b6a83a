import type { FileEdit } from '../core/text/edit.ts';
import { toWorkspaceEdit } from './convert.ts';
import type { Session } from './handler.ts';

/** Has the client make edits. The answer is why it did not; `undefined`: it did. */
export async function applyEdits(
  { connection, world, client }: Session,
  label: string,
  edits: readonly FileEdit[],
): Promise<string | undefined> {
  if (!client.appliesEdits) return 'This editor does not let the server change files';
  const { applied, failureReason } = await connection.workspace.applyEdit({
    label,
    edit: toWorkspaceEdit(world, client, edits),
  });
  return applied ? undefined : (failureReason ?? 'The editor refused the changes');
}

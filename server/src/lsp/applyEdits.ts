import type { WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdit } from '../core/text/edit.ts';
import type { RewriteResult } from '../protocol.ts';
import { toWorkspaceEdit } from './convert.ts';
import type { Session } from './handler.ts';

export interface NewFile {
  readonly uri: string;
  readonly text: string;
}

export interface Changes {
  /** What the editor's undo calls it. */
  readonly label: string;
  readonly edits: readonly FileEdit[];
  readonly created?: NewFile;
}

/** What a request answers that changed nothing. */
export function nothing(message: string): RewriteResult {
  return { message, isApplied: false };
}

/** Has the client make changes, all or none. The answer is why it did not; `undefined`: it did. */
export async function applyEdits(session: Session, changes: Changes): Promise<string | undefined> {
  const { connection, client } = session;
  if (!client.appliesEdits) return 'This editor does not let the server change files';
  if (changes.created !== undefined && !(client.createsFiles && client.documentChanges))
    return 'This editor does not let the server create files';
  const edit = editOf(session, changes);
  const { applied, failureReason } = await connection.workspace.applyEdit({ label: changes.label, edit });
  if (applied) return undefined;
  return failureReason ?? 'The editor refused the changes';
}

function editOf({ workspace, client }: Session, { edits, created }: Changes): WorkspaceEdit {
  const edit = toWorkspaceEdit(workspace, client, edits);
  if (created === undefined) return edit;
  const { uri, text } = created;
  const start = { line: 0, character: 0 };
  const textDocument = { uri, version: null };
  const inserted = { textDocument, edits: [{ range: { start, end: start }, newText: text }] };
  return { documentChanges: [{ kind: 'create', uri }, inserted, ...(edit.documentChanges ?? [])] };
}

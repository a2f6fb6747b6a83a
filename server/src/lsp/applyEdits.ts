import type { WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdit } from '../core/text/edit.ts';
import type { RewriteResult } from '../protocol.ts';
import { clientUri, toWorkspaceEdit } from './convert.ts';
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
  /** The editor is to show them before it makes those that the user leaves ticked; one that cannot makes them all. */
  readonly isPreviewed?: boolean;
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

function editOf({ workspace, client }: Session, changes: Changes): WorkspaceEdit {
  const { label, edits, created, isPreviewed = false } = changes;
  const edit = toWorkspaceEdit(workspace, client, edits);
  if (edit.documentChanges === undefined) return edit;
  const made = created === undefined ? [] : creationOf(created);
  const documentChanges = [...made, ...edit.documentChanges];
  const [first] = edits;
  if (!isPreviewed || !client.annotatesChanges || first === undefined) return { documentChanges };
  return {
    documentChanges: [...documentChanges, previewOpener(clientUri(workspace, first.uri))],
    changeAnnotations: { [preview]: { label, needsConfirmation: true } },
  };
}

type DocumentChange = NonNullable<WorkspaceEdit['documentChanges']>[number];

function creationOf({ uri, text }: NewFile): readonly DocumentChange[] {
  const start = { line: 0, character: 0 };
  const textDocument = { uri, version: null };
  const inserted = { textDocument, edits: [{ range: { start, end: start }, newText: text }] };
  return [{ kind: 'create', uri }, inserted];
}

const preview = 'preview';

/**
 * VS Code shows a preview where something needs a confirmation, and what does is not ticked there. So that is a change that does
 * nothing, which the preview leaves out: making a file that exists already. All others are ticked.
 */
function previewOpener(uri: string): DocumentChange {
  return { kind: 'create', uri, options: { ignoreIfExists: true }, annotationId: preview };
}

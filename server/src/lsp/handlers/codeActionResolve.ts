import {
  CodeActionResolveRequest,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { resolveCodeAction } from '../../core/features/codeActions.ts';
import { defineHandler } from '../handler.ts';
import { withEdit, type ActionData } from './codeAction.ts';

export const codeActionResolveHandler = defineHandler(CodeActionResolveRequest.type, (session, shown) => {
  const data = isActionData(shown.data) ? shown.data : undefined;
  const document = data && session.workspace.document(data.uri);
  const isCurrent = data !== undefined && document?.version === data.version;
  const action = isCurrent
    ? resolveCodeAction(session.workspace.snapshot, document.file.uri, data.id)
    : undefined;
  if (action === undefined)
    return new ResponseError(
      LSPErrorCodes.ContentModified,
      'The file has changed in the meantime, request the action again',
    );
  if (action.step !== undefined) return shown;
  const resolved = withEdit(session, shown, action);
  if (isEmpty(resolved.edit)) {
    session.connection.window.showInformationMessage(
      `Nothing is changed: "${action.title}" cannot be written here`,
    );
  }
  return resolved;
});

/** Also where the client cannot make the file that the action writes. */
function isEmpty({ documentChanges, changes }: WorkspaceEdit = {}): boolean {
  return (documentChanges ?? Object.keys(changes ?? {})).length === 0;
}

function isActionData(data: unknown): data is ActionData {
  return typeof data === 'object' && data !== null && 'uri' in data && 'version' in data && 'id' in data;
}

import { chooseStackNotification, onNotification, virtualTextClosedNotification } from '../protocol.ts';
import { guardedNotification, type Session } from './handler.ts';

/** Keeps the workspace in step with what the client tells about documents, files and the user's choice of a stack. */
export function syncDocuments({ connection, workspace, virtual, held, diagnostics, log }: Session): void {
  connection.onDidOpenTextDocument(
    guardedNotification('textDocument/didOpen', log, ({ textDocument }) => workspace.open(textDocument)),
  );
  connection.onDidChangeTextDocument(
    guardedNotification('textDocument/didChange', log, ({ textDocument, contentChanges }) => {
      held?.note(textDocument, contentChanges, uri => diagnostics.known(uri));
      workspace.change(textDocument, contentChanges);
    }),
  );
  connection.onDidCloseTextDocument(
    guardedNotification('textDocument/didClose', log, ({ textDocument }) =>
      workspace.close(textDocument.uri),
    ),
  );
  connection.onDidSaveTextDocument(
    guardedNotification('textDocument/didSave', log, ({ textDocument }) =>
      workspace.filesChanged(urisOf([textDocument])),
    ),
  );
  connection.onDidChangeWatchedFiles(
    guardedNotification('workspace/didChangeWatchedFiles', log, ({ changes }) =>
      workspace.filesChanged(urisOf(changes)),
    ),
  );
  onNotification(
    connection,
    chooseStackNotification,
    guardedNotification(chooseStackNotification.method, log, ({ stack }) => workspace.choose(stack)),
  );
  onNotification(
    connection,
    virtualTextClosedNotification,
    guardedNotification(virtualTextClosedNotification.method, log, ({ uri }) => virtual.forget(uri)),
  );
}

/** The same for workspace folders. Works only after `initialized`. */
export function listenToFolders({ connection, client, workspace, log }: Session): void {
  if (!client.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(
    guardedNotification('workspace/didChangeWorkspaceFolders', log, ({ added, removed }) =>
      workspace.changeRoots(
        added.map(folder => folder.uri),
        removed.map(folder => folder.uri),
      ),
    ),
  );
}

/** Those that are URIs; a client may send anything. */
function urisOf(places: readonly { readonly uri: unknown }[]): readonly string[] {
  return places.flatMap(({ uri }) => {
    if (typeof uri !== 'string') return [];
    return [uri];
  });
}

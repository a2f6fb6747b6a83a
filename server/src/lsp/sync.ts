import { chooseStackNotification, onNotification } from '../protocol.ts';
import { guardedNotification, type Session } from './handler.ts';

/** Keeps the world in step with what the client tells about documents, files and the user's choice of a stack. */
export function syncDocuments({ connection, world, log }: Session): void {
  connection.onDidOpenTextDocument(
    guardedNotification('textDocument/didOpen', log, ({ textDocument }) => world.open(textDocument)),
  );
  connection.onDidChangeTextDocument(
    guardedNotification('textDocument/didChange', log, ({ textDocument, contentChanges }) =>
      world.change(textDocument, contentChanges),
    ),
  );
  connection.onDidCloseTextDocument(
    guardedNotification('textDocument/didClose', log, ({ textDocument }) => world.close(textDocument.uri)),
  );
  connection.onDidSaveTextDocument(
    guardedNotification('textDocument/didSave', log, ({ textDocument }) =>
      world.filesChanged(urisOf([textDocument])),
    ),
  );
  connection.onDidChangeWatchedFiles(
    guardedNotification('workspace/didChangeWatchedFiles', log, ({ changes }) =>
      world.filesChanged(urisOf(changes)),
    ),
  );
  onNotification(
    connection,
    chooseStackNotification,
    guardedNotification(chooseStackNotification.method, log, ({ stack }) => world.choose(stack)),
  );
}

/** The same for workspace folders. Works only after `initialized`. */
export function listenToFolders({ connection, client, world, log }: Session): void {
  if (!client.workspaceFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(
    guardedNotification('workspace/didChangeWorkspaceFolders', log, ({ added, removed }) =>
      world.changeRoots(
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

import {
  LSPErrorCodes,
  RenameRequest,
  ResponseError,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver';
import { renamableAt, renameName } from '../../core/features/rename/renameName.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

/** A registry, a pull Secret or a namespace gets another name in all values files, Applications, Secrets and the project file. */
export const renameHandler = defineHandler(
  RenameRequest.type,
  ({ workspace, client }, { textDocument, position, newName }) => {
    const file = workspace.document(textDocument.uri)?.file;
    const name = file && renamableAt(workspace.snapshot, file, file.source.offsetAt(position));
    if (name === undefined) return null;
    const renamed = renameName(workspace.snapshot, name, newName);
    if (renamed.kind === 'refused') return new ResponseError(LSPErrorCodes.RequestFailed, renamed.message);
    const edits = new Map<string, TextEdit[]>();
    for (const { uri, start, end } of renamed.places) {
      const own = edits.get(uri) ?? [];
      own.push({ range: { start, end }, newText: newName });
      edits.set(uri, own);
    }
    if (!client.documentChanges) {
      const changes = [...edits].map(([uri, own]) => [clientUri(workspace, uri), own] as const);
      return { changes: Object.fromEntries(changes) };
    }
    const documentChanges = [...edits].map(([uri, own]): TextDocumentEdit => {
      const version = workspace.document(uri)?.version ?? null;
      return { textDocument: { uri: clientUri(workspace, uri), version }, edits: own };
    });
    return { documentChanges };
  },
  ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
);

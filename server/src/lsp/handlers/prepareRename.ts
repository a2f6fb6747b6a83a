import { PrepareRenameRequest } from 'vscode-languageserver';
import { renamableAt } from '../../core/features/rename/renameName.ts';
import { defineHandler } from '../handler.ts';

/** What would be renamed; nothing where values have no name that is elsewhere, too. */
export const prepareRenameHandler = defineHandler(
  PrepareRenameRequest.type,
  ({ workspace }, { textDocument, position }) => {
    const file = workspace.document(textDocument.uri)?.file;
    const name = file && renamableAt(workspace.snapshot, file, file.source.offsetAt(position));
    if (name === undefined) return null;
    return { range: { start: name.start, end: name.end }, placeholder: name.text };
  },
);

import { ReferencesRequest } from 'vscode-languageserver';
import { references } from '../../core/features/definition.ts';
import { virtualScheme } from '../../protocol.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

/** The declaration of a value is its default. */
export const referencesHandler = defineHandler(
  ReferencesRequest.type,
  ({ workspace }, { textDocument, position, context }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    return references(workspace.snapshot, file.uri, file.source.offsetAt(position))
      .filter(({ uri }) => context.includeDeclaration || !uri.startsWith(`${virtualScheme}:`))
      .map(({ uri, start, end }) => ({ uri: clientUri(workspace, uri), range: { start, end } }));
  },
  () => ({ referencesProvider: true }),
);

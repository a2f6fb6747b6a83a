import { ReferencesRequest } from 'vscode-languageserver';
import { references } from '../../core/features/definition.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const referencesHandler = defineHandler(
  ReferencesRequest.type,
  ({ world }, { textDocument, position }) => {
    const file = world.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const targets = references(world.snapshot, file.uri, file.source.offsetAt(position));
    return targets.map(({ uri, start, end }) => ({ uri: clientUri(world, uri), range: { start, end } }));
  },
  () => ({ referencesProvider: true }),
);

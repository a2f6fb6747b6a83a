import { DefinitionRequest } from 'vscode-languageserver';
import { definition } from '../../core/features/definition.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const definitionHandler = defineHandler(
  DefinitionRequest.type,
  ({ world }, { textDocument, position }) => {
    const file = world.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const targets = definition(world.snapshot, file.uri, file.source.offsetAt(position));
    return targets.map(({ uri, start, end }) => ({ uri: clientUri(world, uri), range: { start, end } }));
  },
  () => ({ definitionProvider: true }),
);

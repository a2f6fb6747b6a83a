import { DefinitionRequest } from 'vscode-languageserver';
import { definition } from '../../core/features/definition.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const definitionHandler = defineHandler(
  DefinitionRequest.type,
  ({ workspace }, { textDocument, position }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const targets = definition(workspace.snapshot, file.uri, file.source.offsetAt(position));
    return targets.map(({ uri, start, end }) => ({ uri: clientUri(workspace, uri), range: { start, end } }));
  },
  () => ({ definitionProvider: true }),
);

import { DefinitionRequest, type Location } from 'vscode-languageserver';
import { documentLinks } from '../../core/features/documentLinks.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { touches } from '../../core/text/span.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';
import { definition } from '../../core/features/definition.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { shownFile } from '../shownFile.ts';

/** The name of a values file leads to the file. */
function linkedFile(workspace: OpenWorkspace, file: ValuesFile, offset: number): Location[] {
  const links = documentLinks(workspace.snapshot, file).filter(({ span }) => touches(span, offset));
  return links.map(({ target, line = 0 }) => {
    const start = { line, character: 0 };
    return { uri: clientUri(workspace, target), range: { start, end: start } };
  });
}

export const definitionHandler = defineHandler(
  DefinitionRequest.type,
  ({ workspace }, { textDocument, position }) => {
    const file = shownFile(workspace, textDocument.uri);
    if (file === undefined) return null;
    const offset = file.source.offsetAt(position);
    const targets = definition(workspace.snapshot, file.uri, offset);
    if (targets.length === 0) return linkedFile(workspace, file, offset);
    return targets.map(({ uri, start, end }) => ({ uri: clientUri(workspace, uri), range: { start, end } }));
  },
  () => ({ definitionProvider: true }),
);

import {
  SemanticTokensBuilder,
  SemanticTokensRequest,
  SemanticTokenTypes,
  type Range,
  type SemanticTokens,
} from 'vscode-languageserver';
import { semanticTokens, tokenKinds, type SemanticToken } from '../../core/features/semanticTokens.ts';
import { toSpan } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';

/** What themes know. */
const types: Readonly<Record<SemanticToken['kind'], SemanticTokenTypes>> = {
  key: SemanticTokenTypes.property,
  string: SemanticTokenTypes.string,
  number: SemanticTokenTypes.number,
  constant: SemanticTokenTypes.keyword,
  comment: SemanticTokenTypes.comment,
  image: SemanticTokenTypes.type,
};

export const semanticTokensHandler = defineHandler(
  SemanticTokensRequest.type,
  ({ workspace }, { textDocument }) => encodedTokens(workspace, textDocument.uri),
  ({ semanticTokens: isWanted }) => {
    if (!isWanted) return undefined;
    const legend = { tokenTypes: tokenKinds.map(kind => types[kind]), tokenModifiers: [] };
    return { semanticTokensProvider: { legend, full: true, range: true } };
  },
);

/** `range`: the lines that are wanted; by default all. */
export function encodedTokens(workspace: OpenWorkspace, uri: string, range?: Range): SemanticTokens | null {
  const file = workspace.document(uri)?.file;
  if (file === undefined) return null;
  const span = range && toSpan(file.source, range);
  const tokens = semanticTokens(workspace.snapshot, file.uri, span);
  if (tokens === undefined) return null;
  const builder = new SemanticTokensBuilder();
  for (const { kind, line, character, length } of tokens)
    builder.push(line, character, length, tokenKinds.indexOf(kind), 0);
  return builder.build();
}

import { SemanticTokensRangeRequest } from 'vscode-languageserver';
import { defineHandler } from '../handler.ts';
import { encodedTokens } from './semanticTokens.ts';

/** What is in sight, before all of a file. */
export const semanticTokensRangeHandler = defineHandler(
  SemanticTokensRangeRequest.type,
  ({ workspace }, { textDocument, range }) => encodedTokens(workspace, textDocument.uri, range),
  // Offered with those of the whole file.
  ({ semanticTokens: isWanted }) => (isWanted ? {} : undefined),
);

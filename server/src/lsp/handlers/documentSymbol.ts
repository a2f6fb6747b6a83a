import { DocumentSymbolRequest, SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { documentSymbols, type DocumentSymbol as CoreSymbol } from '../../core/features/symbols.ts';
import type { SourceText } from '../../core/text/sourceText.ts';
import { toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';

const kinds: Readonly<Record<CoreSymbol['kind'], SymbolKind>> = {
  document: SymbolKind.File,
  stack: SymbolKind.Namespace,
  component: SymbolKind.Module,
  image: SymbolKind.Package,
  map: SymbolKind.Property,
  list: SymbolKind.Array,
  string: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  null: SymbolKind.Null,
  alias: SymbolKind.Variable,
};

export const documentSymbolHandler = defineHandler(
  DocumentSymbolRequest.type,
  ({ workspace }, { textDocument }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    return documentSymbols(workspace.snapshot, file.uri).map(symbol => toSymbol(symbol, file.source));
  },
  client => {
    if (!client.nestedSymbols) return undefined;
    return { documentSymbolProvider: { label: 'deployKF' } };
  },
);

function toSymbol(
  { kind, name, detail, span, selection, children }: CoreSymbol,
  source: SourceText,
): DocumentSymbol {
  return {
    kind: kinds[kind],
    name,
    // An outline is large, and most of it has neither.
    ...(detail !== '' && { detail }),
    range: toRange(source, span),
    selectionRange: toRange(source, selection),
    ...(children.length > 0 && { children: children.map(child => toSymbol(child, source)) }),
  };
}

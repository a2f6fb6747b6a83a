import {
  MarkupKind,
  type Location,
  type MarkupContent,
  type Position,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { plainText } from '../core/features/plainText.ts';
import type { FileEdit } from '../core/text/edit.ts';
import { SourceText } from '../core/text/sourceText.ts';
import type { Span } from '../core/text/span.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

export function toRange(source: SourceText, span: Span): Range {
  return { start: source.positionAt(span.start), end: source.positionAt(span.end) };
}

/** A Markdown of ours, or the same without marks for clients that show none. */
export function toMarkup(markdown: string, kind: MarkupKind): MarkupContent {
  return { kind, value: kind === MarkupKind.Markdown ? markdown : plainText(markdown) };
}

export function toSpan(
  source: SourceText,
  range: { readonly start: Position; readonly end: Position },
): Span {
  const start = source.offsetAt(range.start);
  return { start, end: Math.max(start, source.offsetAt(range.end)) };
}

interface Place {
  readonly uri: string;
  readonly span: Span;
  readonly range?: Range;
}

/** The URI as the client writes it, for a file that it has open. */
export function clientUri(workspace: OpenWorkspace, uri: string): string {
  return workspace.document(uri)?.uri ?? uri;
}

/** A place in a known file; where the text is not known, the `range` that was, else the start of the file. */
export function toLocation(workspace: OpenWorkspace, { uri, span, range: known }: Place): Location {
  const place = workspace.file(uri)?.locate(span);
  const start = { line: 0, character: 0 };
  const range =
    place === undefined ? (known ?? { start, end: start }) : { start: place.start, end: place.end };
  return { uri: clientUri(workspace, place?.uri ?? uri), range };
}

/** Edits of known files, with the versions that they were made for, so that a client never applies them to another text. */
export function toWorkspaceEdit(
  workspace: OpenWorkspace,
  client: ClientFeatures,
  edits: readonly FileEdit[],
): WorkspaceEdit {
  const created = edits.filter(({ isNew }) => isNew === true);
  const canCreate = client.documentChanges && client.createsFiles;
  if (created.length > 0 && !canCreate) return {};
  const documents = edits.flatMap(edit => toDocumentEdit(workspace, edit) ?? []);
  const files = created.map(({ uri }) => ({ kind: 'create' as const, uri }));
  if (client.documentChanges) return { documentChanges: [...files, ...documents] };
  return {
    changes: Object.fromEntries(documents.map(({ textDocument, edits }) => [textDocument.uri, edits])),
  };
}

interface PlainDocumentEdit extends TextDocumentEdit {
  edits: TextEdit[];
}

function toDocumentEdit(
  workspace: OpenWorkspace,
  { uri, edits, isNew }: FileEdit,
): PlainDocumentEdit | undefined {
  const source = isNew === true ? new SourceText('') : workspace.file(uri)?.source;
  if (source === undefined) return undefined;
  const open = workspace.document(uri);
  return {
    textDocument: { uri: open?.uri ?? uri, version: open?.version ?? null },
    edits: edits.map(({ span, newText }) => ({ range: toRange(source, span), newText })),
  };
}

import { FoldingRangeKind, FoldingRangeRequest } from 'vscode-languageserver';
import { foldingRanges, type FoldingRange } from '../../core/features/foldingRanges.ts';
import { defineHandler } from '../handler.ts';

const kinds: Readonly<Record<FoldingRange['kind'], FoldingRangeKind | undefined>> = {
  section: undefined,
  comment: FoldingRangeKind.Comment,
  region: FoldingRangeKind.Region,
};

export const foldingRangeHandler = defineHandler(
  FoldingRangeRequest.type,
  ({ workspace }, { textDocument }) => {
    const file = workspace.document(textDocument.uri)?.file;
    const ranges = file && foldingRanges(workspace.snapshot, file.uri);
    if (ranges === undefined) return null;
    return ranges.map(({ kind, startLine, endLine }) => {
      const known = kinds[kind];
      return { startLine, endLine, ...(known !== undefined && { kind: known }) };
    });
  },
  () => ({ foldingRangeProvider: true }),
);

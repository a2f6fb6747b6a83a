import { SelectionRangeRequest, type SelectionRange } from 'vscode-languageserver';
import { selectionRanges } from '../../core/features/selectionRanges.ts';
import { toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const selectionRangeHandler = defineHandler(
  SelectionRangeRequest.type,
  ({ workspace }, { textDocument, positions }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const chosen: SelectionRange[] = [];
    for (const position of positions) {
      const spans = selectionRanges(workspace.snapshot, file.uri, file.source.offsetAt(position));
      let range: SelectionRange | undefined;
      for (const span of spans?.toReversed() ?? [])
        range = { range: toRange(file.source, span), ...(range && { parent: range }) };
      if (range !== undefined) chosen.push(range);
    }
    // One for each position, or nothing is said of any.
    return chosen.length === positions.length ? chosen : null;
  },
  () => ({ selectionRangeProvider: true }),
);

import { HoverRequest } from 'vscode-languageserver';
import { hover } from '../../core/features/hover.ts';
import { toMarkup, toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { shownFile } from '../shownFile.ts';

export const hoverHandler = defineHandler(
  HoverRequest.type,
  ({ workspace, client }, { textDocument, position }) => {
    const file = shownFile(workspace, textDocument.uri);
    const found = file && hover(workspace.snapshot, file.uri, file.source.offsetAt(position));
    if (file === undefined || found === undefined) return null;
    return {
      contents: toMarkup(found.markdown, client.hoverFormat),
      range: toRange(file.source, found.span),
    };
  },
  () => ({ hoverProvider: true }),
);

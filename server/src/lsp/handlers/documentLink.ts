import { DocumentLinkRequest } from 'vscode-languageserver';
import { documentLinks } from '../../core/features/documentLinks.ts';
import { clientUri, toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const documentLinkHandler = defineHandler(
  DocumentLinkRequest.type,
  ({ workspace }, { textDocument }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    return documentLinks(workspace.snapshot, file).map(({ span, target, line }) => ({
      range: toRange(file.source, span),
      target: clientUri(workspace, target) + (line === undefined ? '' : `#L${line + 1}`),
      tooltip: line === undefined ? 'Open values file' : 'Open the Secret',
    }));
  },
  () => ({ documentLinkProvider: {} }),
);

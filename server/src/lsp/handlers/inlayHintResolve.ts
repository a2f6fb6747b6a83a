import {
  InlayHintResolveRequest,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type InlayHint,
} from 'vscode-languageserver';
import { inlayHintDetails } from '../../core/features/inlayHints.ts';
import { toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import { isObject } from '../params.ts';
import type { HintData } from './inlayHint.ts';

export const inlayHintResolveHandler = defineHandler(
  InlayHintResolveRequest.type,
  ({ workspace }, hint): InlayHint | ResponseError => {
    // That of an origin is complete.
    if (hint.data === undefined) return hint;
    const data = isHintData(hint.data) ? hint.data : undefined;
    const document = data && workspace.document(data.uri);
    const isCurrent = data !== undefined && document?.version === data.version;
    const details = isCurrent ? inlayHintDetails(workspace.snapshot, data.id) : undefined;
    if (document === undefined || details === undefined)
      return new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed in the meantime');
    const { tooltip, edits } = details;
    const textEdits = edits.map(({ span, newText }) => ({
      range: toRange(document.file.source, span),
      newText,
    }));
    return {
      ...hint,
      ...(tooltip !== '' && { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
      ...(textEdits.length > 0 && { textEdits }),
    };
  },
);

function isHintData(data: unknown): data is HintData {
  if (!isObject(data) || !isObject(data['id'])) return false;
  const { uri, path } = data['id'];
  return [data['uri'], uri, path].every(value => typeof value === 'string');
}

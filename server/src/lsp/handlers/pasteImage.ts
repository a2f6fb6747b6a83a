import { pastedImage } from '../../core/features/pastedImage.ts';
import { pasteImageRequest, type PasteImageResult } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const pasteImageHandler = defineHandler(
  pasteImageRequest,
  ({ workspace }, { uri, range, text }): PasteImageResult | null => {
    const file = workspace.document(uri)?.file;
    if (file === undefined) return null;
    const span = { start: file.source.offsetAt(range.start), end: file.source.offsetAt(range.end) };
    const pasted = pastedImage(workspace.snapshot, file.uri, span, text);
    if (pasted === undefined) return null;
    const edits = pasted.edits.map(({ place: { start, end }, newText }) => ({
      range: { start, end },
      newText,
    }));
    return { ...pasted, edits };
  },
);

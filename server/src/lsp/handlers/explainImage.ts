import { explainImage } from '../../core/features/explainImage.ts';
import { viewOfRef } from '../../core/features/imagePlaces.ts';
import { explainUri } from '../../core/workspace/virtualUris.ts';
import { explainImageRequest, type ImageExplanation } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const explainImageHandler = defineHandler(
  explainImageRequest,
  ({ workspace }, ref): ImageExplanation | null => {
    const { stack, component = '', image = '' } = ref;
    const view = viewOfRef(workspace.snapshot, ref);
    const markdown = view && explainImage(view, component, image);
    if (markdown === undefined) return null;
    const isValue = view?.images.some(({ path }) => path === image);
    return { markdown, ...(isValue === true && { document: explainUri(stack, image) }) };
  },
);

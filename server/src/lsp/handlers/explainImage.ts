import { explainImage } from '../../core/features/explainImage.ts';
import { viewOfRef } from '../../core/features/imagePlaces.ts';
import { imageUri } from '../../core/workspace/virtualUris.ts';
import { explainImageRequest, type ImageExplanation } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const explainImageHandler = defineHandler(
  explainImageRequest,
  ({ workspace }, ref): ImageExplanation | null => {
    const { stack, component = '', image = '' } = ref;
    const view = viewOfRef(workspace.snapshot, ref);
    const markdown = view && explainImage(view, component, image);
    return markdown === undefined ? null : { markdown, document: imageUri(stack, component, image) };
  },
);

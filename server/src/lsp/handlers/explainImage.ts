import { explainImage } from '../../core/features/explainImage.ts';
import { imageUri } from '../../core/workspace/virtualUris.ts';
import { explainImageRequest, type ImageExplanation } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const explainImageHandler = defineHandler(
  explainImageRequest,
  ({ workspace }, ref): ImageExplanation | null => {
    const { stack, component = '', image = '' } = ref;
    const view = workspace.snapshot.viewById(stack);
    const markdown = view && explainImage(view, component, image);
    return markdown === undefined ? null : { markdown, document: imageUri(stack, component, image) };
  },
);

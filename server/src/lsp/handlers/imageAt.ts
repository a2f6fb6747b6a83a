import { imageRefAt } from '../../core/features/imagePlaces.ts';
import { imageAtRequest, type ImageInStack } from '../../protocol/images.ts';
import { defineHandler } from '../handler.ts';

export const imageAtHandler = defineHandler(
  imageAtRequest,
  ({ workspace }, { uri, position }): ImageInStack | null => {
    const file = workspace.document(uri)?.file;
    const found = file && imageRefAt(workspace.snapshot, file.uri, file.source.offsetAt(position));
    return found ?? null;
  },
);

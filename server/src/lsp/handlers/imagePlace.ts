import { imagePlace } from '../../core/features/imagePlaces.ts';
import { imagePlaceRequest } from '../../protocol/images.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';

export const imagePlaceHandler = defineHandler(imagePlaceRequest, ({ workspace }, ref) => {
  const place = imagePlace(workspace.snapshot, ref);
  return place === undefined ? null : { ...place, uri: clientUri(workspace, place.uri) };
});

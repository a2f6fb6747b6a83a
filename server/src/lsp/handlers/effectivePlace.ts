import { effectivePlace } from '../../core/features/valueOrigins.ts';
import type { FilePlace } from '../../protocol.ts';
import { effectivePlaceRequest } from '../../protocol/effective.ts';
import { defineHandler } from '../handler.ts';

export const effectivePlaceHandler = defineHandler(
  effectivePlaceRequest,
  ({ workspace }, { document, uri, position }): FilePlace | null => {
    const file = workspace.document(uri)?.file;
    if (file === undefined) return null;
    const place = { uri: file.uri, offset: file.source.offsetAt(position) };
    return effectivePlace(workspace.snapshot, document, place) ?? null;
  },
);

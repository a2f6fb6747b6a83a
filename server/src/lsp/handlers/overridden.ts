import { overriddenValues } from '../../core/features/valueOrigins.ts';
import { overriddenRequest, type OverriddenValue } from '../../protocol/effective.ts';
import { defineHandler } from '../handler.ts';

export const overriddenHandler = defineHandler(
  overriddenRequest,
  ({ workspace }, { uri }): readonly OverriddenValue[] => {
    const file = workspace.document(uri)?.file;
    return file === undefined ? [] : overriddenValues(workspace.snapshot, file.uri);
  },
);

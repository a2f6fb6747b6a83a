import { imageTagType } from './imageTagType.ts';
import { projectFileInvalid } from './projectFileInvalid.ts';
import { releaseUnknown } from './releaseUnknown.ts';
import type { Rule } from './types.ts';

/** Every rule. To add one: its file, its line here, its test, a CHANGELOG entry. */
export const rules: readonly Rule[] = [imageTagType, projectFileInvalid, releaseUnknown];

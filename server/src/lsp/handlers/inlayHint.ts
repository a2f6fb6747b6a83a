import { InlayHintRequest, type InlayHint } from 'vscode-languageserver';
import { inlayHints, type HintId } from '../../core/features/inlayHints.ts';
import { toSpan } from '../convert.ts';
import { defineHandler } from '../handler.ts';

/** What a hint carries until somebody looks at it. */
export interface HintData {
  readonly uri: string;
  readonly version: number;
  readonly id: HintId;
}

export const inlayHintHandler = defineHandler(
  InlayHintRequest.type,
  async ({ workspace, shownBeside }, { textDocument: { uri }, range }): Promise<InlayHint[] | null> => {
    const { inlayHints: areWanted } = await shownBeside(uri);
    const document = workspace.document(uri);
    if (document === undefined || !areWanted) return null;
    const { file, version } = document;
    const hints = inlayHints(workspace.snapshot, file.uri, toSpan(file.source, range));
    return hints.map(({ offset, label, after, id }) => {
      const data: HintData = { uri, version, id };
      return {
        position: file.source.positionAt(offset),
        label,
        ...(after === 'tag' && { paddingLeft: true }),
        data,
      };
    });
  },
  ({ showsHints }) => (showsHints ? { inlayHintProvider: { resolveProvider: true } } : undefined),
);

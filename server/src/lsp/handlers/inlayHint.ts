import { InlayHintRequest, type InlayHint, type Location, type Range } from 'vscode-languageserver';
import type { Target } from '../../core/features/definition.ts';
import { inlayHints, type HintId } from '../../core/features/inlayHints.ts';
import { valueOrigins } from '../../core/features/valueOrigins.ts';
import { effectiveDocument, type EffectiveDocument } from '../../core/workspace/effectiveValues.ts';
import { clientUri, toSpan } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';

/** What a hint carries until somebody looks at it. */
export interface HintData {
  readonly uri: string;
  readonly version: number;
  readonly id: HintId;
}

/** Always shown: the document is for them. */
function originHints(workspace: OpenWorkspace, document: EffectiveDocument, range: Range): InlayHint[] {
  const { source } = document.file;
  return valueOrigins(document, toSpan(source, range)).map(({ offset, label, place }) => ({
    position: source.positionAt(offset),
    label: [{ value: label, ...(place && { location: locationOf(workspace, place) }) }],
    paddingLeft: true,
  }));
}

function locationOf(workspace: OpenWorkspace, { uri, start, end }: Target): Location {
  return { uri: clientUri(workspace, uri), range: { start, end } };
}

export const inlayHintHandler = defineHandler(
  InlayHintRequest.type,
  async ({ workspace, shownBeside }, { textDocument: { uri }, range }): Promise<InlayHint[] | null> => {
    const effective = effectiveDocument(workspace.snapshot, uri);
    if (effective !== undefined) return originHints(workspace, effective, range);
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

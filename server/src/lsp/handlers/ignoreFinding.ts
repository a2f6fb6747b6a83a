import { ignoreFinding } from '../../core/features/ignoreFinding.ts';
import type { RewriteResult } from '../../protocol.ts';
import { ignoreFindingRequest } from '../../protocol/ignore.ts';
import { applyEdits, nothing } from '../applyEdits.ts';
import { defineHandler } from '../handler.ts';

export const ignoreFindingHandler = defineHandler(
  ignoreFindingRequest,
  async (session, { uri, code, position, reason }): Promise<RewriteResult> => {
    const file = session.workspace.document(uri)?.file;
    if (file === undefined) return nothing('The file is not open');
    const place = { code, offset: file.source.offsetAt(position) };
    const edits = ignoreFinding(session.workspace.snapshot, file.uri, place, reason);
    if (edits.length === 0)
      return nothing(
        `Nothing is changed: ${code} is not reported there any more, or no comment can be written`,
      );
    const refused = await applyEdits(session, { label: `Ignore ${code}`, edits });
    if (refused !== undefined) return nothing(refused);
    return { message: `${code} is ignored in line ${position.line + 2}`, isApplied: true };
  },
);

import { rewriteFindings } from '../../core/features/rewriteFindings.ts';
import { rewriteRequest, type RewriteParams, type RewriteResult } from '../../protocol.ts';
import { applyEdits, nothing } from '../applyEdits.ts';
import { defineHandler } from '../handler.ts';

const titles: Readonly<Record<RewriteParams['what'], string>> = {
  file: 'Rewrite the images of this file',
  component: 'Rewrite the images of this component',
  missing: 'Add the missing overrides',
  pins: 'Pin every tag of this file',
  fixAll: 'Fix all deployKF findings in this file',
};

export const rewriteHandler = defineHandler(
  rewriteRequest,
  async (session, { uri, what, position }): Promise<RewriteResult> => {
    const { snapshot } = session.workspace;
    const file = session.workspace.document(uri)?.file;
    if (file === undefined) return nothing('The file is not open');
    if (what !== 'fixAll' && what !== 'pins' && snapshot.settingsOf(file.uri).policy === undefined)
      return { ...nothing('There is no private registry to rewrite to'), needsRegistry: true };
    const offset = file.source.offsetAt(position);
    const rewrite = rewriteFindings(snapshot, file.uri, { scope: what, offset });
    if (rewrite === undefined) return nothing('The cursor is not in a deployKF component');
    if (rewrite.edits.length === 0) return nothing('There is nothing to change');
    const refused = await applyEdits(session, { label: titles[what], edits: rewrite.edits });
    if (refused !== undefined) return nothing(refused);
    if (what === 'pins') return { message: `${titles.pins}: ${rewrite.count} pinned`, isApplied: true };
    const message = `${titles[what]}: ${count(rewrite.count)} fixed`;
    return { message, isApplied: true, ...(rewrite.pinnable > 0 && { pinnable: rewrite.pinnable }) };
  },
);

function count(findings: number): string {
  return `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
}

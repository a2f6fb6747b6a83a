import type { CancellationToken } from 'vscode-languageserver';
import { answerAgent } from '../../core/agents/answer.ts';
import type { AgentWorld } from '../../core/agents/world.ts';
import { hostUri } from '../../core/stack/valuesFile.ts';
import { isInside, labelOf } from '../../core/stack/uri.ts';
import { askAgentRequest } from '../../protocol/agents.ts';
import { defineHandler, type Session } from '../handler.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';

export const askAgentHandler = defineHandler(askAgentRequest, async (session, { tool, input }, token) => {
  if (tool === 'deploykf_check') await prepare(session, token);
  return answerAgent(worldOf(session.workspace), tool, input);
});

/** Does most of the work of a check in pieces, so that it can be cancelled and others get their turn. */
async function prepare({ workspace, diagnostics }: Session, token: CancellationToken): Promise<void> {
  for (const uri of workspace.reported) {
    if (token.isCancellationRequested) return;
    await diagnostics.prepare(uri, () => token.isCancellationRequested);
  }
}

function worldOf(workspace: OpenWorkspace): AgentWorld {
  const { snapshot, outerFolders } = workspace;
  return {
    snapshot,
    plans: snapshot.plans,
    files: [...workspace.reported].filter(uri => workspace.file(uri) !== undefined),
    folders: outerFolders,
    pathOf: uri => pathIn(outerFolders, hostUri(uri)),
    problems: [],
  };
}

/** Relative to its folder, after the folder's name where there are several. */
function pathIn(folders: readonly string[], uri: string): string {
  const folder = folders.find(around => isInside(around, uri));
  const path = labelOf(folder, uri);
  if (folder === undefined || folders.length === 1) return path;
  return `${labelOf(undefined, folder)}/${path}`;
}

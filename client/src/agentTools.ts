import * as vscode from 'vscode';
import type { CancellationToken, Disposable } from 'vscode';
import { sendRequest } from '../../server/src/protocol.ts';
import { askAgentRequest } from '../../server/src/protocol/agents.ts';
import { isTraced } from './registries.ts';
import type { Server } from './server.ts';

/** What VS Code has from 1.95 on; this extension starts with less. */
interface ToolApi {
  readonly lm: { readonly registerTool: (name: string, tool: Tool) => Disposable };
  readonly LanguageModelToolResult: new (parts: readonly unknown[]) => unknown;
  readonly LanguageModelTextPart: new (text: string) => unknown;
}

interface Tool {
  invoke(options: { readonly input: unknown }, token: CancellationToken): Promise<unknown>;
}

/** Those that `package.json` declares. */
const toolNames = ['deploykf_explain', 'deploykf_images', 'deploykf_check'];

/** Lets agents of the editor ask the server; none where VS Code does not know of such tools. */
export function registerAgentTools(server: Server): readonly Disposable[] {
  const api: Partial<ToolApi> = vscode as object;
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: Text } = api;
  if (lm?.registerTool === undefined || Result === undefined || Text === undefined) return [];
  return toolNames.map(tool =>
    lm.registerTool(tool, {
      invoke: async ({ input }, token) => new Result([new Text(await ask(server, { tool, input }, token))]),
    }),
  );
}

interface Question {
  readonly tool: string;
  readonly input: unknown;
}

/** The log of the messages would hold the text of a Pod, and Pods hold passwords. */
async function ask(server: Server, question: Question, token: CancellationToken): Promise<string> {
  const { input } = question;
  if (isTraced() && typeof input === 'object' && input !== null && 'image' in input)
    return 'Nothing is looked up by "image" while "deploykf.trace.server" is verbose, since the log would hold the text';
  const { text } = await sendRequest(await server.start(), askAgentRequest, question, token);
  return text;
}

import { request } from '../protocol.ts';

/** Client to server: what a tool of an agent answers, the same as over MCP. */
export const askAgentRequest = request<AskAgentParams, AskAgentResult>('deploykf/askAgent');

export interface AskAgentParams {
  readonly tool: string;
  /** What the model gave, which may be anything. It may hold passwords, and no answer repeats them. */
  readonly input: unknown;
}

export interface AskAgentResult {
  readonly text: string;
  /** It was asked wrongly, or nothing is known. */
  readonly isError?: boolean;
}

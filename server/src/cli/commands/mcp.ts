import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { answerAgent } from '../../core/agents/answer.ts';
import { agentTools } from '../../core/agents/tools.ts';
import type { AgentAnswer } from '../../core/agents/world.ts';
import { version } from '../../host/version.ts';
import type { RunCommand } from '../arguments/command.ts';
import type { mcpOptions } from '../arguments/commandOptions.ts';
import { readAgentWorld } from '../inputs/agentWorld.ts';
import { complain, exitCodes, fail, programName, type Io } from '../io/io.ts';

/** In bytes: no question is longer; a client that sends more in one line is hung up on. */
const longestMessage = 1024 * 1024;

/** Serves agents until the client goes away. */
export const runMcp: RunCommand<typeof mcpOptions> = async ({ operands }, io) => {
  const [operand] = operands;
  if (operand !== undefined)
    return fail(io, 'mcp does not take a file: run it in the folder that agents may know of');
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the other one takes no JSON Schema, which VS Code needs as well
  const server = new Server({ name: programName, version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listedTools }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { text, isError = false } = await answer(io, params);
    return { content: [{ type: 'text', text }], isError };
  });
  server.onerror = error => complain(io, `a message could not be read: ${firstLine(error)}`);
  const { input, output } = io.pipes;
  const ended = new Promise<number>(resolve => {
    server.onclose = () => resolve(exitCodes.failed);
    input.once('end', () => resolve(exitCodes.clean));
  });
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: longestMessage }));
  return ended;
};

const listedTools = agentTools.map(({ name, title, description, inputSchema }) => ({
  name,
  title,
  description,
  inputSchema,
  annotations: { title, readOnlyHint: true, openWorldHint: false },
}));

interface ToolCall {
  readonly name: string;
  readonly arguments?: unknown;
}

/** The files are read anew for each call: an agent changes them in between. */
async function answer(io: Io, call: ToolCall): Promise<AgentAnswer> {
  const read = await readAgentWorld(io);
  if (read.kind === 'failed') return { text: read.messages.join('\n'), isError: true };
  return answerAgent(read.world, call.name, call.arguments);
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? '';
}

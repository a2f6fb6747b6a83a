// A real client of MCP, that of the official SDK, over the standard input and output of the command line as it is shipped.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { build } from 'esbuild';
import { esbuildOptions } from '../../server/tools/build.ts';

export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
}

/** The command line, built as for a release; remove its folder with `remove`. */
export async function buildCli(): Promise<{ readonly file: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-mcp-'));
  const file = join(folder, 'cli.cjs');
  const entry = 'server/src/cli/main.ts';
  await build(esbuildOptions({ entry, outfile: file, platform: 'node', isCommand: true }));
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export class McpClient {
  readonly client = new Client({ name: 'test', version: '1.0.0' });
  /** What the server complains about on standard error. */
  complaints = '';

  /** Starts the server in a folder and shakes hands. */
  static async start(
    file: string,
    cwd: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<McpClient> {
    const mcp = new McpClient();
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [file, 'mcp'],
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stderr: 'pipe',
    });
    transport.stderr?.on('data', (text: Buffer) => void (mcp.complaints += text.toString()));
    await mcp.client.connect(transport);
    return mcp;
  }

  async call(tool: string, input: Readonly<Record<string, unknown>> = {}): Promise<ToolResult> {
    const { content, isError } = await this.client.callTool({ name: `deploykf_${tool}`, arguments: input });
    const [part] = content as readonly { readonly text: string }[];
    return { text: part?.text ?? '', isError: isError === true };
  }
}

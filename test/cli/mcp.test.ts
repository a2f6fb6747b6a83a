import assert from 'node:assert/strict';
import { agentTools } from '../../server/src/core/agents/tools.ts';
import { version } from '../../server/src/host/version.ts';
import { CliWorkspace } from '../support/cli.ts';
import { buildCli, McpClient } from '../support/mcp.ts';

const auth = 'deploykf_core.deploykf_auth';
const values = (tag: string): string =>
  `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ${tag}\n`;

describe('The MCP server', function () {
  this.timeout(30_000);
  const workspace = new CliWorkspace({
    '.deploykf-values.yaml': 'release: 0.1.5\nstacks: [{ name: prod, values: [prod.yaml] }]\n',
    'prod.yaml': values('2.40'),
  });
  let cli: Awaited<ReturnType<typeof buildCli>>;
  let mcp: McpClient;
  before(async () => {
    cli = await buildCli();
    mcp = await McpClient.start(cli.file, workspace.root);
  });
  after(async () => {
    await mcp.client.close();
    workspace.remove();
    cli.remove();
  });

  it('offers its tools as what only reads', async () => {
    assert.deepEqual(mcp.client.getServerVersion(), { name: 'deploykf-values', version });
    const { tools } = await mcp.client.listTools();
    assert.deepEqual(
      tools,
      agentTools.map(({ name, title, description, inputSchema }) => ({
        name,
        title,
        description,
        inputSchema,
        annotations: { title, readOnlyHint: true, openWorldHint: false },
      })),
    );
  });

  it('answers by the files as they are now', async () => {
    const wrong = await mcp.call('check', { stack: 'prod', severity: 'error' });
    assert.match(
      wrong.text,
      /prod\.yaml:5:14 error image-tag-type {2}YAML reads this tag as the number 2\.4/,
    );
    workspace.write('prod.yaml', values('"2.40"'));
    const right = await mcp.call('check', { stack: 'prod', severity: 'error' });
    assert.match(right.text, /\nNo findings of severity error or graver in 2 files$/);
    const { text, isError } = await mcp.call('explain', { path: `${auth}.images.dex.tag` });
    assert.equal(isError, false);
    assert.match(text, /\n {2}prod\.yaml:5 +"?2\.40/);
    assert.match(
      (await mcp.call('images')).text,
      /images\.dex: ghcr\.io\/dexidp\/dex:2\.40 .* from prod\.yaml:5/,
    );
    assert.equal(mcp.complaints, '');
  });

  it('says in an answer what is wrong with a question', async () => {
    assert.deepEqual(await mcp.call('images', { stack: 'dev' }), {
      isError: true,
      text: 'There is no stack named "dev". Stacks: "prod"',
    });
    assert.deepEqual(await mcp.call('none'), { isError: true, text: 'There is no such tool' });
  });
});

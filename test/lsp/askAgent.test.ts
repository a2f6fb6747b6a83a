import assert from 'node:assert/strict';
import type { AskAgentResult } from '../../server/src/protocol/agents.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const values = (tag: string): string =>
  `deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ${tag}\n`;

describe('The tools of agents', () => {
  it('are told of texts as the editor has them, like over MCP', async () => {
    const project = 'release: 0.1.5\nstacks: [{ name: prod, values: [prod.yaml] }]\n';
    const files = new ListedFiles({ '.deploykf-values.yaml': project, 'prod.yaml': values('v1') });
    const client = LspClient.inProcess({ files });
    await client.initialize({});
    const ask = (tool: string, input: unknown): Promise<AskAgentResult> =>
      client.request('deploykf/askAgent', { tool: `deploykf_${tool}`, input });
    const path = 'deploykf_core.deploykf_auth.images.dex.tag';
    assert.match((await ask('explain', { path })).text, /\n {2}prod\.yaml:5 +v1\n/);
    await client.open(`${root}/prod.yaml`, `# later\n${values('2.40')}`);
    assert.match((await ask('explain', { path, file: 'prod.yaml' })).text, /\n {2}prod\.yaml:6 +2\.4/);
    assert.match((await ask('images', {})).text, /images\.dex: .* from prod\.yaml:6/);
    assert.match((await ask('check', { severity: 'error' })).text, /\nprod\.yaml:6:14 error image-tag-type /);
    assert.deepEqual(await ask('explain', { image: 7 }), { isError: true, text: '"image" must be a string' });
    await client.stop();
  });
});

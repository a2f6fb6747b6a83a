import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { forkedValues } from '../support/generators.ts';
import { AttackFolder, dex } from '../support/attackFolder.ts';
import { runLimited, type LimitedRun } from '../support/limited.ts';
import { buildCli, McpClient } from '../support/mcp.ts';

/** Nothing of this may ever be in an answer. */
const secret = 'TOKEN-c0ffee';
const foreign = `deploykf_core:\n  deploykf_auth:\n    images: { dex: { tag: ${secret} } }\n`;

describe('agents', function () {
  this.timeout(60_000);
  let cli: Awaited<ReturnType<typeof buildCli>>;
  let folder: AttackFolder;
  before(async function () {
    if (process.platform === 'win32') this.skip();
    cli = await buildCli();
  });
  after(() => cli.remove());
  beforeEach(() => {
    folder = new AttackFolder();
    folder.folder('tree/.git');
    folder.folder('tree/ws');
  });
  afterEach(() => folder.remove());

  /** What all tools say, from a folder in a git work tree. */
  async function askAll(inputs: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
    const before = readdirSync(folder.path('tree/ws')).sort();
    const mcp = await McpClient.start(cli.file, folder.path('tree/ws'), { HOME: folder.path('home') });
    const texts: string[] = [];
    for (const input of inputs)
      for (const tool of ['explain', 'images', 'check']) texts.push((await mcp.call(tool, input)).text);
    await mcp.client.close();
    assert.deepEqual(readdirSync(folder.path('tree/ws')).sort(), before);
    return [...texts, mcp.complaints].join('\n');
  }

  it('hear of nothing outside of the folder, whatever it or they name', async () => {
    folder.write('tree/foreign.yaml', foreign);
    folder.write('tree/.deploykf-values.yaml', `release: ${secret}\n`);
    folder.write(
      'tree/generator/default_values.yaml',
      forkedValues().replace('harbor.example.com/dex', secret),
    );
    folder.write('tree/ws/a.yaml', dex('2.40'));
    folder.link('tree/ws/link.yaml', folder.path('tree/foreign.yaml'));
    folder.link('tree/ws/fork', folder.path('tree/generator'));
    const stacks = ['../foreign.yaml', 'link.yaml', folder.path('tree/foreign.yaml'), '/proc/self/environ']
      .map((path, index) => `  - { name: s${index}, values: [a.yaml, "${path}"] }\n`)
      .join('');
    const forks = ['fork', 'up', 'new'].map(
      name => `  - { name: ${name}, release: ${name}, values: [a.yaml] }\n`,
    );
    const generators = 'generators: { fork: fork, up: ../generator }\n';
    folder.write('tree/ws/.deploykf-values.yaml', `${generators}stacks:\n${stacks}${forks.join('')}`);
    const path = 'deploykf_core.deploykf_auth.images.dex';
    const named = ['s0', 's1', 's2', 's3', 'fork', 'up', 'new'].map(stack => ({ stack }));
    const files = ['../foreign.yaml', folder.path('tree/foreign.yaml'), 'link.yaml'].map(file => ({ file }));
    const said = await askAll([{ path }, {}, ...named, ...files]);
    assert.doesNotMatch(said, new RegExp(secret));
    assert.match(said, /a\.yaml:5:14 error image-tag-type/);
  });

  it('hear of no project file above the folder', async () => {
    folder.write(
      'tree/.deploykf-values.yaml',
      `release: 0.1.1\nstacks: [{ name: ${secret}, values: [ws/a.yaml] }]\n`,
    );
    folder.write('tree/ws/a.yaml', dex('2.40'));
    const said = await askAll([{}]);
    assert.doesNotMatch(said, new RegExp(secret));
    assert.match(said, /a\.yaml:5:14 error image-tag-type/);
  });

  it('get answers in time where values, stacks and Applications lead to themselves', async () => {
    folder.write('tree/ws/loop.yaml', 'deploykf_core: &a { deploykf_auth: *a, images: [*a, *a] }\n<<: *a\n');
    folder.write(
      'tree/ws/.deploykf-values.yaml',
      'stacks: [{ name: s, values: [loop.yaml, loop.yaml, .deploykf-values.yaml] }]\n',
    );
    const said = await askAll([{ stack: 's' }, { path: 'deploykf_core.deploykf_auth' }]);
    assert.match(said, /Stack s, defined at/);
  });

  const run = (lines: readonly string[]): Promise<LimitedRun> =>
    runLimited(process.execPath, [cli.file, 'mcp'], {
      cwd: folder.path('tree/ws'),
      stdin: lines.map(line => `${line}\n`).join(''),
    });

  const call = (id: unknown, params: unknown): string =>
    JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params });

  it('that break the protocol harm nothing that follows', async () => {
    folder.write('tree/ws/a.yaml', dex('2.40'));
    const { code, stdout } = await run([
      'nonsense',
      '',
      '[]',
      '{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
      '{"jsonrpc":"2.0","id":2,"method":"no/such"}',
      call(3, []),
      call(4, { name: 'deploykf_check', arguments: 'x' }),
      call(5, { name: 'deploykf_check', arguments: { stack: { toString: 1 } } }),
      call(6, { name: '__proto__', arguments: {} }),
      call(7, { name: 'deploykf_explain', arguments: { path: `${'a.'.repeat(400)}${'['.repeat(100)}` } }),
      call(8, { name: 'deploykf_explain', arguments: { image: `${'a/'.repeat(49_000)}:` } }),
      call(9, { name: 'deploykf_check', arguments: {} }),
    ]);
    const answers = stdout
      .trim()
      .split('\n')
      .map(
        line => JSON.parse(line) as { id: number; error?: { code: number }; result?: { isError: boolean } },
      )
      .sort((left, right) => left.id - right.id)
      .map(({ id, error, result }) => `${id} ${error?.code ?? (result?.isError === true ? 'wrong' : 'ok')}`);
    assert.deepEqual(answers, ['2 -32601', '4 -32603', '5 wrong', '6 wrong', '7 wrong', '8 wrong', '9 ok']);
    assert.equal(code, 0);
  });

  it('that send a line without an end are hung up on', async () => {
    const { code, stdout, stderr } = await run([call(1, { name: 'x'.repeat(2_000_000) })]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /^deploykf-values: a message could not be read: .*1048576 bytes/);
  });
});

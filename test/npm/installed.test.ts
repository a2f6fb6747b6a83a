import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { npmFile } from '../../server/tools/package/npmPackage.ts';
import { CliWorkspace } from '../support/cli.ts';
import { packedNpm } from '../support/packedNpm.ts';
import { runProgram, type Ran } from '../support/shell.ts';
import { readText, root } from '../support/sources.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';

const use = `(async () => {
  const { findings } = await check({ files: ['values.yaml'], release: '0.1.5' });
  const { release } = await images({ values: ['values.yaml'], release: '0.1.5' });
  const wrong = await check({ files: 'values.yaml' }).catch(error => error.message);
  console.log(findings.some(({ code }) => code === 'image-tag-type'), release, wrong);
})();
`;

const typed = `import { check, images, type Finding, type Image } from 'deploykf-values';
export async function list(): Promise<readonly (string | null)[]> {
  const findings: readonly Finding[] = (await check({ stack: 'prod' })).findings;
  const listed: readonly Image[] = (await images({ values: ['a.yaml'] })).images;
  // @ts-expect-error: the options are typed.
  await check({ files: 1 });
  return [...findings.map(({ path }) => path), ...listed.map(({ target }) => target)];
}
`;

describe('the npm package', function () {
  this.timeout(60_000);
  const workspace = new CliWorkspace({
    'values.yaml': values,
    'package.json': '{"private": true}\n',
    'esm.mjs': `import { check, images } from 'deploykf-values';\n${use}`,
    'commonjs.cjs': `const { check, images } = require('deploykf-values');\n${use}`,
    'typed.mts': typed,
    'typed.cts': typed,
  });
  const bin = join(workspace.root, 'node_modules/.bin');
  let packed: readonly string[] = [];
  after(() => workspace.remove());

  function inFolder(file: string, ...argv: readonly string[]): Promise<Ran> {
    return runProgram(file, argv, { cwd: workspace.root });
  }

  before(async () => {
    packed = await packedNpm();
    const { code, stderr } = await inFolder(
      'npm',
      'install',
      '--offline',
      '--no-audit',
      '--no-fund',
      npmFile,
    );
    assert.equal(code, 0, stderr);
  });

  it('holds what it is meant to, at most 1 MB, with nothing that runs when it is installed', () => {
    assert.deepEqual(packed, (readText('test/support/npmFiles.txt') ?? '').trimEnd().split('\n'));
    assert.ok(statSync(npmFile).size <= 1_000_000);
    const own = JSON.parse(workspace.read('node_modules/deploykf-values/package.json')) as object;
    const keys = ['scripts', 'dependencies', 'private', 'contributes', 'devDependencies'];
    assert.deepEqual(
      keys.filter(key => key in own),
      [],
    );
  });

  it('has a page whose links lead somewhere', () => {
    const page = workspace.read('node_modules/deploykf-values/README.md');
    assert.match(page, /^# deployKF Values\n/);
    assert.doesNotMatch(page, /\]\((?!https:)/);
  });

  it('is the command that a clone has', async () => {
    const words = ['check', 'values.yaml', '--format', 'json'];
    const ran = await inFolder('npx', '--offline', 'deploykf-values', ...words);
    assert.equal(ran.code, 1, ran.stderr);
    assert.deepEqual(JSON.parse(ran.stdout), await workspace.json(['check', 'values.yaml']));
    const { stdout } = await inFolder(join(bin, 'deploykf-values'), '--version');
    assert.equal(stdout, `${manifest.version}\n`);
  });

  it('ends without an error where nobody reads on', async () => {
    const script = '"$0" schema | head -1; echo "${PIPESTATUS[*]}"';
    const { stdout, stderr } = await inFolder('bash', '-c', script, join(bin, 'deploykf-values'));
    assert.deepEqual([stdout, stderr], ['{\n0 0\n', '']);
  });

  it('has a manual page', async () => {
    const page = join(workspace.root, 'node_modules/deploykf-values/man/deploykf-values.1');
    const { stdout, stderr, code } = await inFolder('man', '--warnings', '-l', page);
    if (process.env.CI !== 'true' && code === 1) return;
    assert.equal(stderr, '');
    assert.match(stdout, /SYNOPSIS[^]*--fail-on SEVERITY[^]*EXIT STATUS/);
  });

  for (const [command, ...argv] of [
    ['deploykf-values-language-server', '--stdio'],
    ['deploykf-values', 'lsp'],
  ] as const) {
    it(`serves editors by ${command} ${argv.join(' ')}`, async () => {
      assert.match(await initialize(join(bin, command), argv), /"capabilities":\{/);
    });
  }

  for (const file of ['esm.mjs', 'commonjs.cjs']) {
    it(`is a library for ${file}`, async () => {
      const { stdout, stderr } = await inFolder(process.execPath, file);
      assert.equal(stdout, 'true 0.1.5 files has to be an array of strings\n', stderr);
    });
  }

  it('has types for ES modules and CommonJS', async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const options = [
      '--noEmit',
      '--strict',
      '--lib',
      'es2022',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
    ];
    const { stdout } = await inFolder(process.execPath, tsc, ...options, 'typed.mts', 'typed.cts');
    assert.equal(stdout, '');
  });
});

/** What a language server answers first. */
async function initialize(path: string, argv: readonly string[]): Promise<string> {
  const server = spawn(path, [...argv], { stdio: ['pipe', 'pipe', 'inherit'] });
  const params = { processId: null, rootUri: null, capabilities: {} };
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  server.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
  let answer = '';
  for await (const chunk of server.stdout) {
    answer += String(chunk);
    if (answer.includes('"id":1')) break;
  }
  server.kill();
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  return answer;
}

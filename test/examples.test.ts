import { PassThrough, Readable } from 'node:stream';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from '../server/src/cli/run.ts';
import type { CheckJson } from '../server/src/core/report/json.ts';
import { rules } from '../server/src/core/rules/index.ts';
import { candidateKind } from '../server/src/core/workspace/discovery.ts';
import { listFiles } from '../server/src/host/listFiles.node.ts';
import { readTextFile } from '../server/src/host/readFile.node.ts';
import type { Outside } from '../server/src/cli/io/io.ts';

const folder = join(import.meta.dirname, '../examples');

/** What a command prints when it runs in the examples. */
async function runThere(...argv: readonly string[]): Promise<string> {
  let stdout = '';
  let stderr = '';
  const io: Outside = {
    cwd: folder,
    env: {},
    stdout: { write: text => void (stdout += text), isTerminal: false, columns: undefined },
    stderr: { write: text => void (stderr += text), isTerminal: false, columns: undefined },
    stdin: {
      isTerminal: false,
      read: () => Promise.resolve(new Uint8Array()),
      readPieces: () => Promise.resolve(undefined),
      ask: () => Promise.resolve(''),
    },
    pipes: { input: Readable.from([]), output: new PassThrough() },
    startServer: () => Promise.resolve(),
    onInterrupt: () => () => undefined,
  };
  const code = await run(argv, io);
  assert.ok(code < 2, stderr);
  return stdout;
}

describe('examples', () => {
  const found = new Map<string, Set<string>>();

  before(async () => {
    const { findings } = JSON.parse(await runThere('check', '.', '--format', 'json')) as CheckJson;
    for (const { file, code } of findings) found.set(file, (found.get(file) ?? new Set()).add(code));
  });

  it('show every rule', () => {
    const codes = new Set([...found.values()].flatMap(own => [...own]));
    assert.deepEqual(
      rules.map(rule => rule.code).filter(code => !codes.has(code)),
      [],
    );
  });

  it('show in each file what its first lines say', async () => {
    const claimed: Record<string, readonly string[]> = {};
    const listed = await listFiles(pathToFileURL(folder).href, { isCancelled: () => false });
    for (const path of listed.filter(uri => candidateKind(uri) === 'yaml').map(uri => fileURLToPath(uri))) {
      const file = await readTextFile(path, 'anywhere');
      const line = /^# shows: (.*)$/m.exec(file.kind === 'text' ? file.text : '')?.[1] ?? '';
      const codes = rules.map(rule => rule.code).filter(code => line.split(/[ ,]+/).includes(code));
      if (codes.length > 0) claimed[relative(folder, path).split(sep).join('/')] = codes.sort();
    }
    const actual = Object.fromEntries([...found].map(([file, codes]) => [file, [...codes].sort()]));
    assert.deepEqual(actual, claimed);
  });

  it('are a working demo of images', async () => {
    assert.match(await runThere('images', '--stack', 'prod'), /^deployKF 0\.1\.5, prod: \d+ of \d+ private/m);
  });

  it('are a working demo of fixes', async () => {
    assert.match(await runThere('fix', '--dry-run'), /^\+\+\+ b\/prod\.yaml$/m);
  });

  it('are a working demo of findings', async () => {
    assert.match(await runThere('check'), /^\d+ can be fixed with: deploykf-values fix$/m);
  });
});

describe('what README shows of the shell', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```console\n\$ deploykf-values (.*)\n([\s\S]*?)^```/gm)];

  it('is there', () => assert.ok(blocks.length > 0));

  for (const [, command = '', output] of blocks) {
    it(`is what "${command}" prints`, async () =>
      assert.equal(await runThere(...command.split(' ')), output));
  }
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from '../../server/src/host/replaceFile.node.ts';
import { bundle, runLimited } from '../support/limited.ts';

const old = `# ours\n${'# a line that makes the file longer\n'.repeat(2000)}deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n`;

describe('Nothing written is lost', function () {
  this.timeout(120_000);
  const program = bundle('cli');
  let folder = '';
  let fixed = '';
  before(async () => {
    const { stdout } = await runLimited(process.execPath, [program.file, 'fix', '-'], { stdin: old });
    fixed = stdout;
    assert.ok(fixed.includes('tag: "2.40"'));
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  after(() => program.remove());

  const fix = (cwd = folder, ...more: readonly string[]) =>
    runLimited(process.execPath, [program.file, 'fix', ...more], { cwd });

  it('when another program writes while fix runs', async () => {
    const path = join(folder, 'values.yaml');
    let lost = 0;
    for (let round = 0; round < 20; round++) {
      writeFileSync(path, old);
      const running = fix(folder, 'values.yaml');
      await new Promise(resolve => setTimeout(resolve, round * 15));
      const theirs = `${readFileSync(path, 'utf8')}# edit ${round}\n`;
      writeFileSync(path, theirs);
      const { code, stderr } = await running;
      const now = readFileSync(path, 'utf8');
      if (!now.includes(`# edit ${round}`)) lost++;
      if (now === theirs && !theirs.includes('"2.40"')) {
        // Else it was over between their reading and their writing.
        if (code === 0) continue;
        assert.equal(code, 2);
        assert.match(stderr, /values\.yaml was changed by another program in the meantime/);
      }
    }
    assert.equal(lost, 0);
    assert.deepEqual(readdirSync(folder), ['values.yaml']);
  });

  it('and the other files are written, each refusal is named, and the run ends with 2', async () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, `${name}.yaml`), old);
    chmodSync(join(folder, 'b.yaml'), 0o444);
    const { code, stdout, stderr } = await fix(folder, 'a.yaml', 'b.yaml', 'c.yaml');
    assert.equal(code, 2);
    assert.equal(stderr, 'deploykf-values: b.yaml is read-only: make it writable first\n');
    assert.match(stdout, /2 of 3 files written/);
    const texts = ['a', 'b', 'c'].map(name => readFileSync(join(folder, `${name}.yaml`), 'utf8') === fixed);
    assert.deepEqual(texts, [true, false, true]);
    const json = await fix(folder, 'b.yaml', '--format', 'json');
    assert.equal(json.code, 2);
    assert.deepEqual((JSON.parse(json.stdout) as { unwritten: unknown }).unwritten, [
      { file: 'b.yaml', problem: 'is read-only: make it writable first' },
    ]);
  });

  it('when fix is killed at any moment; the next run cleans up', async () => {
    const path = join(folder, 'values.yaml');
    const seen = new Set<string>();
    for (let round = 0; round < 30; round++) {
      writeFileSync(path, old);
      const child = spawn(process.execPath, [program.file, 'fix', 'values.yaml'], {
        cwd: folder,
        stdio: 'ignore',
      });
      const ended = new Promise(resolve => child.once('close', resolve));
      // Somewhere between its start and its end, more often at the end, where the file is written.
      await new Promise(resolve => setTimeout(resolve, 60 + 10 * round));
      child.kill('SIGKILL');
      await ended;
      const text = readFileSync(path, 'utf8');
      assert.ok(text === old || text === fixed, `half a text in round ${round}`);
      seen.add(text);
    }
    writeFileSync(path, old);
    // What is retired in the release itself is left, which nobody wrote.
    assert.equal((await fix(folder, 'values.yaml')).code, 1);
    assert.deepEqual([readFileSync(path, 'utf8') === fixed, readdirSync(folder)], [true, ['values.yaml']]);
    assert.ok(seen.size > 0);
  });

  it('when another program has removed the file meanwhile: it stays away', async () => {
    const path = join(folder, 'values.yaml');
    const problem = await replaceFile(path, { text: fixed, expected: old });
    assert.match(problem ?? '', /^was changed by another program in the meantime/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('on a full disk', async function () {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk]);
    // Only root may, and not in every sandbox.
    if (mounted.status !== 0) return this.skip();
    try {
      writeFileSync(join(disk, 'values.yaml'), old);
      const { code, stderr } = await fix(disk, 'values.yaml');
      assert.equal(code, 2);
      assert.equal(stderr, 'deploykf-values: values.yaml cannot be written: the disk is full\n');
      assert.deepEqual(
        [readFileSync(join(disk, 'values.yaml'), 'utf8') === old, readdirSync(disk)],
        [true, ['values.yaml']],
      );
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

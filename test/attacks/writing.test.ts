import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { replaceFile } from '../../server/src/host/replaceFile.node.ts';
import { Random } from '../support/fuzz/random.ts';
import { bundle, runLimited } from '../support/limited.ts';

const old = `# ours\n${'# a line that makes the file longer\n'.repeat(2000)}deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n`;

interface Kept {
  readonly name: string;
  readonly text: string;
  readonly mode: number;
}

/** Several files of different rights and line ends. */
const many: readonly Kept[] = Array.from({ length: 8 }, (_, index) => ({
  name: `a${index}.yaml`,
  text: index % 2 === 0 ? old : old.replaceAll('\n', '\r\n'),
  mode: [0o644, 0o600, 0o640, 0o664][index % 4] ?? 0o644,
}));

/** More with `DEPLOYKF_KILLS=200 npx mocha test/attacks/writing.test.ts`. */
const kills = Number(process.env['DEPLOYKF_KILLS'] ?? 8);
const seed = Number(process.env['DEPLOYKF_SEED'] ?? Date.now() % 2 ** 31);

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
    for (let round = 0; round < 10; round++) {
      writeFileSync(path, old);
      const running = fix(folder, 'values.yaml');
      await setTimeout(round * 30);
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

  it(`when fix is killed at ${kills} random moments (seed ${seed}); the next run ends the work and cleans up`, async function () {
    this.timeout(30_000 + 2000 * kills);
    const random = new Random(seed);
    const took = await timeOf(() => restore(folder).then(() => fix(folder)));
    let halfway = 0;
    for (let round = 0; round < kills; round++) {
      await restore(folder);
      // Every other time after the first file is being written, which is the shorter part of a run.
      await killAt(folder, random.below(took), round % 2 === 1 ? random.below(40) : undefined);
      const written = many.filter(file => isWritten(folder, file));
      if (written.length > 0 && written.length < many.length) halfway++;
    }
    await fix(folder);
    for (const file of many) assert.ok(isWritten(folder, file), file.name);
    assert.deepEqual(readdirSync(folder).sort(), [...many.map(({ name }) => name), 'link.yaml'].sort());
    if (kills >= 100) assert.ok(halfway > 0, 'no run was killed between two files');
  });

  /** Starts `fix` and kills it after so many milliseconds, or so many after it began to write. */
  async function killAt(cwd: string, delay: number, afterFirst: number | undefined): Promise<void> {
    const watcher = watch(cwd);
    const child = spawn(process.execPath, [program.file, 'fix'], { cwd, stdio: 'ignore' });
    const ended = once(child, 'close');
    if (afterFirst === undefined) await Promise.race([ended, setTimeout(delay)]);
    else {
      await Promise.race([ended, once(watcher, 'change')]);
      await Promise.race([ended, setTimeout(afterFirst)]);
    }
    child.kill('SIGKILL');
    await ended;
    watcher.close();
  }

  /** Whether a file has the new text. Fails when it has neither that nor the old one, or other rights, or is not a link any more. */
  function isWritten(cwd: string, { name, text, mode }: Kept): boolean {
    const path = join(cwd, name);
    const now = readFileSync(path, 'utf8');
    const wanted = text.includes('\r\n') ? fixed.replaceAll('\n', '\r\n') : fixed;
    assert.ok(now === text || now === wanted, `${name} has half a text`);
    assert.equal(statSync(path).mode & 0o777, mode, name);
    assert.ok(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink());
    return now === wanted;
  }

  it('when another program has removed the file meanwhile: it stays away', async () => {
    const path = join(folder, 'values.yaml');
    const problem = await replaceFile(path, { text: fixed, expected: old });
    assert.match(problem ?? '', /^was changed by another program in the meantime/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('on a full disk: what has room is written, the rest stays as it was', async function () {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk]);
    // Only root may, and not in every sandbox.
    if (mounted.status !== 0) {
      console.log('    (mount is not permitted here)');
      return this.skip();
    }
    try {
      const small = old.replace(/^# a line.*\n/gm, '');
      writeFileSync(join(disk, 'large.yaml'), old);
      writeFileSync(join(disk, 'small.yaml'), small);
      const { code, stdout, stderr } = await fix(disk, '--format', 'json');
      assert.equal(code, 2);
      assert.equal(stderr, 'deploykf-values: large.yaml cannot be written: the disk is full\n');
      assert.deepEqual((JSON.parse(stdout) as { unwritten: unknown }).unwritten, [
        { file: 'large.yaml', problem: 'cannot be written: the disk is full' },
      ]);
      const texts = ['large', 'small'].map(name => readFileSync(join(disk, `${name}.yaml`), 'utf8'));
      assert.deepEqual([texts[0] === old, texts[1]?.includes('tag: "2.40"')], [true, true]);
      assert.deepEqual(readdirSync(disk).sort(), ['large.yaml', 'small.yaml']);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

/** Writes the files anew, as they are before a fix, and a link to one of them. What killed runs left stays. */
async function restore(folder: string): Promise<void> {
  for (const { name, text, mode } of many) {
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), mode);
  }
  await symlink('a0.yaml', join(folder, 'link.yaml')).catch(() => undefined);
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

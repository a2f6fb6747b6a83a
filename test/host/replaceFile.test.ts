import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile, temporaryBeside } from '../../server/src/host/replaceFile.node.ts';

const changed = 'was changed by another program in the meantime and is left alone: run the command again';

describe('replacing a file', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
    path = join(folder, 'a.yaml');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is one step, and leaves nothing beside it', async () => {
    assert.equal(await replaceFile(path, { text: 'new' }), undefined);
    writeFileSync(join(folder, 'b.yaml'), '');
    assert.equal(statSync(path).mode, statSync(join(folder, 'b.yaml')).mode);
    rmSync(join(folder, 'b.yaml'));
    assert.equal(await replaceFile(path, { text: 'newer', expected: 'new' }), undefined);
    assert.deepEqual([readFileSync(path, 'utf8'), readdirSync(folder)], ['newer', ['a.yaml']]);
  });

  it('is refused when somebody wrote it since it was read, in place or by another file', async () => {
    writeFileSync(path, 'theirs');
    assert.equal(await replaceFile(path, { text: 'ours', expected: 'old' }), changed);
    writeFileSync(join(folder, 'b.yaml'), 'theirs');
    renameSync(join(folder, 'b.yaml'), path);
    assert.equal(await replaceFile(path, { text: 'ours', expected: 'old' }), changed);
    assert.deepEqual([readFileSync(path, 'utf8'), readdirSync(folder)], ['theirs', ['a.yaml']]);
  });

  it('keeps mode, owner and group, and a link', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    if (process.getuid?.() === 0) chownSync(path, 1234, 4321);
    const before = statSync(path);
    symlinkSync('a.yaml', join(folder, 'link.yaml'));
    assert.equal(await replaceFile(join(folder, 'link.yaml'), { text: 'new', expected: 'old' }), undefined);
    const after = statSync(path);
    assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
    assert.equal(lstatSync(join(folder, 'link.yaml')).isSymbolicLink(), true);
    assert.equal(readFileSync(path, 'utf8'), 'new');
  });

  it('is refused for what is read-only, has another name, is not a file, or has no folder', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    assert.equal(await replaceFile(path, { text: 'new' }), 'is read-only: make it writable first');
    chmodSync(path, 0o644);
    linkSync(path, join(folder, 'b.yaml'));
    assert.match((await replaceFile(path, { text: 'new' })) ?? '', /^has another name \(a hard link\)/);
    assert.equal(readFileSync(path, 'utf8'), 'old');
    mkdirSync(join(folder, 'c.yaml'));
    const refused = 'is not a regular file and is left alone';
    assert.equal(await replaceFile(join(folder, 'c.yaml'), { text: 'new' }), refused);
    spawnSync('mkfifo', [join(folder, 'd.yaml')]);
    assert.equal(await replaceFile(join(folder, 'd.yaml'), { text: 'new' }), refused);
    const noFolder = 'cannot be written: its folder does not exist';
    assert.equal(await replaceFile(join(folder, 'none/a.yaml'), { text: 'new' }), noFolder);
    const long = join(folder, `${'a'.repeat(300)}.yaml`);
    assert.equal(await replaceFile(long, { text: 'new' }), 'cannot be written: the name is too long');
    assert.deepEqual(readdirSync(folder), ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml']);
  });

  it('removes what killed runs left beside it, and nothing else', async () => {
    writeFileSync(path, 'old');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const dead = temporaryBeside(path).replace(`-${process.pid}-`, `-${pid}-`);
    const alive = temporaryBeside(path);
    const foreign = join(folder, '.a.yaml.deploykf-values-mine');
    for (const left of [dead, alive, foreign]) writeFileSync(left, 'half');
    assert.equal(await replaceFile(path, { text: 'new', expected: 'old' }), undefined);
    assert.deepEqual(
      readdirSync(folder).sort(),
      [alive, foreign]
        .map(left => left.slice(folder.length + 1))
        .concat('a.yaml')
        .sort(),
    );
  });

  it('removes what a killed run left whose number is taken again', async () => {
    writeFileSync(path, 'old');
    const own = temporaryBeside(path);
    const other = temporaryBeside(path).replace(`-${process.pid}-`, `-${process.ppid}-`);
    const young = temporaryBeside(path).replace(`-${process.pid}-`, `-${process.ppid}-`);
    for (const left of [own, other, young]) writeFileSync(left, 'half');
    const seconds = Date.now() / 1000;
    utimesSync(own, seconds, seconds - process.uptime() - 60);
    utimesSync(other, seconds, seconds - 7200);
    utimesSync(young, seconds, seconds - 60);
    assert.equal(await replaceFile(path, { text: 'new', expected: 'old' }), undefined);
    assert.deepEqual(readdirSync(folder).sort(), [young.slice(folder.length + 1), 'a.yaml'].sort());
  });
});

import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePrivateFile } from '../../server/src/host/privateFile.node.ts';

describe('a private file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder, name);
  const modeOf = (name: string): number => statSync(at(name)).mode & 0o777;

  it('is for its owner alone, also where another was', async () => {
    assert.equal(await writePrivateFile(at('new'), 'a', { overwrite: false }), undefined);
    writeFileSync(at('old'), 'b');
    chmodSync(at('old'), 0o644);
    assert.equal(await writePrivateFile(at('old'), 'a', { overwrite: false }), 'already exists');
    assert.equal(readFileSync(at('old'), 'utf8'), 'b');
    assert.equal(await writePrivateFile(at('old'), 'a', { overwrite: true }), undefined);
    assert.deepEqual([readFileSync(at('old'), 'utf8'), modeOf('new'), modeOf('old')], ['a', 0o600, 0o600]);
    assert.deepEqual(readdirSync(folder), ['new', 'old']);
  });

  it('does not go where a link leads', async () => {
    writeFileSync(at('shared'), 'b');
    symlinkSync(at('shared'), at('link'));
    assert.equal(await writePrivateFile(at('link'), 'a', { overwrite: false }), 'already exists');
    assert.equal(await writePrivateFile(at('link'), 'a', { overwrite: true }), undefined);
    assert.deepEqual(
      [readFileSync(at('shared'), 'utf8'), lstatSync(at('link')).isSymbolicLink()],
      ['b', false],
    );
  });

  it('is no folder, and not in one that is not there', async () => {
    assert.equal(
      await writePrivateFile(folder, 'a', { overwrite: true }),
      'is a folder, but a file is expected here',
    );
    for (const overwrite of [true, false])
      assert.equal(
        await writePrivateFile(at('no/x'), 'a', { overwrite }),
        'cannot be written: its folder does not exist',
      );
  });
});

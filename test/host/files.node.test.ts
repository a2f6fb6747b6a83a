import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeUnread, maxFileBytes } from '../../server/src/host/files.ts';
import { nodeFiles } from '../../server/src/host/files.node.ts';

describe('Files of this machine', () => {
  let folder: string;
  const read = (name: string) =>
    nodeFiles.read(pathToFileURL(join(folder, name)).href, [pathToFileURL(folder).href]);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploykf files %20-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are text without a byte order mark', async () => {
    writeFileSync(join(folder, 'a b.yaml'), '\uFEFFa: ü\r\n');
    assert.deepEqual(await read('a b.yaml'), { kind: 'text', text: 'a: ü\r\n' });
  });

  it('may be missing', async () => {
    assert.deepEqual(await read('no.yaml'), { kind: 'missing' });
    writeFileSync(join(folder, 'file'), '');
    assert.deepEqual(await read('file/below.yaml'), { kind: 'missing' });
  });

  it('are not read when they are too large', async () => {
    writeFileSync(join(folder, 'large.yaml'), '');
    truncateSync(join(folder, 'large.yaml'), maxFileBytes + 1);
    const result = await read('large.yaml');
    assert.deepEqual(result, { kind: 'tooLarge' });
    assert.equal(
      result.kind === 'tooLarge' && describeUnread(result),
      'is larger than 10 MB and not read: values files are small',
    );
  });

  it('may be folders, or closed to us, or on another host', async function () {
    mkdirSync(join(folder, 'folder.yaml'));
    assert.deepEqual(await read('folder.yaml'), {
      kind: 'unreadable',
      problem: 'is a folder, but a file is expected here',
    });
    assert.equal((await nodeFiles.read('file://host/x.yaml', [])).kind, 'unreadable');
    assert.equal((await nodeFiles.read('untitled:x', [])).kind, 'unreadable');
    if (process.getuid?.() === 0) return;
    writeFileSync(join(folder, 'locked.yaml'), 'a: b');
    chmodSync(join(folder, 'locked.yaml'), 0);
    assert.equal((await read('locked.yaml')).kind, 'unreadable');
  });
});

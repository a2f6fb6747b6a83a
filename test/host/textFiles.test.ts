import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnread } from '../../server/src/host/files.ts';
import { readTextFile } from '../../server/src/host/readFile.node.ts';
import { decodeText, encodeText, pathKind } from '../../server/src/host/textFiles.node.ts';

describe('text files', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come back as they were', () => {
    for (const text of ['', 'a: 1\n', '\uFEFFa: ä😀\r\n', '\uFEFF']) {
      const decoded = decodeText(new TextEncoder().encode(text));
      assert.equal(
        decoded.kind === 'text' ? encodeText(decoded.text, decoded.bom) : describeUnread(decoded),
        text,
      );
    }
  });

  it('are UTF-8 only', () => {
    for (const bytes of [[0xff, 0xfe, 0x61, 0x00], [0xe4], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
      assert.deepEqual(decodeText(Uint8Array.from(bytes)), {
        kind: 'unreadable',
        problem: 'is not UTF-8 text: save it as UTF-8',
      });
    }
  });

  it('say why they cannot be read', async () => {
    assert.deepEqual(await readTextFile(join(folder, 'none'), 'anywhere'), { kind: 'missing' });
    assert.deepEqual(await readTextFile(folder, 'anywhere'), {
      kind: 'unreadable',
      problem: 'is a folder, but a file is expected here',
    });
    assert.equal(await pathKind(folder), 'folder');
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeText, encodeText, pathKind, readTextFile } from '../../server/src/host/textFiles.node.ts';

describe('text files', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'deploykf-values-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come back as they were', () => {
    for (const text of ['', 'a: 1\n', '\uFEFFa: ä😀\r\n', '\uFEFF']) {
      const decoded = decodeText(new TextEncoder().encode(text));
      assert.equal(decoded.kind === 'text' ? encodeText(decoded.text, decoded.bom) : decoded.problem, text);
    }
  });

  it('are UTF-8 only', () => {
    for (const bytes of [[0xff, 0xfe, 0x61, 0x00], [0xe4], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
      assert.deepEqual(decodeText(Uint8Array.from(bytes)), {
        kind: 'none',
        problem: 'is not UTF-8 text: save it as UTF-8',
      });
    }
  });

  it('say why they cannot be read', async () => {
    assert.deepEqual(await readTextFile(join(folder, 'none')), { kind: 'missing', problem: 'does not exist' });
    assert.deepEqual(await readTextFile(folder), { kind: 'none', problem: 'is a folder, a file is expected here' });
    assert.equal(await pathKind(folder), 'folder');
  });
});

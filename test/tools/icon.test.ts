import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { drawIcon, iconFile } from '../../server/tools/icon.ts';
import { readPixels } from '../../server/tools/png/pixels.ts';

describe('the icon', () => {
  it('is current (npm run generate)', () => {
    // Not byte for byte: versions of zlib pack the same pixels differently.
    assert.deepEqual(readPixels(readFileSync(iconFile)), readPixels(drawIcon()));
  });

  it('is square and large enough for VS Code', () => {
    const { width, height } = readPixels(readFileSync(iconFile));
    assert.equal(width, height);
    assert.ok(width >= 128);
  });
});

import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { uint32, writeChunks } from '../../../server/tools/png/chunks.ts';
import { readPixels, writeRgba } from '../../../server/tools/png/pixels.ts';

describe('pixels of a PNG', () => {
  it('are read as they were written', () => {
    const png = writeRgba(2, 1, Buffer.from([1, 2, 3, 255, 250, 251, 252, 255]));
    assert.deepEqual(readPixels(png), { width: 2, height: 1, colors: Uint32Array.of(0x010203, 0xfafbfc) });
  });

  it('are read through every filter', () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 0, 0, 0],
    ];
    const data = deflateSync(Buffer.from(rows.flat()));
    const header = Buffer.concat([uint32(2, 5), Buffer.from([8, 2, 0, 0, 0])]);
    const png = writeChunks([
      { type: 'IHDR', data: header },
      { type: 'IDAT', data },
    ]);
    const row = [0x0a141e, 0x28323c];
    assert.deepEqual([...readPixels(png).colors], [...row, ...row, ...row, ...row, ...row]);
  });

  it('of another form are refused', () => {
    const header = Buffer.concat([uint32(1, 1), Buffer.from([16, 2, 0, 0, 0])]);
    assert.throws(() => readPixels(writeChunks([{ type: 'IHDR', data: header }])), /form of PNG/);
    assert.throws(() => readPixels(Buffer.from('GIF89a, and more')), /not a PNG/);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { writeAnimation, type Frame } from '../../../server/tools/png/animation.ts';
import { readChunks } from '../../../server/tools/png/chunks.ts';

const [black, white, red] = [0x000000, 0xffffff, 0xff0000];

function frame(...colors: readonly number[]): Frame {
  return { pixels: { width: 3, height: 2, colors: Uint32Array.from(colors) }, milliseconds: 1500 };
}

describe('an animation', () => {
  const first = frame(black, black, black, white, white, white);
  const second = frame(black, black, black, white, red, red);
  const third = frame(black, black, black, red, white, red);
  const chunks = readChunks(writeAnimation([first, second, second]));

  it('stores of each further frame what changes', () => {
    const controls = chunks.filter(({ type }) => type === 'fcTL').map(({ data }) => areaOf(data));
    assert.deepEqual(controls, [
      { sequence: 0, width: 3, height: 2, left: 0, top: 0, milliseconds: 1500 },
      { sequence: 1, width: 2, height: 1, left: 1, top: 1, milliseconds: 1500 },
      { sequence: 3, width: 1, height: 1, left: 0, top: 0, milliseconds: 1500 },
    ]);
  });

  it('stores pixels by their place in the palette', () => {
    const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
    assert.deepEqual([...(palette ?? [])], [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0]);
    assert.deepEqual([...(chunks.find(({ type }) => type === 'tRNS')?.data ?? [])], [0]);
    const [still] = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => [...inflateSync(data)]);
    assert.deepEqual(still, [0, 1, 1, 1, 0, 2, 2, 2]);
    const moving = chunks
      .filter(({ type }) => type === 'fdAT')
      .map(({ data }) => [...inflateSync(data.subarray(4))]);
    assert.deepEqual(moving, [
      [0, 3, 3],
      [0, 0],
    ]);
  });

  it('leaves pixels of further frames open that stay', () => {
    const [moving] = readChunks(writeAnimation([first, third]))
      .filter(({ type }) => type === 'fdAT')
      .map(({ data }) => [...inflateSync(data.subarray(4))]);
    assert.deepEqual(moving, [0, 3, 0, 3]);
    const blends = chunks.filter(({ type }) => type === 'fcTL').map(({ data }) => data.at(-1));
    assert.deepEqual(blends, [0, 1, 1]);
  });

  it('refuses frames of several sizes', () => {
    const other = { pixels: { width: 2, height: 3, colors: new Uint32Array(6) }, milliseconds: 1 };
    assert.throws(() => writeAnimation([first, other]), /one size/);
  });

  it('of the README is small and plays for ever', () => {
    const png = readFileSync(new URL('../../../docs/images/rewrite.png', import.meta.url));
    assert.ok(png.length < 200_000, `${png.length} bytes`);
    const control = readChunks(png).find(({ type }) => type === 'acTL')?.data;
    assert.equal(control?.readUInt32BE(4), 0);
  });
});

function areaOf(data: Buffer): object {
  const [sequence, width, height, left, top] = [0, 4, 8, 12, 16].map(offset => data.readUInt32BE(offset));
  return { sequence, width, height, left, top, milliseconds: data.readUInt16BE(20) };
}

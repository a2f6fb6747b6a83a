import { deflateSync, inflateSync } from 'node:zlib';
import { readChunks, uint32, writeChunks, type Chunk } from './chunks.ts';

/** A picture without transparency: each pixel is `0xRRGGBB`, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly colors: Uint32Array;
}

/** Reads a PNG as Chromium takes screenshots: eight bits, RGB or RGBA, not interlaced. */
export function readPixels(png: Buffer): Pixels {
  const chunks = readChunks(png);
  const header = chunks[0]?.data ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { '8 2 0 0 0': 3, '8 6 0 0 0': 4 }[header.subarray(8).join(' ')];
  if (channels === undefined)
    throw new Error(`This form of PNG is not read: ${header.subarray(8).join(' ')}`);
  const data = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(chunk => chunk.data)),
  );
  const bytes = unfilter(data, width * channels, channels);
  const colors = new Uint32Array(width * height);
  for (let index = 0; index < colors.length; index++) colors[index] = bytes.readUIntBE(index * channels, 3);
  return { width, height, colors };
}

/** Takes the filters of PNG back, each of which says a byte by its neighbours on the left, above, and between. */
function unfilter(data: Buffer, rowLength: number, channels: number): Buffer {
  const bytes = Buffer.alloc((data.length / (rowLength + 1)) * rowLength);
  for (let row = 0; row * rowLength < bytes.length; row++) {
    const filter = data[row * (rowLength + 1)] ?? 0;
    for (let column = 0; column < rowLength; column++) {
      const offset = row * rowLength + column;
      const left = column < channels ? 0 : (bytes[offset - channels] ?? 0);
      const above = row === 0 ? 0 : (bytes[offset - rowLength] ?? 0);
      const corner = row === 0 || column < channels ? 0 : (bytes[offset - rowLength - channels] ?? 0);
      bytes[offset] =
        (data[row * (rowLength + 1) + 1 + column] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return Math.floor((left + above) / 2);
  return filter === 4 ? paeth(left, above, corner) : 0;
}

/** The neighbour that is nearest to left + above - corner; the first of these on a tie. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map(value => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byAbove && byLeft <= byCorner) return left;
  return byAbove <= byCorner ? above : corner;
}

/** A PNG of pixels in RGBA. */
export function writeRgba(width: number, height: number, rgba: Buffer): Buffer {
  return writeChunks([
    headerChunk(width, height, 6),
    { type: 'IDAT', data: deflateRows(rgba, width * 4) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

/** The chunk that a PNG begins with. Color 3 is a palette, 6 RGBA; there are eight bits a channel. */
export function headerChunk(width: number, height: number, color: 3 | 6): Chunk {
  return { type: 'IHDR', data: Buffer.concat([uint32(width, height), Buffer.from([8, color, 0, 0, 0])]) };
}

/** Rows of bytes as PNG stores them, unfiltered. */
export function deflateRows(bytes: Buffer, rowLength: number): Buffer {
  const rows: Buffer[] = [];
  for (let offset = 0; offset < bytes.length; offset += rowLength) {
    rows.push(Buffer.from([0]), bytes.subarray(offset, offset + rowLength));
  }
  return deflateSync(Buffer.concat(rows), { level: 9, memLevel: 9 });
}

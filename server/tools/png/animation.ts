import { uint16, uint32, writeChunks, type Chunk } from './chunks.ts';
import { deflateRows, headerChunk, type Pixels } from './pixels.ts';

/** A picture of an animation, and how long it stays. */
export interface Frame {
  readonly pixels: Pixels;
  readonly milliseconds: number;
}

/** Where two pictures differ. */
interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * An animated PNG that plays for ever. All frames have the size of the first; only what changes is stored, in at most
 * 128 colors: the most frequent ones, and for each other one the nearest of these.
 */
export function writeAnimation(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('An animation needs a frame');
  const { width, height } = first.pixels;
  if (frames.some(({ pixels }) => pixels.width !== width || pixels.height !== height)) {
    throw new Error('The frames of an animation must have one size');
  }
  const palette = new Palette(frames.map(({ pixels }) => pixels));
  const chunks: Chunk[] = [];
  for (const [index, { pixels, milliseconds }] of frames.entries()) {
    const before = frames[index - 1]?.pixels;
    const area = before === undefined ? { left: 0, top: 0, width, height } : changedArea(before, pixels);
    const data = deflateRows(palette.indexes(pixels, area, before), area.width);
    if (index === 0) {
      chunks.push(frameControl(0, area, milliseconds), { type: 'IDAT', data });
    } else {
      // Of the chunks of an animation all but IDAT are numbered without a gap.
      chunks.push(frameControl(2 * index - 1, area, milliseconds));
      chunks.push({ type: 'fdAT', data: Buffer.concat([uint32(2 * index), data]) });
    }
  }
  return writeChunks([
    headerChunk(width, height, 3),
    { type: 'acTL', data: uint32(frames.length, 0) },
    { type: 'PLTE', data: palette.bytes() },
    { type: 'tRNS', data: Buffer.from([0]) },
    ...chunks,
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

function frameControl(sequence: number, { left, top, width, height }: Area, milliseconds: number): Chunk {
  const numbers = uint32(sequence, width, height, left, top);
  // What is drawn stays, and the next frame is laid over it.
  const operations = Buffer.from([0, sequence === 0 ? 0 : 1]);
  return { type: 'fcTL', data: Buffer.concat([numbers, uint16(milliseconds, 1000), operations]) };
}

/** The smallest rectangle that holds all differences; one pixel where there is none, since a frame needs one. */
function changedArea(before: Pixels, after: Pixels): Area {
  const { width } = after;
  const columns: number[] = [];
  const rows: number[] = [];
  for (const [index, color] of after.colors.entries()) {
    if (before.colors[index] === color) continue;
    columns.push(index % width);
    rows.push(Math.floor(index / width));
  }
  const [left, right] = bounds(columns);
  const [top, bottom] = bounds(rows);
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function bounds(values: readonly number[]): readonly [least: number, most: number] {
  if (values.length === 0) return [0, 0];
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, 0],
  );
}

/** Its first color is none. */
class Palette {
  readonly #colors: readonly number[];
  readonly #indexes = new Map<number, number>();

  constructor(pictures: readonly Pixels[]) {
    const counts = new Map<number, number>();
    for (const { colors } of pictures)
      for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
    const sorted = [...counts].sort(([left, often], [right, seldom]) => seldom - often || left - right);
    this.#colors = sorted.slice(0, 127).map(([color]) => color);
    for (const color of counts.keys()) this.#indexes.set(color, this.#nearest(color));
  }

  bytes(): Buffer {
    return Buffer.from([0, ...this.#colors].flatMap(color => channels(color)));
  }

  /** The pixels of an area, one byte each; 0 shows what is there from before. */
  indexes({ width, colors }: Pixels, area: Area, before: Pixels | undefined): Buffer {
    const bytes = Buffer.alloc(area.width * area.height);
    for (let index = 0; index < bytes.length; index++) {
      const row = area.top + Math.floor(index / area.width);
      const at = row * width + area.left + (index % area.width);
      const color = colors[at] ?? 0;
      if (before?.colors[at] !== color) bytes[index] = 1 + (this.#indexes.get(color) ?? 0);
    }
    return bytes;
  }

  #nearest(color: number): number {
    const exact = this.#colors.indexOf(color);
    if (exact >= 0) return exact;
    const distances = this.#colors.map(known => distance(known, color));
    return distances.indexOf(Math.min(...distances));
  }
}

function distance(left: number, right: number): number {
  const others = channels(right);
  return channels(left).reduce((sum, value, index) => sum + (value - (others[index] ?? 0)) ** 2, 0);
}

function channels(color: number): readonly number[] {
  return [color >> 16, (color >> 8) & 0xff, color & 0xff];
}

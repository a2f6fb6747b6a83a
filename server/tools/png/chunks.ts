const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One part of a PNG file: its four letters and its bytes. */
export interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

export function readChunks(png: Buffer): readonly Chunk[] {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('This is not a PNG');
  const chunks: Chunk[] = [];
  for (let offset = 8; offset < png.length;) {
    const length = png.readUInt32BE(offset);
    const type = png.toString('latin1', offset + 4, offset + 8);
    chunks.push({ type, data: png.subarray(offset + 8, offset + 8 + length) });
    offset += length + 12;
  }
  return chunks;
}

export function writeChunks(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([signature, ...chunks.flatMap(writeChunk)]);
}

function writeChunk({ type, data }: Chunk): readonly Buffer[] {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return [uint32(data.length), body, uint32(crc32(body))];
}

/** Numbers as PNG has them, four bytes each. */
export function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

/** The check sum of a chunk. `node:zlib` has one only in later versions of Node 20. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** In bytes when unpacked, as the archive says; `unpackEntry` holds it to its word. */
  readonly size: number;
  readonly packed: { readonly start: number; readonly size: number; readonly method: number };
}

const inflate = promisify(inflateRaw);

/** In bytes. */
const endSize = 22;
const headerSize = 46;
const localSize = 30;
const maxComment = 0xffff;

const signatures = { end: 0x06054b50, header: 0x02014b50, local: 0x04034b50 } as const;
const methods = { stored: 0, deflated: 8 } as const;

/** The entries of a `.zip` by its central directory, nothing unpacked. Throws where it is none or damaged. */
export function zipEntries(data: Buffer): readonly ZipEntry[] {
  const end = findEnd(data);
  let at = data.readUInt32LE(end + 16);
  return Array.from({ length: data.readUInt16LE(end + 10) }, () => {
    if (data.readUInt32LE(at) !== signatures.header) throw new Error('its directory is damaged');
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map(offset => data.readUInt16LE(at + offset));
    const nameEnd = at + headerSize + (nameSize ?? 0);
    const entry = readEntry(data, at, nameEnd);
    at = nameEnd + (extraSize ?? 0) + (commentSize ?? 0);
    return entry;
  });
}

/** The bytes of an entry. Rejects where they are damaged, encrypted, or not as many as the archive says. */
export async function unpackEntry(data: Buffer, { name, size, packed }: ZipEntry): Promise<Buffer> {
  const header = data.subarray(packed.start, packed.start + localSize);
  const isEncrypted = (header.readUInt16LE(6) & 1) === 1;
  if (header.readUInt32LE(0) !== signatures.local || isEncrypted) throw new Error(`"${name}" cannot be unpacked`);
  const start = packed.start + localSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = data.subarray(start, start + packed.size);
  const unpacked = await unpackBytes(bytes, packed.method, size);
  if (unpacked?.length !== size) throw new Error(`"${name}" is damaged`);
  return unpacked;
}

/** `undefined`: the method is not known, or there is more in it than the archive says. */
async function unpackBytes(bytes: Buffer, method: number, size: number): Promise<Buffer | undefined> {
  if (method === methods.stored) return bytes;
  if (method !== methods.deflated) return undefined;
  return inflate(bytes, { maxOutputLength: Math.max(size, 1) }).catch(() => undefined);
}

function readEntry(data: Buffer, at: number, nameEnd: number): ZipEntry {
  return {
    name: data.toString('utf8', at + headerSize, nameEnd).replaceAll('\\', '/'),
    size: data.readUInt32LE(at + 24),
    packed: { start: data.readUInt32LE(at + 42), size: data.readUInt32LE(at + 20), method: data.readUInt16LE(at + 10) },
  };
}

function findEnd(data: Buffer): number {
  const first = Math.max(0, data.length - endSize - maxComment);
  for (let at = data.length - endSize; at >= first; at--) if (data.readUInt32LE(at) === signatures.end) return at;
  throw new Error('it has no directory');
}

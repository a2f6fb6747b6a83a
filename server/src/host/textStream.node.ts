import type { Bounds } from './bounds.node.ts';
import type { Unread } from './files.ts';
import { withRegularFile } from './readFile.node.ts';

/** In bytes. */
const piece = 256 * 1024;

/** Passes the text of a file on in pieces, however large the file is. Never rejects: why it was not read is the answer. */
export function readPieces(
  path: string,
  bounds: Bounds,
  take: (text: string) => void,
): Promise<Unread | undefined> {
  return withRegularFile(path, bounds, async ({ handle }) => {
    const decoder = new TextDecoder();
    const buffer = Buffer.allocUnsafe(piece);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, piece);
      if (bytesRead === 0) break;
      take(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
    }
    take(decoder.decode());
    return undefined;
  });
}

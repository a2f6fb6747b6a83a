import { open, stat } from 'node:fs/promises';
import { describeWriteFailure } from './replaceFile.node.ts';

/** Whether a path is not a file to replace but something that takes what is written, such as `/dev/null`, a terminal, or a pipe. */
export async function isDevice(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && (stats.isCharacterDevice() || stats.isFIFO());
}

/** Never rejects: the answer is a phrase to put after the name, `undefined` when it is done. */
export async function writeDevice(path: string, text: string): Promise<string | undefined> {
  try {
    const handle = await open(path, 'a');
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return undefined;
  } catch (error) {
    return describeWriteFailure(error);
  }
}

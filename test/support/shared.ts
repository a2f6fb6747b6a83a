import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../shared');

/** The path of a file beside the repository; `undefined` where it is not there, and the test skips. */
export function sharedPath(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? full : undefined;
}

/** The text of a file beside the repository; `undefined` where it is not there. */
export function sharedFile(path: string): string | undefined {
  const full = sharedPath(path);
  return full === undefined ? undefined : readFileSync(full, 'utf8');
}

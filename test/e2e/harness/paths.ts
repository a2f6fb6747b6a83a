import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const cacheFolder = join(root, '.cache');
export const e2eFolder = join(root, 'test/e2e');
export const screenshotFolder = join(e2eFolder, 'out');
export const vsixFile = join(root, 'dist/deploykf-values.vsix');

/** The first of these programs that `PATH` has, as an absolute path. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable);
}

/** The Chromium to drive: `DEPLOYKF_CHROMIUM`, or the one of the system. */
export function findChromium(): string | undefined {
  return process.env['DEPLOYKF_CHROMIUM'] ?? findProgram('chromium', 'chromium-browser', 'google-chrome');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

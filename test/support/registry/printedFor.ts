import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a program prints for a folder with these files. */
export function printedFor(
  files: Readonly<Record<string, string>>,
  words: (folder: string) => readonly string[],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-rendered-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const [program = '', ...args] = words(folder);
    const env = { PATH: process.env.PATH, HOME: folder };
    return execFileSync(program, args, { env, encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The paths of all files of the repository but ignored ones, relative to its root. */
export function listFiles(): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  return [...new Set(files)].filter(file => file !== '' && existsSync(root + file)).sort();
}

/** The names of the files in a folder without `extension`; empty when there is no such folder. */
export function listNames(folder: string, extension: string): readonly string[] {
  if (!existsSync(root + folder)) return [];
  const names = readdirSync(root + folder).filter(name => name.endsWith(extension));
  return names.map(name => name.slice(0, -extension.length)).sort();
}

/** The text of a file; `undefined` when it does not exist. */
export function readText(file: string): string | undefined {
  return existsSync(root + file) ? readFileSync(root + file, 'utf8') : undefined;
}

/** What a module imports: files of the repository as paths from its root, packages by their names. */
export function importsOf(file: string): readonly string[] {
  const known = imports.get(file) ?? readImports(file);
  imports.set(file, known);
  return known;
}

const imports = new Map<string, readonly string[]>();

function readImports(file: string): readonly string[] {
  const text = readText(file) ?? '';
  const pattern =
    /^\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...text.matchAll(pattern)].map(([, from, bare, lazy]) => {
    const name = from ?? bare ?? lazy ?? '';
    return name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
  });
}

/** Every match of the first group of a pattern in a text, sorted, each once. */
export function allMatches(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))].sort();
}

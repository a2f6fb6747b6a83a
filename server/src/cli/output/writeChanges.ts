import { replaceFile } from '../../host/replaceFile.node.ts';
import { encodeText } from '../../host/textFiles.node.ts';
import type { LoadedFile } from '../inputs/fileStore.ts';
import type { Io } from '../io/io.ts';
import { displayPath, stdinName } from '../io/paths.ts';
import { unifiedDiff } from './textChanges.ts';
import { realPath } from './writeNamed.ts';

/** A file that a command changes, and its new text. */
export interface ChangedFile {
  readonly loaded: LoadedFile;
  /** Without the byte order mark, which stays. */
  readonly text: string;
}

/** A file that could not be written. */
export interface UnwrittenFile {
  readonly loaded: LoadedFile;
  /** A phrase to put after its name. */
  readonly problem: string;
}

/** Of links to a file that get the same text as it does, the file alone. */
export async function withoutLinks(changed: readonly ChangedFile[]): Promise<readonly ChangedFile[]> {
  const byPlace = new Map<string, ChangedFile>();
  for (const file of changed) {
    const { path } = file.loaded;
    const real = path === stdinName ? path : await realPath(path);
    const key = [real, file.text].join('\0');
    if (!byPlace.has(key) || real === path) byPlace.set(key, file);
  }
  return changed.filter(file => [...byPlace.values()].includes(file));
}

/** Writes every file that can be written, standard input aside, and gives the others. */
export async function writeChanges(changed: readonly ChangedFile[]): Promise<readonly UnwrittenFile[]> {
  const unwritten: UnwrittenFile[] = [];
  for (const { loaded, text } of changed) {
    const { path, file, bom } = loaded;
    if (path === stdinName) continue;
    const problem = await replaceFile(path, {
      text: encodeText(text, bom),
      expected: encodeText(file.text, bom),
    });
    if (problem !== undefined) unwritten.push({ loaded, problem });
  }
  return unwritten;
}

/** What to say of a file that could not be written. */
export function describeUnwritten({ cwd }: Io, { loaded, problem }: UnwrittenFile): string {
  return `${displayPath(cwd, loaded.path)} ${problem}`;
}

/** A unified diff of all changes, byte order marks included. */
export function diffOf(changed: readonly ChangedFile[], pathOf: (uri: string) => string): string {
  return changed
    .map(({ loaded: { file, bom }, text }) =>
      unifiedDiff(pathOf(file.uri), encodeText(file.text, bom), encodeText(text, bom)),
    )
    .join('');
}

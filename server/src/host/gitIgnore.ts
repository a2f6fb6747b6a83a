import { isInside } from '../core/stack/uri.ts';
import type { Files } from './files.ts';
import { matchesPath, parseGlob, type Budget, type Glob } from './glob.ts';

/** In bytes. What is larger was not written to be read. */
export const maxIgnoreBytes = 2 ** 20;

/** In characters, of all `.gitignore` files of a folder and those below; a line counts as so many more. */
const maxTexts = 8 * 2 ** 20;
const lineCost = 80;

/** In characters looked at, which is seconds. When it is used up, patterns with wildcards ignore nothing any more. */
const maxSteps = 3e8;

/** What the `.gitignore` files of a folder say about the paths in it. Paths are relative, with `/`, folders end in one. */
export class GitIgnore {
  readonly #rules = new Map<string, IgnoreRules>();
  readonly #budget: Budget = { left: maxSteps };
  #room = maxTexts;

  /** Adds the text of the `.gitignore` in a folder; `''` is the outermost. */
  add(folder: string, text: string): void {
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    this.#room -= text.length + lines.length * lineCost;
    if (this.#room >= 0) this.#rules.set(folder, readRules(lines));
  }

  /** Whether git would pass over a file, or a folder, or one that it is in. */
  ignores(path: string): boolean {
    for (let end = path.indexOf('/'); end >= 0 && end < path.length - 1; end = path.indexOf('/', end + 1)) {
      if (this.ignoresItself(path.slice(0, end + 1))) return true;
    }
    return this.ignoresItself(path);
  }

  /** The same when it is known that the folders above are not ignored. The nearest `.gitignore` has the last word. */
  ignoresItself(path: string): boolean {
    let told: boolean | undefined;
    const inner = path.slice(0, -1);
    for (let at = 0; at >= 0; at = inner.indexOf('/', at) + 1 || -1) {
      const rules = this.#rules.get(path.slice(0, at));
      if (rules !== undefined) told = verdict(rules, path.slice(at), this.#budget) ?? told;
    }
    return told ?? false;
  }
}

/** A line of a `.gitignore`. */
interface IgnoreRule {
  /** Its place in the file: the last one that matches counts. */
  readonly order: number;
  readonly glob: Glob;
  /** It begins with an exclamation mark: what it matches is not ignored. */
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** It has a slash, so it matches paths and not names. */
  readonly isPath: boolean;
}

interface IgnoreRules {
  /** The last ones of those without wildcards, by what they match, with a slash at the end where they match only folders. */
  readonly names: ReadonlyMap<string, IgnoreRule>;
  readonly paths: ReadonlyMap<string, IgnoreRule>;
  /** The others, the last one first. */
  readonly wild: readonly IgnoreRule[];
}

function readRules(lines: readonly string[]): IgnoreRules {
  const names = new Map<string, IgnoreRule>();
  const paths = new Map<string, IgnoreRule>();
  const wild: IgnoreRule[] = [];
  for (const [order, line] of lines.entries()) {
    const rule = readRule(bytesOf(line), order);
    if (rule === undefined) continue;
    const { glob, isPath, isForFolders } = rule;
    if (glob.literal === undefined) {
      wild.push(rule);
      continue;
    }
    const literals = isPath ? paths : names;
    literals.set(isForFolders ? `${glob.literal}/` : glob.literal, rule);
  }
  return { names, paths, wild: wild.reverse() };
}

/** `undefined`: the line is empty, a comment, or broken. */
function readRule(line: string, order: number): IgnoreRule | undefined {
  const text = withoutBlanks(line.replace(/\r$/, ''));
  if (text.startsWith('#')) return undefined;
  const isNegated = text.startsWith('!');
  const full = isNegated ? text.slice(1) : text;
  const isForFolders = full.endsWith('/');
  const pattern = isForFolders ? full.slice(0, -1) : full;
  if (pattern === '') return undefined;
  const isPath = pattern.includes('/');
  const glob = parseGlob(pattern.replace(/^\//, ''));
  return glob && { order, glob, isNegated, isForFolders, isPath };
}

/** Without the blanks at the end that no backslash keeps. */
function withoutBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end--;
  let slashes = 0;
  while (line[end - 1 - slashes] === '\\') slashes++;
  if (slashes % 2 === 1 && end < line.length) end++;
  return line.slice(0, end);
}

/** Whether the last rule that matches ignores the path; `undefined`: none does. */
function verdict(rules: IgnoreRules, path: string, budget: Budget): boolean | undefined {
  const isFolder = path.endsWith('/');
  const own = bytesOf(isFolder ? path.slice(0, -1) : path);
  const name = own.slice(own.lastIndexOf('/') + 1);
  const literal = lastLiteral(rules, [name, own], isFolder);
  const steps = own.split('/');
  for (const rule of rules.wild) {
    budget.left--;
    if (budget.left < 0 || (literal !== undefined && rule.order < literal.order)) break;
    const text = rule.isPath ? own : name;
    const { beginning, ending } = rule.glob;
    if ((rule.isForFolders && !isFolder) || !text.startsWith(beginning) || !text.endsWith(ending)) continue;
    if (matchesPath(rule.glob, rule.isPath ? steps : [name], budget)) return !rule.isNegated;
  }
  return literal && !literal.isNegated;
}

function lastLiteral(
  { names, paths }: IgnoreRules,
  [name, path]: readonly [string, string],
  isFolder: boolean,
): IgnoreRule | undefined {
  const found = [names.get(name), paths.get(path)];
  if (isFolder) found.push(names.get(`${name}/`), paths.get(`${path}/`));
  let last: IgnoreRule | undefined;
  for (const rule of found) if (rule !== undefined && rule.order > (last?.order ?? -1)) last = rule;
  return last;
}

/** A text as its bytes in UTF-8, a character each: git compares bytes. */
function bytesOf(text: string): string {
  if (/^[\t\r -~]*$/.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Those of the files in a folder that its `.gitignore` files, and those below, let through. */
export async function withoutIgnored(
  folder: string,
  uris: readonly string[],
  files: Pick<Files, 'read'>,
): Promise<readonly string[]> {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  const inside = uris.filter(uri => isInside(base, uri));
  const folders = new Set(inside.flatMap(uri => foldersOf(uri.slice(base.length))));
  const rules = new GitIgnore();
  await Promise.all(
    [...folders].map(async path => {
      const fileText = await files.read(`${base}${path}.gitignore`);
      if (fileText.kind === 'text' && fileText.text.length <= maxIgnoreBytes)
        rules.add(decodeURIComponent(path), fileText.text);
    }),
  );
  return inside.filter(uri => !rules.ignores(decodeURIComponent(uri.slice(base.length))));
}

function foldersOf(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return ['', ...steps.map((_, index) => `${steps.slice(0, index + 1).join('/')}/`)];
}

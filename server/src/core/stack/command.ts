import type { Span } from '../text/span.ts';
import type { Located } from './application.ts';
import { mayBeFilledIn } from './templated.ts';

/** A `deploykf generate` command line found in a script. */
export interface GenerateCommand {
  /** UTF-16 offset of the word `generate`. */
  readonly offset: number;
  readonly release: string | undefined;
  /** A folder or `.zip` of the generator's source. */
  readonly sourcePath: string | undefined;
  /** The values files as written, the weakest first. */
  readonly values: readonly Word[];
}

/** A word of a command without its quotes and escapes. Where they are inside of it, its span is longer than its text. */
export interface Word extends Located {
  /** The quotes around the span. */
  readonly quote: string | undefined;
  /** The part behind the `=` of a flag that has quotes of its own. */
  readonly quoted?: Word;
}

/** What reads a script; it decides what continues a line and what escapes. */
export type Shell = 'posix' | 'powershell';

export function shellOf(uri: string): Shell {
  return /\.ps1$/i.test(uri) ? 'powershell' : 'posix';
}

/**
 * The `deploykf generate` commands in the text of a shell script, Makefile or CI file: continued lines, quotes, `--flag=x`,
 * `-f`, and commas in `--values` as the command itself splits them (a cobra StringSlice). The program may have the name of
 * its download, such as `deploykf-linux-amd64` or `deploykf.exe`. A value that only the shell knows, such as `$VALUES`, is
 * left out, and the command with it when nothing else is left.
 */
export function findCommands(text: string, shell: Shell = 'posix'): readonly GenerateCommand[] {
  if (!text.includes('deploykf')) return [];
  const syntax = syntaxes[shell];
  return [...text.matchAll(syntax.command)].flatMap(match => {
    const offset = match.index + match[0].length - 'generate'.length;
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    if (/(^|\s)#[^\n]*$/.test(text.slice(lineStart, match.index))) return [];
    const from = match.index + match[0].length;
    const within = openQuote(text.slice(lineStart, from));
    const found = words(text, { syntax, from, within, folded: foldedIndent(text, match.index) });
    const command = readFlags(offset, found);
    return command.values.length > 0 ? [command] : [];
  });
}

const valueFlags = ['--source-version', '-V', '--source-path', '--values', '-f', '--output-dir', '-O'];

interface Syntax {
  readonly command: RegExp;
  readonly token: RegExp;
  /** A token that ends a word: blanks, or a line end that goes on. */
  readonly blank: RegExp;
  readonly unquote: (token: string) => string;
}

const syntaxes: Readonly<Record<Shell, Syntax>> = {
  posix: {
    command: /\bdeploykf(?:[-_][\w.-]*)?(?:\.exe)?["']?(?:[ \t]|\\\r?\n[ \t]*)+generate\b/g,
    token:
      /[ \t]+|\\\r?\n[ \t]*(?:#[^\n]*\n)?|"(?:[^"\\\r\n]|\\(?:\r\n|[^]))*"|'[^'\r\n]*'|\\[^\r\n]|[^\s"'\\;|&)#]+|#/,
    blank: /^\s|^\\\r?\n/,
    unquote: unquotePosix,
  },
  powershell: {
    command: /\bdeploykf(?:[-_][\w.-]*)?(?:\.exe)?["']?(?:[ \t]|`\r?\n[ \t]*)+generate\b/g,
    token: /[ \t]+|`\r?\n[ \t]*|"(?:[^"`\r\n]|`[^]|"")*"|'(?:[^'\r\n]|'')*'|`[^\r\n]|[^\s"'`;|&)#]+|#/,
    blank: /^\s|^`\r?\n/,
    unquote: unquotePowershell,
  },
};

function readFlags(offset: number, args: readonly Word[]): GenerateCommand {
  const values: Word[] = [];
  let release: string | undefined;
  let sourcePath: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index]);
    if (!valueFlags.includes(flag)) continue;
    const value = inline ?? args[++index];
    if (value === undefined) break;
    if (flag === '--values' || flag === '-f') values.push(...splitCommas(value).filter(isKnown));
    if ((flag === '--source-version' || flag === '-V') && isKnown(value)) release = value.text.replace(/^v(?=\d)/, '');
    if (flag === '--source-path' && isKnown(value)) sourcePath = value.text;
  }
  return { offset, release, sourcePath, values };
}

function isKnown({ text }: Word): boolean {
  return text !== '' && !mayBeFilledIn(text);
}

/** As pflag takes them apart: `--flag=x`, `-f=x`, `-fx`. */
function splitFlag(word: Word | undefined): readonly [flag: string, value?: Word] {
  const text = word?.text ?? '';
  if (word === undefined || !text.startsWith('-')) return [text];
  const isShort = !text.startsWith('--');
  const at = isShort ? 2 : text.indexOf('=');
  if (at < 0 || text.length <= at) return [text];
  const start = text[at] === '=' ? at + 1 : at;
  return [text.slice(0, at), word.quoted ?? part(word, start, text.length)];
}

function splitCommas(word: Word): readonly Word[] {
  let start = 0;
  return word.text.split(',').map(text => {
    const own = part(word, start, start + text.length);
    start += text.length + 1;
    return own;
  });
}

/** A part of a word. Where quotes or escapes hide its place, it has that of the whole word. */
function part({ text, span, quote }: Word, start: number, end: number): Word {
  const isPlain = span.end - span.start === text.length;
  const own: Span = isPlain ? { start: span.start + start, end: span.start + end } : span;
  return { text: text.slice(start, end), span: own, quote };
}

/**
 * The indentation of a command that stands in a folded block scalar of YAML (`run: >`), where lines of the same indentation
 * are one; `undefined` anywhere else.
 */
function foldedIndent(text: string, offset: number): string | undefined {
  const lines = text.slice(0, offset).split(/\r?\n/);
  const indent = /^ */.exec(lines.pop() ?? '')?.[0] ?? '';
  const above = lines.findLast(line => line.trim() !== '' && !(line.startsWith(indent) && indent !== ''));
  return above !== undefined && /[:-][ \t]+>[-+\d]*[ \t]*(?:#.*)?$/.test(above) ? indent : undefined;
}

/** The quote that is open at the end of a line's beginning, as in `sh -c "deploykf generate`; `undefined`: none is. */
function openQuote(text: string): string | undefined {
  return [...text.matchAll(/\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'|["']/g)].map(([token]) => token).find(isQuote);
}

function isQuote(token: string): boolean {
  return token === '"' || token === "'";
}

interface Start {
  readonly syntax: Syntax;
  readonly from: number;
  /** The quote that the command stands in, which ends it. */
  readonly within: string | undefined;
  /** As `foldedIndent` has it. */
  readonly folded: string | undefined;
}

/**
 * The words of a shell command from an offset to its end: a line end that is neither escaped nor folded, `;`, `|`, `&`, `#`,
 * `)`, or the quote that it stands in. No name of a file goes over lines, so a quote that is not closed in its own ends it, too.
 */
function words(text: string, { syntax, from, within, folded }: Start): readonly Word[] {
  const found: Word[] = [];
  const token = new RegExp(`${folded === undefined ? '' : `\\r?\\n${folded}(?=\\S)|`}${syntax.token.source}`, 'y');
  token.lastIndex = from;
  let word: Word | undefined;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [piece] = match;
    if ((piece === '#' && word === undefined) || (within !== undefined && piece.startsWith(within))) break;
    if (syntax.blank.test(piece)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = join(word, { piece, text: syntax.unquote(piece), at: match.index });
  }
  return word === undefined ? found : [...found, word];
}

interface Piece {
  readonly piece: string;
  /** Without quotes and escapes. */
  readonly text: string;
  readonly at: number;
}

/** A quoted word stands without its quotes, so that its text is its own. */
function join(word: Word | undefined, { piece, text, at }: Piece): Word {
  const end = at + piece.length;
  const [quote] = /^["']/.exec(piece) ?? [];
  const own = { text, span: quote === undefined ? { start: at, end } : { start: at + 1, end: end - 1 }, quote };
  if (word === undefined) return own;
  const joined = { text: word.text + text, span: { start: word.span.start, end }, quote: undefined };
  return quote !== undefined && /^--?\w[\w-]*=$/.test(word.text) ? { ...joined, quoted: own } : joined;
}

function unquotePosix(token: string): string {
  if (token.startsWith('"'))
    return token
      .slice(1, -1)
      .replace(/\\(["\\$`])/g, '$1')
      .replace(/\\\r?\n/g, '');
  if (token.startsWith("'")) return token.slice(1, -1);
  return token.startsWith('\\') ? token.slice(1) : token;
}

function unquotePowershell(token: string): string {
  if (token.startsWith('"'))
    return token.slice(1, -1).replace(/`([^])|""/g, (_, escaped: string | undefined) => escaped ?? '"');
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  return token.startsWith('`') ? token.slice(1) : token;
}

import { plainRelease } from '../catalog/release.ts';
import type { Span } from '../text/span.ts';
import type { Located } from './application.ts';
import { ScriptLines } from './scriptLines.ts';
import { mayBeFilledIn } from './templated.ts';
import { Variables } from './variables.ts';

/** A `deploykf generate` command line found in a script. */
export interface GenerateCommand {
  /** UTF-16 offset of the word `generate`. */
  readonly offset: number;
  readonly release: string | undefined;
  /** What is written in place of a release, where its variables do not tell one; `undefined`: nothing, or they do. */
  readonly openRelease?: OpenRelease;
  /** A folder or `.zip` of the generator's source. */
  readonly sourcePath: string | undefined;
  /** The values files as written, weakest first. */
  readonly values: readonly Word[];
}

export interface OpenRelease {
  /** As written, without quotes. */
  readonly text: string;
  /** Why it is not known, a phrase to put after it. */
  readonly reason: string;
}

/** A word of a command without its quotes and escapes. Where they are inside of it, its span is longer than its text. */
export interface Word extends Located {
  /** The quotes around the span. */
  readonly quote: string | undefined;
  /** The part after the `=` of a flag that has quotes of its own. */
  readonly quoted?: Word;
}

/** What reads a script; it decides what continues a line and what escapes. */
export type Shell = 'posix' | 'powershell';

export function shellOf(uri: string): Shell {
  return /\.ps1$/i.test(uri) ? 'powershell' : 'posix';
}

/** More commands in one script are not written by people: the rest of them is not read. */
const maxCommands = 200;

/**
 * The `deploykf generate` commands in the text of a shell script, Makefile or CI file: continued lines, quotes, `--flag=x`,
 * `-f`, and commas in `--values` as the command itself splits them (a cobra StringSlice). The program may have the name of
 * its download, such as `deploykf-linux-amd64` or `deploykf.exe`, or be that of its image. Variables that the same text assigns
 * are filled in where they have one value. A value that only the shell knows, such as `$(find …)`, is left out, and the command with it when nothing
 * else is left. Takes time in proportion to the text.
 */
export function findCommands(text: string, shell: Shell = 'posix'): readonly GenerateCommand[] {
  const syntax = syntaxes[shell];
  const lines = new ScriptLines(text);
  let variables: Variables | undefined;
  const commands: GenerateCommand[] = [];
  let call = nextCall(text, syntax, 0);
  while (call !== undefined && commands.length < maxCommands) {
    const next = nextCall(text, syntax, call.end);
    if (!lines.isComment(call.start)) {
      const within = lines.openQuote(call.start, call.end);
      const found = words(text, {
        syntax,
        from: call.end,
        // A command ends where the next one begins.
        to: next?.start ?? text.length,
        within,
        folded: lines.foldedIndent(call.start),
      });
      variables ??= new Variables(text);
      const command = readFlags(call.end - 'generate'.length, found, variables);
      if (command.values.length > 0) commands.push(command);
    }
    call = next;
  }
  return commands;
}

/** Finds `deploykf generate` from an offset on; the program's name may go on, as in `deploykf-linux-amd64.exe`. */
function nextCall(text: string, { gap }: Syntax, from: number): Span | undefined {
  let start = text.indexOf('deploykf', from);
  while (start >= 0) {
    const name = endOf(
      /(?:[-_][\w.-]*|\.exe|\/cli(?:[:@][\w.:-]+)?)?["']?/y,
      text,
      start + 'deploykf'.length,
    );
    const isWhole = start === 0 || /\W/.test(text[start - 1] ?? '');
    const word = isWhole ? endOf(gap, text, name) : name;
    const end = word + 'generate'.length;
    if (word > name && text.startsWith('generate', word) && !/\w/.test(text[end] ?? ''))
      return { start, end };
    // What is in the same name ends where it does, so it is not a command either.
    start = text.indexOf('deploykf', word);
  }
  return undefined;
}

function endOf(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  return from + (sticky.exec(text)?.[0].length ?? 0);
}

const valueFlags = ['--source-version', '-V', '--source-path', '--values', '-f', '--output-dir', '-O'];

interface Syntax {
  /** What may be between two words. */
  readonly gap: RegExp;
  readonly token: RegExp;
  /** A token that ends a word: blanks, or a line end that goes on. */
  readonly blank: RegExp;
  readonly unquote: (token: string) => string;
}

const syntaxes: Readonly<Record<Shell, Syntax>> = {
  posix: {
    gap: /(?:[ \t]|\\\r?\n)*/y,
    token:
      /[ \t]+|\\\r?\n[ \t]*(?:#[^\n]*\n)?|"(?:[^"\\\r\n]|\\(?:\r\n|[^]))*"|'[^'\r\n]*'|\\[^\r\n]|\$\{\{[^{}\n]{0,100}\}\}|(?:\$\(\w{1,80}\)|(?!\$(?:\(\w{1,80}\)|\{\{))[^\s"'\\;|&)#])+|#/y,
    blank: /^\s|^\\\r?\n/,
    unquote: unquotePosix,
  },
  powershell: {
    gap: /(?:[ \t]|`\r?\n)*/y,
    token: /[ \t]+|`\r?\n[ \t]*|"(?:[^"`\r\n]|`[^]|"")*"|'(?:[^'\r\n]|'')*'|`[^\r\n]|[^\s"'`;|&)#]+|#/y,
    blank: /^\s|^`\r?\n/,
    unquote: unquotePowershell,
  },
};

function readFlags(offset: number, args: readonly Word[], variables: Variables): GenerateCommand {
  const values: Word[] = [];
  let release: string | undefined;
  let openRelease: OpenRelease | undefined;
  let sourcePath: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index]);
    if (!valueFlags.includes(flag)) continue;
    const written = inline ?? args[++index];
    if (written === undefined) break;
    const value = { ...written, text: variables.fillIn(written.text, offset) };
    if (flag === '--values' || flag === '-f') values.push(...splitCommas(value).filter(isKnown));
    if (flag === '--source-version' || flag === '-V') {
      if (isKnown(value)) release = plainRelease(value.text);
      else openRelease = { text: written.text, reason: variables.whyOpen(value.text, offset) };
    }
    if (flag === '--source-path' && isKnown(value)) sourcePath = value.text;
  }
  if (release !== undefined || openRelease === undefined) return { offset, release, sourcePath, values };
  return { offset, release, openRelease, sourcePath, values };
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
  const own = text.slice(start, end);
  const isPlain = span.end - span.start === text.length;
  if (!isPlain) return { text: own, span, quote };
  return { text: own, span: { start: span.start + start, end: span.start + end }, quote };
}

interface Start {
  readonly syntax: Syntax;
  readonly from: number;
  readonly to: number;
  /** The quote that the command is in, which ends it. */
  readonly within: string | undefined;
  /** As `ScriptLines.foldedIndent` has it. */
  readonly folded: string | undefined;
}

/**
 * The words of a shell command from an offset to its end: a line end that is neither escaped nor folded, `;`, `|`, `&`, `#`,
 * `)`, or the quote that it is in. No name of a file goes over lines, so a quote that is not closed in its own ends it, too.
 */
function words(text: string, { syntax, from, to, within, folded }: Start): readonly Word[] {
  const found: Word[] = [];
  let { token } = syntax;
  if (folded !== undefined) token = new RegExp(`\\r?\\n${folded}(?=\\S)|${token.source}`, 'y');
  token.lastIndex = from;
  let word: Word | undefined;
  for (let match = token.exec(text); match !== null && match.index < to; match = token.exec(text)) {
    const [piece] = match;
    if ((piece === '#' && word === undefined) || (within !== undefined && piece.startsWith(within))) break;
    if (syntax.blank.test(piece)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = join(word, { piece, text: syntax.unquote(piece), offset: match.index });
  }
  if (word === undefined) return found;
  return [...found, word];
}

interface Piece {
  readonly piece: string;
  /** Without quotes and escapes. */
  readonly text: string;
  readonly offset: number;
}

/** A quoted word is without its quotes, so that its text is its own. */
function join(word: Word | undefined, { piece, text, offset: at }: Piece): Word {
  const end = at + piece.length;
  const [quote] = /^["']/.exec(piece) ?? [];
  const inset = quote?.length ?? 0;
  const own = { text, span: { start: at + inset, end: end - inset }, quote };
  if (word === undefined) return own;
  const joined = { text: word.text + text, span: { start: word.span.start, end }, quote: undefined };
  const isFlag = quote !== undefined && word.text.length < 40 && /^--?\w[\w-]*=$/.test(word.text);
  if (isFlag) return { ...joined, quoted: own };
  return joined;
}

function unquotePosix(token: string): string {
  if (token.startsWith('"'))
    return token
      .slice(1, -1)
      .replace(/\\(["\\$`])/g, '$1')
      .replace(/\\\r?\n/g, '');
  if (token.startsWith("'")) return token.slice(1, -1);
  if (token.startsWith('\\')) return token.slice(1);
  return token;
}

function unquotePowershell(token: string): string {
  if (token.startsWith('"'))
    return token.slice(1, -1).replace(/`([^])|""/g, (_, escaped: string | undefined) => escaped ?? '"');
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token.startsWith('`')) return token.slice(1);
  return token;
}

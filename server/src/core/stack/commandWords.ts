import type { Located } from './application.ts';

/** A word of a command without its quotes and escapes. Where they are inside of it, its span is longer than its text. */
export interface Word extends Located {
  /** The quotes around the span. */
  readonly quote: string | undefined;
  /** The part after the `=` of a flag that has quotes of its own. */
  readonly quoted?: Word;
}

/** What reads a script; it decides what continues a line and what escapes. */
export type Shell = 'posix' | 'make' | 'powershell';

export function shellOf(uri: string): Shell {
  if (/\.mk$|\/(?:GNUm|m|M)akefile$/.test(uri)) return 'make';
  return /\.ps1$/i.test(uri) ? 'powershell' : 'posix';
}

/** How a shell writes words. */
export interface Syntax {
  /** What may be between two words. */
  readonly gap: RegExp;
  readonly token: RegExp;
  /** A token that ends a word: blanks, or a line end that goes on. */
  readonly blank: RegExp;
  readonly unquote: (token: string) => string;
}

export const syntaxes: Readonly<Record<Exclude<Shell, 'make'>, Syntax>> = {
  posix: {
    gap: /(?:[ \t]|\\\r?\n)*/y,
    token:
      /[ \t]+|\\\r?\n[ \t]*(?:#[^\n]*\n)?|"(?:[^"\\\r\n]|\\(?:\r\n|[^]))*"|'[^'\r\n]*'|\\[^\r\n]|\$\{\{[^{}\n]{0,100}\}\}|(?:\$\((?:[^()\n]|\([^()\n]{0,100}\)){1,300}\)|(?!\$(?:\((?:[^()\n]|\([^()\n]{0,100}\)){1,300}\)|\{\{))[^\s"'\\;|&)#])+|#/y,
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

/** As pflag takes them apart: `--flag=x`, `-f=x`, `-fx`. */
export function splitFlag(word: Word | undefined): readonly [flag: string, value?: Word] {
  const text = word?.text ?? '';
  if (word === undefined || !text.startsWith('-')) return [text];
  const isShort = !text.startsWith('--');
  const at = isShort ? 2 : text.indexOf('=');
  if (at < 0 || text.length <= at) return [text];
  const start = text[at] === '=' ? at + 1 : at;
  return [text.slice(0, at), word.quoted ?? part(word, start, text.length)];
}

export function splitCommas(word: Word): readonly Word[] {
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

/** Where to read words. */
export interface WordsStart {
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
export function words(text: string, { syntax, from, to, within, folded }: WordsStart): readonly Word[] {
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

import { indentOf } from '../text/indent.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { SuppressedCode, SuppressionComment } from './types.ts';

/** The words that comments begin with, by what they reach. */
export const suppressionWords = {
  'deploykf-values-ignore': 'line',
  'deploykf-values-ignore-block': 'block',
  'deploykf-values-ignore-file': 'file',
} as const;

const marker = 'deploykf-values-ignore';
const comment = /(?:^|\s|(\\n))#[ \t]*(deploykf-values-ignore[\w-]*):?(?=\s|$)/;

/**
 * The comments of a text that suppress findings, in its order. Read line by line, so that they count in a text that does not
 * parse, and in values that are a string of it. `known`: the codes of all rules.
 */
export function suppressionComments(
  source: SourceText,
  known: ReadonlySet<string>,
): readonly SuppressionComment[] {
  if (!source.text.includes(marker)) return [];
  const comments: SuppressionComment[] = [];
  for (let line = 0; line < source.lineCount; line++) {
    const text = source.lineText(line);
    const match = text.includes(marker) ? comment.exec(text) : null;
    if (match !== null) comments.push(commentAt(source, line, match, known));
  }
  return comments;
}

function commentAt(
  source: SourceText,
  line: number,
  match: RegExpExecArray,
  known: ReadonlySet<string>,
): SuppressionComment {
  const text = source.lineText(line);
  const [whole, escaped, word = ''] = match;
  const isEscaped = escaped !== undefined;
  const hash = text.indexOf('#', match.index);
  const wordEnd = match.index + whole.length;
  const lineEnd = isEscaped ? text.indexOf('\\n', wordEnd) : -1;
  const end = text.slice(0, lineEnd < 0 ? text.length : lineEnd).trimEnd().length;
  const { codes, after } = codesFrom(text.slice(0, end), wordEnd, source.lineStart(line), known);
  const scope = Object.entries(suppressionWords).find(([known]) => known === word)?.[1];
  const isAlone = text.slice(0, hash).trim() === '';
  return {
    kind: 'comment',
    scope,
    word,
    codes,
    reason: text.slice(after, end).replace(/^[\s:,–—-]+/, ''),
    span: { start: source.lineStart(line) + hash, end: source.lineStart(line) + end },
    lines: linesOf(source, line, scope, isAlone),
    isEscaped,
  };
}

/** The codes after the word. After a comma and a blank only one that is known: it may be the reason that begins. */
function codesFrom(
  text: string,
  from: number,
  lineStart: number,
  known: ReadonlySet<string>,
): { readonly codes: readonly SuppressedCode[]; readonly after: number } {
  const codes: SuppressedCode[] = [];
  const next = /(,?)(\s*)([a-z][a-z0-9-]*)(?![\w./])/y;
  let after = from;
  for (;;) {
    next.lastIndex = after;
    const [whole = '', comma, blank, code = ''] = next.exec(text) ?? [];
    const isNext = codes.length === 0 || (comma === ',' && (blank === '' || known.has(code)));
    if (code === '' || !isNext) return { codes, after };
    after += whole.length;
    const end = lineStart + after;
    codes.push({ code, span: { start: end - code.length, end } });
  }
}

function linesOf(
  source: SourceText,
  line: number,
  scope: SuppressionComment['scope'],
  isAlone: boolean,
): SuppressionComment['lines'] {
  if (scope === 'file') return { first: 0, last: source.lineCount };
  if (scope === 'block') {
    const first = isAlone ? nextKey(source, line) : line;
    return { first: line, last: lastOfBlock(source, first) };
  }
  let last = line + 1;
  // Several comments may be above one line.
  while (isAlone && last < source.lineCount && /^\s*#/.test(source.lineText(last))) last++;
  return { first: line, last };
}

/** The next line that is not empty and not a comment; the last one when there is none. */
function nextKey(source: SourceText, line: number): number {
  for (let next = line + 1; next < source.lineCount; next++)
    if (/^\s*[^\s#]/.test(source.lineText(next))) return next;
  return source.lineCount - 1;
}

/** The last line of what begins in a line: those below it that are indented more, and the items of its list. */
function lastOfBlock(source: SourceText, first: number): number {
  const indent = indentOf(source.lineText(first));
  const isItem = source.lineText(first).trimStart().startsWith('-');
  let last = first;
  for (let line = first + 1; line < source.lineCount; line++) {
    const text = source.lineText(line);
    if (text.trim() === '') continue;
    const isOwnItem = !isItem && indentOf(text) === indent && /^\s*-(?:\s|$)/.test(text);
    if (indentOf(text) <= indent && !isOwnItem) break;
    last = line;
  }
  return last;
}

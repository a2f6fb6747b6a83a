import type { ScalarStyle } from './nodes.ts';

/** How a scalar that runs over several lines goes on. */
export interface FurtherLines {
  readonly eol: string;
  /** `undefined` when it has only one line. */
  readonly indent: string | undefined;
}

/** New text for a scalar of this style, on one line; a block scalar's and a plain one's is as it is. */
export function escapeText(text: string, style: ScalarStyle): string {
  if (style === 'double') return JSON.stringify(text).slice(1, -1);
  if (style === 'single') return text.replaceAll("'", "''");
  return text;
}

/**
 * New text for a plain or quoted scalar: without escapes,
 * `n` line ends are `n + 1` in a scalar of several lines.
 */
export function foldText(text: string, style: ScalarStyle, { eol, indent }: FurtherLines): string {
  const escaped = escapeText(text, style);
  if (indent === undefined || style === 'double') return escaped;
  return escaped.replace(/\n+/g, ends => eol.repeat(ends.length + 1) + indent);
}

/** New text for a scalar in double quotes that has each of its lines on one of its own. */
export function joinLines(text: string, { eol, indent = '' }: FurtherLines): string {
  const lines = text.split('\n').map(line => escapeText(line, 'double'));
  return lines
    .map((line, index) => {
      if (index > 0 && (line.startsWith(' ') || line.startsWith('\t'))) return `\\${line}`;
      return line;
    })
    .join(`\\n\\${eol}${indent}`);
}

/**
 * The length of an escaped line end at an offset of a text in double quotes, with the blanks after it; 0
 * without one.
 */
export function joinLength(text: string, at: number): number {
  const join = /\\\r?\n[ \t]*/y;
  join.lastIndex = at;
  return join.exec(text)?.[0].length ?? 0;
}

/** New text for a block scalar. The first line goes on where the text is put. */
export function indentLines(
  text: string,
  { lineEnd, indent }: { readonly lineEnd: string; readonly indent: string },
): string {
  return text
    .split(/\r?\n/)
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join(lineEnd);
}

import type { SourceText } from '../text/sourceText.ts';
import { spansTouching, type Span } from '../text/span.ts';
import { type Colour, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';

/** A line is shown up to here when the terminal does not say how wide it is. */
const usualWidth = 160;

export interface ExcerptOptions {
  readonly style: TextStyle;
  readonly colour: Colour;
  /** Parts that are not shown, in text order, each within a line. */
  readonly hidden: readonly Span[];
}

/**
 * The line that a span begins in, with carets below it.
 * A span of several lines is marked to the end of its first.
 */
export function excerpt(
  source: SourceText,
  span: Span,
  { style, colour, hidden }: ExcerptOptions,
): readonly string[] {
  const start = source.positionAt(span.start);
  const line = { start: source.lineStart(start.line), end: source.lineEnd(start.line) };
  const parts = spansTouching(hidden, line);
  const text = withoutParts(source.text, line, parts);
  const from = placeIn(line.start, parts, span.start);
  const to = placeIn(line.start, parts, Math.min(span.end, line.end), 'end');
  const number = String(start.line + 1);
  const room = Math.max(20, (style.width ?? usualWidth) - number.length - 6);
  const view = windowOf(text, from, Math.max(to, from + 1), room);
  const gutter = (label: string): string => style.paint(`${label.padStart(number.length + 2)} | `, 'dim');
  const marks =
    ' '.repeat(view.before.length) + style.paint('^'.repeat(Math.max(1, view.marked.length)), colour);
  return [gutter(number) + (view.before + view.marked + view.after).trimEnd(), gutter('') + marks];
}

function withoutParts(text: string, line: Span, parts: readonly Span[]): string {
  const starts = [line.start, ...parts.map(part => part.end)];
  return starts.map((start, index) => text.slice(start, parts[index]?.start ?? line.end)).join('…');
}

/**
 * The column of an offset where each part before it is one character; within one, the column in front of or
 * after that.
 */
function placeIn(
  lineStart: number,
  parts: readonly Span[],
  offset: number,
  side: 'start' | 'end' = 'start',
): number {
  const saved = parts.map(({ start, end }) => {
    if (offset <= start) return 0;
    const within = Math.min(offset, end) - start;
    if (offset < end && side === 'start') return within;
    return within - 1;
  });
  return offset - lineStart - saved.reduce((sum, width) => sum + width, 0);
}

interface Window {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The part of a line around a span that fits into `room` columns; tabs count as two. */
function windowOf(line: string, start: number, end: number, room: number): Window {
  let from = 0;
  let mark = '';
  if (start > room - 10) {
    mark = '…';
    from = start - Math.floor(room / 3);
  }
  const to = from + room;
  const markedTo = Math.min(end, to);
  const before = mark + shown(line.slice(from + mark.length, start));
  const marked = shown(line.slice(start, markedTo));
  const after = shown(line.slice(markedTo, to));
  if (line.length > to) return { before, marked, after: `${after}…` };
  return { before, marked, after };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}

import type { SourceText } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { harmless, type Colour, type TextStyle } from './style.ts';

/** A line is shown up to here when the terminal does not say how wide it is. */
const usualWidth = 160;

/** The line that a span begins in, with carets below it. A span of several lines is marked to the end of its first. */
export function excerpt(source: SourceText, span: Span, style: TextStyle, colour: Colour): readonly string[] {
  const start = source.positionAt(span.start);
  const line = source.lineText(start.line);
  const end = Math.min(span.end - source.lineStart(start.line), line.length);
  const number = String(start.line + 1);
  const room = Math.max(20, (style.width ?? usualWidth) - number.length - 6);
  const view = windowOf(line, start.character, Math.max(end, start.character + 1), room);
  const gutter = (label: string): string => style.paint(`${label.padStart(number.length + 2)} | `, 'dim');
  const marks = ' '.repeat(view.before.length) + style.paint('^'.repeat(Math.max(1, view.marked.length)), colour);
  return [gutter(number) + (view.before + view.marked + view.after).trimEnd(), gutter('') + marks];
}

interface Window {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The part of a line around a span that fits into `room` columns; tabs count as two. */
function windowOf(line: string, start: number, end: number, room: number): Window {
  const from = start > room - 10 ? start - Math.floor(room / 3) : 0;
  const to = from + room;
  const before = (from > 0 ? '…' : '') + shown(line.slice(from > 0 ? from + 1 : 0, start));
  const marked = shown(line.slice(start, Math.min(end, to)));
  const after = shown(line.slice(Math.min(end, to), to)) + (line.length > to ? '…' : '');
  return { before, marked, after };
}

function shown(text: string): string {
  return harmless(text.replaceAll('\t', '  '));
}

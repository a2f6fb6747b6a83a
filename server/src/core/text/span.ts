import { firstIndex } from './search.ts';

/** A half-open range of UTF-16 code unit offsets: `start` is inside, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function contains(span: Span, offset: number): boolean {
  return offset >= span.start && offset < span.end;
}

/** Like `contains`, but a cursor right after the last character still touches the span. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

export function encloses(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Spans that together cover the same, in text order, none touching another. */
export function unionOf(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start > last.end) joined.push(span);
    else joined.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
  }
  return joined;
}

/** What is in a span and in none of some others. */
export function spansBetween({ start, end }: Span, others: readonly Span[]): readonly Span[] {
  const between: Span[] = [];
  let from = start;
  for (const other of unionOf(others)) {
    if (other.start > from) between.push({ start: from, end: Math.min(other.start, end) });
    from = Math.max(from, other.end);
  }
  if (from < end) between.push({ start: from, end });
  return between;
}

/** Of spans in text order that do not overlap, those that have a part in common with another one. */
export function spansTouching(spans: readonly Span[], { start, end }: Span): readonly Span[] {
  const found: Span[] = [];
  for (let at = firstIndex(spans, span => span.end > start); at < spans.length; at++) {
    const span = spans[at];
    if (span === undefined || span.start >= end) break;
    found.push(span);
  }
  return found;
}

import type { TextEdit } from './edit.ts';
import type { Span } from './span.ts';

/** A part of a text that was edited: kept from the first text, or new. */
type Piece = { readonly kind: 'kept'; readonly span: Span } | { readonly kind: 'new'; readonly text: string };

/**
 * The edits of the first text that do what several rounds do one after the other, each to the text that the
 * round before left. The edits of a round are in the order of their spans and do not overlap,
 * and neither do the result's.
 */
export function composeEdits(rounds: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const whole: readonly Piece[] = [{ kind: 'kept', span: { start: 0, end: Infinity } }];
  return piecesToEdits(rounds.reduce(editPieces, whole));
}

function editPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let rest = pieces;
  let at = 0;
  for (const { span, newText } of edits) {
    const [before, from] = cut(rest, span.start - at);
    const [, behind] = cut(from, span.end - span.start);
    result.push(...before, { kind: 'new', text: newText });
    rest = behind;
    at = span.end;
  }
  return [...result, ...rest];
}

/** The first `length` UTF-16 code units, and the rest. */
function cut(pieces: readonly Piece[], length: number): readonly [readonly Piece[], readonly Piece[]] {
  let left = length;
  for (const [index, piece] of pieces.entries()) {
    const size = piece.kind === 'new' ? piece.text.length : piece.span.end - piece.span.start;
    if (size > left) {
      const [head, tail] = split(piece, left);
      return [
        [...pieces.slice(0, index), head],
        [tail, ...pieces.slice(index + 1)],
      ];
    }
    left -= size;
  }
  return [pieces, []];
}

function split(piece: Piece, at: number): readonly [Piece, Piece] {
  if (piece.kind === 'new') {
    return [
      { kind: 'new', text: piece.text.slice(0, at) },
      { kind: 'new', text: piece.text.slice(at) },
    ];
  }
  const { start, end } = piece.span;
  return [
    { kind: 'kept', span: { start, end: start + at } },
    { kind: 'kept', span: { start: start + at, end } },
  ];
}

/** What is between two kept parts is what an edit does. */
function piecesToEdits(pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  let newText = '';
  for (const piece of pieces) {
    if (piece.kind === 'new') newText += piece.text;
    else if (piece.span.end > piece.span.start) {
      if (newText !== '' || piece.span.start > from)
        edits.push({ span: { start: from, end: piece.span.start }, newText });
      [from, newText] = [piece.span.end, ''];
    }
  }
  return edits;
}

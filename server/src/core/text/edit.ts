import { firstIndex } from './search.ts';
import type { Span } from './span.ts';

/** Replaces the text of `span` by `newText`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text edits of one file, in the order of their spans, none overlapping another. */
export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
  /** The file does not exist yet: the edits are of an empty text. */
  readonly isNew?: boolean;
}

/**
 * The text after all edits, or `undefined` when two of them overlap or one is outside the text.
 * Two insertions at the same offset are kept in the order given.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = sortEdits(edits);
  if (sorted === undefined) return undefined;
  let result = '';
  let from = 0;
  for (const { span, newText } of sorted) {
    if (span.end > text.length) return undefined;
    result += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return result + text.slice(from);
}

/** The edits by their place, equal ones once, or `undefined` when two of them overlap. */
export function sortEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const set = new EditSet();
  if (!set.add(sorted)) return undefined;
  return set.edits;
}

/**
 * Edits of one text that do not overlap, in text order.
 * Insertions at the same offset stay in the order in which they came.
 */
export class EditSet {
  readonly #edits: TextEdit[] = [];

  get edits(): readonly TextEdit[] {
    return this.#edits;
  }

  /**
   * Takes all of these edits, equal ones once, or none when one overlaps another or is not a range.
   * Tells whether it took them.
   */
  add(edits: readonly TextEdit[]): boolean {
    const taken: TextEdit[] = [];
    for (const edit of edits) {
      const index = this.#placeOf(edit);
      if (this.#has(edit, index)) continue;
      if (!this.#fits(edit, index)) {
        for (const other of taken) this.#edits.splice(this.#edits.indexOf(other), 1);
        return false;
      }
      this.#edits.splice(index, 0, edit);
      taken.push(edit);
    }
    return true;
  }

  /** Where an edit goes: after all that are not after it. */
  #placeOf({ span }: TextEdit): number {
    return firstIndex(this.#edits, ({ span: other }) => {
      if (other.start === span.start) return other.end > span.end;
      return other.start > span.start;
    });
  }

  /** Whether the set has the edit before an index. */
  #has({ span, newText }: TextEdit, index: number): boolean {
    for (let before = index - 1; before >= 0; before--) {
      const other = this.#edits[before];
      if (other?.span.start !== span.start || other.span.end !== span.end) return false;
      if (other.newText === newText) return true;
    }
    return false;
  }

  #fits({ span }: TextEdit, index: number): boolean {
    const before = this.#edits[index - 1]?.span.end ?? 0;
    const after = this.#edits[index]?.span.start ?? Infinity;
    return span.start >= before && span.end >= span.start && span.end <= after;
  }
}

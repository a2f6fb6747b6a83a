import type { TextEdit } from './edit.ts';
import { firstIndex } from './search.ts';

/** Edits of one text that do not overlap, in text order. Insertions at the same offset stay in the order in which they came. */
export class EditSet {
  readonly #edits: TextEdit[] = [];

  get edits(): readonly TextEdit[] {
    return this.#edits;
  }

  /** Takes all of these edits, equal ones once, or none when one overlaps another or is not a range. Tells whether it took them. */
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

/**
 * What follows from the characters of one part of a text alone. It moves with the part, so it is kept through edits
 * elsewhere.
 */
export class TextPart {
  readonly #made = new Map<unknown, unknown>();

  /**
   * What is made of the part, once by each `key`. `make` may look at nothing but the part, and spans in what it makes
   * are from the start of the part.
   */
  once<T>(key: object, make: () => T): T {
    if (!this.#made.has(key)) this.#made.set(key, make());
    // What is kept under a key is what was made for that key.
    return this.#made.get(key) as T;
  }
}

/** A part that is one entry of a map, and where it is in the text. */
export interface PlacedPart {
  readonly part: TextPart;
  readonly start: number;
  /** It has no anchors and no aliases: nothing elsewhere has a say in it, and it has none elsewhere. */
  readonly isClosed: boolean;
}

/** A run of characters that is in both texts, or one inner character that stands for several outer ones. */
export interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly innerLength: number;
  readonly outerLength: number;
}

/** The content of a scalar, and where its parts are in the outer text. */
export interface Content {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Collects segments. */
export class ContentBuilder {
  text = '';
  readonly segments: Segment[] = [];
  /** The last segment, when it is one that may grow. */
  #copied: Segment | undefined;

  /** Adds characters that are in both texts. */
  copy(text: string, outer: number): void {
    const last = this.segments.at(-1);
    const isNext = last !== undefined && last === this.#copied && last.outer + last.outerLength === outer;
    if (isNext) this.segments.pop();
    const start = isNext ? last : { inner: this.text.length, outer };
    const length = this.text.length + text.length - start.inner;
    this.#copied = { inner: start.inner, outer: start.outer, innerLength: length, outerLength: length };
    this.segments.push(this.#copied);
    this.text += text;
  }

  /** Adds what stands for some outer characters. */
  add(innerText: string, outer: number, outerLength: number): void {
    this.segments.push({ inner: this.text.length, outer, innerLength: innerText.length, outerLength });
    this.text += innerText;
  }
}

/** A run of characters that stands in both texts, or one inner character that stands for several outer ones. */
export interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly innerLength: number;
  readonly outerLength: number;
}

/** The content of a scalar, and where its parts stand in the outer text. */
export interface Content {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Collects segments. */
export class ContentBuilder {
  text = '';
  readonly segments: Segment[] = [];

  add(innerText: string, outer: number, outerLength: number): void {
    this.segments.push({ inner: this.text.length, outer, innerLength: innerText.length, outerLength });
    this.text += innerText;
  }
}

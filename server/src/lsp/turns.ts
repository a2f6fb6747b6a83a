import { longestPiece, pause } from '../loader/pause.ts';

/** Has those that waited for the same thing go on one after the other, and lets what has come meanwhile be read in between. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #since = performance.now();

  /** Resolves when it is the caller's turn; what the caller then does in one piece is done before the next turn. */
  next(): Promise<void> {
    return (this.#last = this.#last.then(() => this.#rest()));
  }

  async #rest(): Promise<void> {
    if (performance.now() - this.#since < longestPiece) return;
    await pause();
    this.#since = performance.now();
  }
}

import type { Output } from './io.ts';

/** Milliseconds: who waits less does not ask how far it is. */
const silence = 1000;
/** Milliseconds between two texts. */
const pause = 100;

/** How far work is that takes longer than a second, on a terminal alone. */
export class Progress {
  readonly #output: Pick<Output, 'showProgress'>;
  readonly #now: () => number;
  #next: number;
  #isShown = false;

  constructor(output: Pick<Output, 'showProgress'>, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#next = now() + silence;
  }

  show(text: string): void {
    const time = this.#now();
    if (time < this.#next) return;
    this.#next = time + pause;
    this.#isShown = true;
    this.#output.showProgress(text);
  }

  /** Removes what is shown. */
  end(): void {
    if (this.#isShown) this.#output.showProgress('');
    this.#isShown = false;
  }
}

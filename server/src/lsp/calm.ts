/** In milliseconds: events that follow each other faster are handled together, but the first waits no longer than this. */
const gap = 20;
const longestStorm = 500;

/** Gathers events that come in floods. */
export class Calm {
  #events = 0;
  #waiting: Promise<void> | undefined;

  /** Notes an event. Resolves when no more follow; the same promise for all events of a flood. */
  note(): Promise<void> {
    this.#events++;
    return (this.#waiting ??= this.#wait());
  }

  async #wait(): Promise<void> {
    const start = performance.now();
    let before: number;
    do {
      before = this.#events;
      await new Promise(resolve => setTimeout(resolve, gap));
    } while (this.#events !== before && performance.now() - start < longestStorm);
    this.#waiting = undefined;
  }
}

/** After as many crashes within this time, in milliseconds, the server is left as it is. */
const most = 5;
const period = 3 * 60 * 1000;

/** Counts how often the language server ended by itself: one that keeps crashing is not started for ever. */
export class Crashes {
  #times: readonly number[] = [];

  /** Takes one more, at a time in milliseconds; whether the server may be started once more. */
  mayRestart(now: number): boolean {
    this.#times = [...this.#times, now].filter(time => now - time <= period);
    return this.#times.length < most;
  }

  /** Somebody started it by hand. */
  forget(): void {
    this.#times = [];
  }
}

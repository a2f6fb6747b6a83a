import { Turns } from './turns.ts';
import { patience } from './withPatience.ts';

export interface LoadOptions<Stale> {
  readonly load: (stale: Stale) => Promise<void>;
  /** What two loads do in one. */
  readonly join: (first: Stale, second: Stale) => Stale;
  readonly onError: (error: unknown) => void;
  /** Called when a load is done, and when those who wait for it have lost their patience. */
  readonly onSettled: () => void;
}

interface Waiting<Stale> {
  stale: Stale;
  readonly after: Set<Promise<unknown>>;
}

/** Loads one after the other, so that an older one never replaces a newer one. Those that have not begun are joined. */
export class Loads<Stale> {
  readonly #options: LoadOptions<Stale>;
  readonly #turns = new Turns();
  #waiting: Waiting<Stale> | undefined;
  #last: Promise<void> = Promise.resolve();
  #count = 0;
  /** How long those wait who need what is being loaded; `undefined`: nothing is, or they wait no longer. */
  #patience: { readonly end: Promise<void>; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(options: LoadOptions<Stale>) {
    this.#options = options;
  }

  /** Whether nothing is being loaded, or for so long that nobody should wait for it. */
  get isSettled(): boolean {
    return this.#patience === undefined;
  }

  /** Resolves when everything that was asked for before is loaded, or takes too long, and it is the caller's turn. */
  async settled(): Promise<void> {
    if (this.#patience !== undefined) await Promise.race([this.#last, this.#patience.end]);
    await this.#turns.next();
  }

  /** Loads soon, after something else if need be. */
  request(stale: Stale, after?: Promise<unknown>): void {
    if (this.#waiting === undefined) this.#begin(stale);
    else this.#waiting.stale = this.#options.join(this.#waiting.stale, stale);
    if (after !== undefined) this.#waiting?.after.add(after);
  }

  #begin(stale: Stale): void {
    const waiting: Waiting<Stale> = { stale, after: new Set() };
    this.#waiting = waiting;
    if (this.#count++ === 0) this.#startPatience();
    this.#last = this.#last
      .then(() => this.#run(waiting))
      .catch(this.#options.onError)
      .then(() => {
        if (--this.#count === 0) this.#endPatience();
        this.#options.onSettled();
      });
  }

  async #run(waiting: Waiting<Stale>): Promise<void> {
    // Others may be added while the first ones are waited for.
    for (const after of waiting.after) await after.catch(this.#options.onError);
    this.#waiting = undefined;
    await this.#options.load(waiting.stale);
  }

  #startPatience(): void {
    this.#endPatience();
    let lose = (): void => undefined;
    const end = new Promise<void>(resolve => (lose = resolve));
    const timer = setTimeout(() => {
      this.#endPatience();
      lose();
      this.#options.onSettled();
    }, patience);
    this.#patience = { end, timer };
  }

  #endPatience(): void {
    clearTimeout(this.#patience?.timer);
    this.#patience = undefined;
  }
}

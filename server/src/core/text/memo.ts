/**
 * What was computed from an immutable object by functions of it alone: made once by each,
 * and kept as long as the object.
 */
export class Memo<Owner> {
  readonly #owner: Owner;
  readonly #made = new Map<unknown, unknown>();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  of<T>(make: (owner: Owner) => T): T {
    if (!this.#made.has(make)) this.#made.set(make, make(this.#owner));
    // What is kept under a function is what that function made.
    return this.#made.get(make) as T;
  }
}

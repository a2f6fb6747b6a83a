/**
 * The index of the first item of a sorted list for which something holds, its length when it holds for none.
 * What is asked must hold for all items after one for which it does.
 */
export function firstIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const item = sorted[middle];
    if (item !== undefined && holds(item)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * The candidate that a misspelled name most likely means; `undefined` when none is near enough. Upper and lower case and
 * `-` and `_` do not count. At most a third of the letters may differ; among equals the longest common beginning wins.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(name);
  const ranked = candidates
    .map(candidate => {
      const known = plain(candidate);
      const limit = Math.floor(Math.max(wanted.length, known.length) / 3);
      return { candidate, distance: editDistance(wanted, known, limit), prefix: commonPrefix(wanted, known) };
    })
    .filter(entry => entry.distance !== undefined)
    .toSorted((left, right) => (left.distance ?? 0) - (right.distance ?? 0) || right.prefix - left.prefix);
  return ranked[0]?.candidate;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

/** Damerau-Levenshtein (neighbours may be swapped once); `undefined` when it exceeds `limit`. */
function editDistance(left: string, right: string, limit: number): number | undefined {
  if (Math.abs(left.length - right.length) > limit) return undefined;
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const differs = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + differs,
        swapped ? (before[column - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    [before, previous] = [previous, current];
  }
  const distance = previous[right.length] ?? 0;
  if (distance > limit) return undefined;
  return distance;
}

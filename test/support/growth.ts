import assert from 'node:assert/strict';
import { countCalls } from './callCounts.ts';

/** More than twice, for what is done once; far less than the four times of what grows with the square. */
const most = 2.6;

/** Functions that are called less often than this are not worth a word. */
const fewest = 500;

/**
 * Does a work on an input and on one that is twice as large: no function is called much more than twice as often. What is
 * prepared before is not counted.
 */
export function assertLinear(prepare: (size: number) => () => void, size: number): void {
  // Fills what is made once in a process.
  prepare(2)();
  const once = countCalls(prepare(size));
  const twice = countCalls(prepare(2 * size));
  const steeper = [...twice].filter(
    ([name, calls]) => calls > fewest && calls > most * (once.get(name) ?? 0),
  );
  assert.deepEqual(
    steeper.map(
      ([name, calls]) => `${name || 'without a name'}: ${once.get(name) ?? 0} calls, then ${calls}`,
    ),
    [],
  );
}

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
  let steeper = steeperThanLinear(prepare, size);
  // The engine now and then counts the calls of a function twice.
  for (let tries = 1; tries < 4 && steeper.size > 0; tries++) {
    const again = steeperThanLinear(prepare, size);
    steeper = new Map([...steeper].filter(([name]) => again.has(name)));
  }
  assert.deepEqual([...steeper.values()], []);
}

/** What to say of each function that is called much more than twice as often, by its name. */
function steeperThanLinear(prepare: (size: number) => () => void, size: number): ReadonlyMap<string, string> {
  const once = countCalls(prepare(size));
  const twice = countCalls(prepare(2 * size));
  const steeper = new Map<string, string>();
  for (const [name, calls] of twice) {
    const before = once.get(name) ?? 0;
    if (calls > fewest && calls > most * before)
      steeper.set(name, `${name || 'without a name'}: ${before} calls, then ${calls}`);
  }
  return steeper;
}

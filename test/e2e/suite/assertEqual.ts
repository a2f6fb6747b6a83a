/** Compares whole values; Node's `assert` does not exist in a web worker. */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual, null, 2), JSON.stringify(expected, null, 2)];
  if (left !== right) throw new Error(`expected\n${right}\nbut got\n${left}`);
}

import type { Value } from '../yaml/value.ts';

/**
 * Go templates' idea of truth, which decides whether a component is generated (`.gomplateignore_template`):
 * any text but the empty one is true, also `"no"` and `"false"`.
 */
export function isTrue(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0) return false;
  return (
    !(Array.isArray(value) && value.length === 0) &&
    !(typeof value === 'object' && Object.keys(value).length === 0)
  );
}

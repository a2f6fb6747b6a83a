/** `a, b, c and 3 more`; one more than fits is written out, since "and 1 more" is not shorter. */
export function atMost(names: readonly string[], limit: number): string {
  if (names.length <= limit + 1) return names.join(', ');
  return `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`;
}

/** `a`, `a and b`, `a, b, c and d`; of more than four the first three: `a, b, c and 3 more`. */
export function sayList(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.at(-1) ?? '';
  if (shown.length < 2) return last;
  return `${shown.slice(0, -1).join(', ')} and ${last}`;
}

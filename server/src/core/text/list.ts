/** `a, b, c and 3 more`; one more than fits is written out, since "and 1 more" is no shorter. */
export function atMost(names: readonly string[], limit: number): string {
  if (names.length <= limit + 1) return names.join(', ');
  return `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`;
}

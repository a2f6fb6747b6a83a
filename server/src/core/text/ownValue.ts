/**
 * What a table has under a name that a user may have written: `undefined` for `constructor`, `toString` and
 * the other names that every object answers to.
 */
export function ownValue<V>(table: { readonly [name: string]: V }, name: string): V | undefined {
  if (!Object.hasOwn(table, name)) return undefined;
  return table[name];
}

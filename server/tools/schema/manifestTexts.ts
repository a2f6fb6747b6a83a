/** Texts by the keys that the manifest has in their place, as `%key%`. */
export type ManifestTexts = Readonly<Record<string, string>>;

/** The properties of settings and tools that hold what people read. */
const textProperties = new Set([
  'description',
  'markdownDescription',
  'enumDescriptions',
  'markdownEnumDescriptions',
  'enumItemLabels',
  'displayName',
  'userDescription',
]);

/** What models read stays as it is, in English. */
const ofModels = 'inputSchema';

/** A part of the manifest with keys in place of its texts. A text that is there twice has one key. */
export function withKeys(
  part: unknown,
  prefix: string,
): { readonly part: unknown; readonly texts: ManifestTexts } {
  const keys = new Map<string, string>();
  const keyed = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value))
      return value.map((item: unknown, index) => keyed(item, [...path, nameOf(item, index)]));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (name === ofModels) return [name, inner];
      const isText = textProperties.has(name) && !isSchema(inner);
      return [name, isText ? keyOf(inner, [...path, name]) : keyed(inner, [...path, name])];
    });
    return Object.fromEntries(entries) as object;
  };
  const keyOf = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value))
      return value.map((item: unknown, index) => keyOf(item, [...path, String(index)]));
    if (typeof value !== 'string') return value;
    const key = keys.get(value) ?? [prefix, ...path.filter(isTelling)].join('.');
    keys.set(value, key);
    return `%${key}%`;
  };
  const result = keyed(part, []);
  return { part: result, texts: Object.fromEntries([...keys].map(([text, key]) => [key, text])) };
}

/** A property of the schema itself may be called `description`. */
function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Things in a list are called by their name, where they have one. */
function nameOf(item: unknown, index: number): string {
  if (typeof item === 'object' && item !== null && 'name' in item) return String(item.name);
  return String(index);
}

/** Whether a step says more than how a schema is written. */
function isTelling(step: string): boolean {
  return !['properties', 'items', 'additionalProperties'].includes(step);
}

import { isRecord, type Value } from '../yaml/value.ts';
import type { CatalogImage } from './types.ts';

/** A value that looks like an image value. */
export interface ImageShape {
  readonly path: string;
  readonly form: CatalogImage['form'];
}

const referenceShape =
  /^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*:\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?$/;

/**
 * The image values of any `default_values.yaml`, told by their shape alone: maps below `images` with a `repository`;
 * strings called `image`, `…Image` or `image….value` that are empty or a tagged reference; lists `image….options` of them.
 */
export function findImageShapes(defaults: Value): readonly ImageShape[] {
  const found: ImageShape[] = [];
  collect(defaults, [], found);
  return found;
}

function collect(value: Value, path: readonly string[], found: ImageShape[]): void {
  const form = formOf(value, path);
  if (form !== undefined) found.push({ path: path.join('.'), form });
  else if (isRecord(value))
    for (const [key, below] of Object.entries(value)) collect(below, [...path, key], found);
}

function formOf(value: Value, path: readonly string[]): CatalogImage['form'] | undefined {
  const [parent = '', key = ''] = [path.at(-2), path.at(-1)];
  if (isRecord(value)) {
    if (parent === 'images' && Object.hasOwn(value, 'repository')) return 'map';
    return undefined;
  }
  const inImageGroup = /^image/.test(parent);
  if (Array.isArray(value)) {
    if (inImageGroup && key === 'options' && value.length > 0 && value.every(isReference)) return 'list';
    return undefined;
  }
  if (/^image$|Image$/.test(key) && (value === '' || isReference(value))) return 'string';
  if (inImageGroup && key === 'value' && isReference(value)) return 'string';
  return undefined;
}

function isReference(value: Value): boolean {
  return typeof value === 'string' && referenceShape.test(value);
}

import { printPath, type Path } from '../yaml/nodes.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { CatalogIndex } from './catalogIndex.ts';

/** The value path with `[]` for each index, as facts about the items of lists have it. */
export function itemPattern(path: Path): string {
  return printPath(path).replace(/\[\d+\]/g, '[]');
}

/**
 * The keys of the maps that are at a pattern with `[]`, as far as the defaults and the templates of the release tell; empty
 * where they do not.
 */
export function itemKeys(catalog: CatalogIndex, pattern: string): readonly string[] {
  return [...(catalog.memo(keysByPattern).get(pattern) ?? [])];
}

function keysByPattern({ catalog }: CatalogIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new KeysByPattern();
  keys.addValue('', catalog.defaults);
  for (const { paths } of catalog.templates?.needs ?? []) for (const path of paths) keys.addPath(path);
  for (const { path } of catalog.itemRules ?? []) keys.addPath(path);
  return keys.found;
}

class KeysByPattern {
  readonly found = new Map<string, Set<string>>();

  addValue(pattern: string, value: Value): void {
    if (isList(value)) for (const item of value) this.addValue(`${pattern}[]`, item);
    if (!isRecord(value)) return;
    for (const [key, below] of Object.entries(value)) {
      this.#add(pattern, key);
      this.addValue(pattern === '' ? key : `${pattern}.${key}`, below);
    }
  }

  addPath(path: string): void {
    for (const { index } of path.matchAll(/\./g)) {
      const key = /^[^.[]+/.exec(path.slice(index + 1))?.[0];
      if (key !== undefined) this.#add(path.slice(0, index), key);
    }
  }

  #add(pattern: string, key: string): void {
    if (!pattern.includes('[]')) return;
    const known = this.found.get(pattern);
    if (known === undefined) this.found.set(pattern, new Set([key]));
    else known.add(key);
  }
}

import type { StackView } from '../../analysis/stackView.ts';
import type { WrittenKey } from '../../analysis/writtenKeys.ts';
import type { CatalogIndex } from '../../catalog/catalogIndex.ts';
import type { Component } from '../../catalog/types.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { isShared } from '../image/rewriteChanges.ts';
import { locationOfKey } from './locationOfKey.ts';

/** A null for the namespace of a component: the templates print it by `quote`, which makes the text "nil" of it. */
export function namespaceReport(view: StackView, key: WrittenKey): readonly Report[] {
  const { value } = key.pair;
  if (value.kind !== 'scalar' || value.type !== 'null') return [];
  const component = view.catalog.memo(componentsByNamespace).get(key.printed);
  if (component === undefined || !view.isEnabled(component)) return [];
  const message = `"${key.printed}" is null: the namespace will be called "nil"; remove the line or name one`;
  return [{ ...locationOfKey(key), severity: 'error', message, fixes: removal(key) }];
}

/** Whether a value path is that of a component's namespace. */
export function isNamespace(catalog: CatalogIndex, path: string): boolean {
  return catalog.memo(componentsByNamespace).has(path);
}

/** By the value path of their namespace; of several that share one, the first. */
function componentsByNamespace({ catalog }: CatalogIndex): ReadonlyMap<string, Component> {
  const found = new Map<string, Component>();
  for (const component of catalog.components) {
    const { namespacePath } = component;
    if (namespacePath !== undefined && !found.has(namespacePath)) found.set(namespacePath, component);
  }
  return found;
}

function removal({ layer, path }: WrittenKey): readonly Fix[] {
  if (isShared(layer, path)) return [];
  return [{ title: 'Remove the line', applies: 'choice', changes: () => [{ kind: 'remove', layer, path }] }];
}

import type { ObjectName } from './types.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';

/** The objects of Kubernetes in a value: itself, or those of lists, which may be in lists. What CRDs and Secrets have is not wanted. */
export function objectsIn(value: Value): readonly Value[] {
  if (isList(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [value];
  const { kind, items } = value;
  const isListed = typeof kind === 'string' && kind.endsWith('List') && isList(items);
  if (!isListed) return [value];
  return /^(?:CustomResourceDefinition|Secret)List$/.test(kind) ? [] : items.flatMap(objectsIn);
}

export function nameOf({ kind, metadata }: Readonly<Record<string, Value>>): ObjectName {
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return { kind: textOf(kind), name: textOf(name), namespace: textOf(namespace) || undefined };
}

/** Empty for what is not a text. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

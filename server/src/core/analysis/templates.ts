import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { TemplateCondition, TemplateForm } from '../catalog/types.ts';
import { isTrue } from '../go/truth.ts';
import { isTemplated } from '../stack/templated.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { StackView } from './stackView.ts';

/** Whether something holds; `undefined` where values decide that are not known. */
export type Truth = boolean | undefined;

/** What the templates of a release need of values, by value path. */
interface Needs {
  readonly byPath: ReadonlyMap<string, readonly Need[]>;
  /** Those of the items of lists, whose paths hold `[]`. */
  readonly ofItems: readonly ItemNeed[];
}

interface Need {
  readonly form: TemplateForm;
  readonly when: TemplateCondition | undefined;
}

export interface ItemNeed extends Need {
  readonly path: string;
}

/**
 * Whether generation fails when the value at a path is not of a form: `false` when no template reads it so as the stack is,
 * `undefined` when that rests on values that are not known. The path has indexes, or is that of no item.
 */
export function isNeeded(view: StackView, path: string, form: TemplateForm): Truth {
  const needs = view.catalog.memo(needsOf).byPath.get(path) ?? [];
  return some(needs.filter(need => need.form === form).map(({ when }) => (when ? holds(view, when) : true)));
}

/** Whether templates need the items of a list to be of a form. */
export function isItemNeeded(view: StackView, list: string, form: TemplateForm): boolean {
  return itemNeeds(view).some(need => need.path === `${list}[]` && need.form === form);
}

/** What templates need of the items of lists. */
export function itemNeeds({ catalog }: StackView): readonly ItemNeed[] {
  return catalog.memo(needsOf).ofItems;
}

/**
 * Whether a condition holds for the stack. `indexes` are what the `[]` of its paths stand for, from left to right. What other
 * layers may say counts as not known.
 */
export function holds(view: StackView, condition: TemplateCondition, indexes: readonly number[] = []): Truth {
  if ('all' in condition) return every(condition.all.map(part => holds(view, part, indexes)));
  if ('any' in condition) return some(condition.any.map(part => holds(view, part, indexes)));
  if ('not' in condition) {
    const truth = holds(view, condition.not, indexes);
    return truth === undefined ? undefined : !truth;
  }
  const value = knownValue(view, atIndexes('set' in condition ? condition.set : condition.path, indexes));
  if (value === undefined) return undefined;
  if ('set' in condition) return isTrue(value);
  if ('equals' in condition) return value === condition.equals;
  return condition.kind === 'map' ? isRecord(value) : typeof value === 'string';
}

/** The value paths that a condition looks at, in its order. */
export function pathsOf(condition: TemplateCondition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(pathsOf);
  if ('any' in condition) return condition.any.flatMap(pathsOf);
  if ('not' in condition) return pathsOf(condition.not);
  return ['set' in condition ? condition.set : condition.path];
}

/** `undefined`: not known. A missing value counts as null. */
function knownValue(view: StackView, path: string): Value | undefined {
  const { effective, stack, catalog } = view;
  if (catalog.catalog.pluginSwitches?.includes(path) === true) {
    if (stack.kind === 'application') return true;
    // Who does not name the repository of the output may well use the plugin.
    if (stack.kind !== 'command' && effective.isBase(path.split('.').slice(0, 2).join('.'))) return undefined;
  }
  if (isFragment(view) && effective.isBase(path)) return undefined;
  const at = effective.at(path);
  if (isTemplated(at)) return undefined;
  return effective.value(path) ?? null;
}

/** Whether there may be layers that are not among those of the stack. */
export function isFragment({ stack }: StackView): boolean {
  return stack.kind === 'standalone' || stack.isPartial === true;
}

/** A path of items with the indexes of the items. */
export function atIndexes(path: string, indexes: readonly number[]): string {
  let next = 0;
  return path.replaceAll('[]', brackets => {
    const index = indexes[next++];
    return index === undefined ? brackets : `[${index}]`;
  });
}

/** Every way to put indexes into a path of items, by the lists that the stack has. */
export function indexesOf(view: StackView, path: string): readonly (readonly number[])[] {
  let ways: readonly (readonly number[])[] = [[]];
  const [first = '', ...rest] = path.split('[]');
  let list = first;
  for (const part of rest) {
    const prefix = list;
    ways = ways.flatMap(way => {
      const length = lengthOf(view, atIndexes(prefix, way));
      return Array.from({ length }, (_, index) => [...way, index]);
    });
    list = `${list}[]${part}`;
  }
  return ways;
}

function lengthOf({ effective }: StackView, path: string): number {
  const node = effective.at(path)?.winner.node;
  return node?.kind === 'seq' ? node.items.length : 0;
}

function needsOf({ catalog }: CatalogIndex): Needs {
  const byPath = new Map<string, Need[]>();
  const ofItems: ItemNeed[] = [];
  for (const { form, when, paths } of catalog.templates?.needs ?? []) {
    for (const path of Object.keys(paths)) {
      if (path.includes('[]')) ofItems.push({ path, form, when });
      else byPath.set(path, [...(byPath.get(path) ?? []), { form, when }]);
    }
  }
  return { byPath, ofItems };
}

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

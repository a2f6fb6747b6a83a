import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { TemplateCheck, TemplateCondition, TemplateForm } from '../catalog/types.ts';
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

/** A check of a template, with the paths that it looks at. */
export interface PreparedCheck {
  readonly check: TemplateCheck;
  readonly paths: readonly string[];
  /** Those without what is below items, after their sections: when the defaults alone speak at all of them, they decide. */
  readonly sections: readonly string[];
  readonly bases: readonly string[];
  /** The path with most items; `''` where there are none. */
  readonly items: string;
  /** The defaults alone do not pass it. */
  readonly failsByDefault: boolean;
}

interface Need {
  readonly form: TemplateForm;
  readonly when: TemplateCondition | undefined;
}

export interface ItemNeed extends Need {
  readonly path: string;
  /** The outermost list. */
  readonly list: string;
}

/**
 * Whether generation fails when the value at a path is not of a form: `false` when no template reads it so as the stack is,
 * `undefined` when that rests on values that are not known. The path has indexes, or is that of no item.
 */
export function isNeeded(view: StackView, path: string, form: TemplateForm): Truth {
  const needs = view.catalog.memo(needsOf).byPath.get(path) ?? [];
  const ofForm = needs.filter(need => need.form === form);
  return some(ofForm, ({ when }) => when === undefined || holds(view, when));
}

/** Whether templates need the items of a list to be of a form. */
export function isItemNeeded(view: StackView, list: string, form: TemplateForm): boolean {
  return itemNeeds(view).some(need => need.path === `${list}[]` && need.form === form);
}

/** What templates need of the items of lists. */
export function itemNeeds({ catalog }: StackView): readonly ItemNeed[] {
  return catalog.memo(needsOf).ofItems;
}

/** The checks of the release's templates. */
export function templateChecks({ catalog }: StackView): readonly PreparedCheck[] {
  return catalog.memo(prepareChecks);
}

function prepareChecks(index: CatalogIndex): readonly PreparedCheck[] {
  return (index.catalog.templates?.checks ?? []).map(check => {
    const paths = pathsOf(check.when);
    const bases = [...new Set(paths.map(path => path.split('[]')[0] ?? path))];
    const sections = [...new Set(bases.map(path => path.split('.').slice(0, 2).join('.')))];
    const items = paths.reduce((most, path) => (depthOf(path) > depthOf(most) ? path : most), '');
    const failsByDefault = truthOf(check.when, path => index.defaultAt(path) ?? null) === true;
    return { check, paths, sections, bases, items, failsByDefault: items === '' && failsByDefault };
  });
}

/** Whether `deploykf generate` fails for what neither the defaults nor the layers of a stack say. */
export function lacksRequired(view: StackView): boolean {
  return templateChecks(view).some(
    ({ check, failsByDefault }) => failsByDefault && holds(view, check.when) === true,
  );
}

function depthOf(path: string): number {
  return path.split('[]').length - 1;
}

/**
 * Whether a condition holds for the stack. `indexes` are what the `[]` of its paths stand for, from left to right. What other
 * layers may say counts as not known.
 */
export function holds(view: StackView, condition: TemplateCondition, indexes: readonly number[] = []): Truth {
  return truthOf(condition, path => knownValue(view, atIndexes(path, indexes)));
}

/** The same where what other layers may say does not matter much: the defaults count for what the stack does not say. */
export function holdsOverDefaults(view: StackView, condition: TemplateCondition): Truth {
  return truthOf(condition, path => {
    const known = knownValue(view, path);
    return known === undefined && view.effective.isBase(path) ? view.effective.value(path) : known;
  });
}

function truthOf(condition: TemplateCondition, valueAt: (path: string) => Value | undefined): Truth {
  if ('all' in condition) return every(condition.all, part => truthOf(part, valueAt));
  if ('any' in condition) return some(condition.any, part => truthOf(part, valueAt));
  if ('not' in condition) {
    const truth = truthOf(condition.not, valueAt);
    return truth === undefined ? undefined : !truth;
  }
  const value = valueAt('set' in condition ? condition.set : condition.path);
  if (value === undefined) return undefined;
  if ('set' in condition) return isTrue(value);
  if ('equals' in condition) return value === condition.equals;
  return condition.kind === 'map' ? isRecord(value) : typeof value === 'string';
}

/** The value paths that a condition looks at, in its order. */
function pathsOf(condition: TemplateCondition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(pathsOf);
  if ('any' in condition) return condition.any.flatMap(pathsOf);
  if ('not' in condition) return pathsOf(condition.not);
  return ['set' in condition ? condition.set : condition.path];
}

/** `undefined`: not known. A missing value counts as null. */
function knownValue(view: StackView, path: string): Value | undefined {
  const { effective, stack, catalog } = view;
  const isPlugin = stack.kind === 'application';
  if (isPlugin && catalog.catalog.pluginSwitches?.includes(path) === true) return true;
  if (isFragment(view) && effective.isBase(path)) return undefined;
  const at = effective.at(path);
  // What is gone, or no section, takes its keys with it: that is reported at its own place.
  if (at === undefined && !isSection(view, path.slice(0, Math.max(path.lastIndexOf('.'), 0))))
    return undefined;
  if (isTemplated(at)) return undefined;
  return effective.value(path) ?? null;
}

function isSection({ effective }: StackView, path: string): boolean {
  return effective.at(path)?.winner.node.kind === 'map';
}

/** Whether there may be layers that are not among those of the stack. */
export function isFragment({ stack }: StackView): boolean {
  return stack.kind === 'standalone' || stack.missing !== undefined;
}

/** A path of items with the indexes of the items. */
export function atIndexes(path: string, indexes: readonly number[]): string {
  if (indexes.length === 0) return path;
  let next = 0;
  return path.replaceAll('[]', brackets => {
    const index = indexes[next++];
    return index === undefined ? brackets : `[${index}]`;
  });
}

const noIndexes: readonly (readonly number[])[] = [[]];

/** Every way to put indexes into a path of items, by the lists that the stack has. */
export function indexesOf(view: StackView, path: string): readonly (readonly number[])[] {
  let ways = noIndexes;
  if (path === '') return ways;
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
    for (const path of paths) {
      if (path.includes('[]')) ofItems.push({ path, list: path.slice(0, path.indexOf('[]')), form, when });
      else byPath.set(path, [...(byPath.get(path) ?? []), { form, when }]);
    }
  }
  return { byPath, ofItems };
}

function every<T>(parts: readonly T[], test: (part: T) => Truth): Truth {
  let truth: Truth = true;
  for (const part of parts) {
    const found = test(part);
    if (found === false) return false;
    if (found === undefined) truth = undefined;
  }
  return truth;
}

function some<T>(parts: readonly T[], test: (part: T) => Truth): Truth {
  let truth: Truth = false;
  for (const part of parts) {
    const found = test(part);
    if (found === true) return true;
    if (found === undefined) truth = undefined;
  }
  return truth;
}

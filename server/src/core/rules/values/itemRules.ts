import { atIndexes, indexesOf, isFragment } from '../../analysis/templates.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { ItemRule, KeyRule } from '../../catalog/types.ts';
import { userSay } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { YamlScalar } from '../../yaml/nodes.ts';
import { firstLine } from './itemForms.ts';

/** Items whose values the templates refuse, such as a member of a profile who is not a user. */
export function itemRuleReports(view: StackView): readonly Report[] {
  return (view.catalog.catalog.itemRules ?? []).flatMap(rule => {
    if (rule.kind === 'key') return [];
    const lists = [rule.path, ...(rule.kind === 'reference' ? [rule.to] : [])].map(outermost);
    const written = lists.filter(list => !view.effective.isBase(list));
    // Another file may replace the list that is not in this one.
    if (written.length === 0 || (isFragment(view) && written.length < lists.length)) return [];
    return reportRule(view, rule);
  });
}

type Demand = Exclude<ItemRule, KeyRule>;

function reportRule(view: StackView, rule: Demand): readonly Report[] {
  const seen = new Map<string, string>();
  const known = rule.kind === 'reference' ? valuesAt(view, rule.to) : undefined;
  if (rule.kind === 'reference' && known === undefined) return [];
  const reports: Report[] = [];
  for (const indexes of indexesOf(view, rule.path)) {
    const path = atIndexes(rule.path, indexes);
    const value = valueAt(view, path);
    if (value === undefined) continue;
    const problem = problemOf(rule, value, { first: seen.get(String(value)), known });
    if (!seen.has(String(value))) seen.set(String(value), path);
    const place = problem === undefined ? undefined : placeOf(view, rule, path);
    if (place !== undefined)
      reports.push({ ...place, path, message: `"${path}" ${problem}: generation fails` });
  }
  return reports;
}

type Scalar = NonNullable<YamlScalar['value']>;

interface Others {
  /** The path of the first item with the same value. */
  readonly first: string | undefined;
  readonly known: ReadonlySet<string> | undefined;
}

function problemOf(rule: Demand, value: Scalar, { first, known }: Others): string | undefined {
  switch (rule.kind) {
    case 'unique':
      return first === undefined ? undefined : `is the same as "${first}"`;
    case 'reference': {
      const [, key = ''] = rule.to.split('[].');
      return known?.has(String(value)) === true
        ? undefined
        : `names none of "${outermost(rule.to)}" by its "${key}"`;
    }
    case 'choice': {
      const isChoice = typeof value === 'string' && rule.choices.includes(value);
      return isChoice ? undefined : `must be ${rule.choices.join(' or ')}`;
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
  }
}

/** Where the user wrote the item, or the list that lacks what a default names. */
function placeOf(view: StackView, rule: ItemRule, path: string): ReturnType<typeof firstLine> {
  const paths = rule.kind === 'reference' ? [path, outermost(rule.to)] : [path];
  for (const candidate of paths) {
    const say = userSay(view.effective.at(candidate));
    if (say !== undefined) return firstLine(say);
  }
  return undefined;
}

/** `undefined` where one of the values is not known. */
function valuesAt(view: StackView, path: string): ReadonlySet<string> | undefined {
  const values = new Set<string>();
  for (const indexes of indexesOf(view, path)) {
    const item = atIndexes(path, indexes);
    if (isTemplated(view.effective.at(item))) return undefined;
    const value = valueAt(view, item);
    if (value !== undefined) values.add(String(value));
  }
  return values;
}

/** What is written as a scalar, and neither null nor filled in by a template. */
function valueAt({ effective }: StackView, path: string): Scalar | undefined {
  const at = effective.at(path);
  if (at?.winner.node.kind !== 'scalar' || isTemplated(at)) return undefined;
  return at.winner.node.value ?? undefined;
}

function outermost(path: string): string {
  return path.slice(0, path.indexOf('[]'));
}

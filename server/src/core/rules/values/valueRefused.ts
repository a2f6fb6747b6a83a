import {
  atIndexes,
  holds,
  holdsOverDefaults,
  indexesOf,
  isFragment,
  templateChecks,
  type PreparedCheck,
} from '../../analysis/templates.ts';
import { isTrue } from '../../go/truth.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { TemplateCheck } from '../../catalog/types.ts';
import { nearestLocation, parsesWhole, userSay, type ReportLocation } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';
import { isShared } from '../image/rewriteChanges.ts';
import { firstLine } from './itemForms.ts';
import { itemRuleReports } from './itemRules.ts';

/** Values that the templates of the release refuse by a check of their own. */
export const valueRefused: StackRule = {
  subject: 'stack',
  code: 'value-refused',
  severity: 'error',
  doc: {
    summary: 'Values that deployKF refuses, so that generation fails',
    why: [
      'Templates of deployKF check some values and stop with an error: a component that others need is off, a',
      'Secret that is to be generated has no name, two values do not go together. The checks are those of the',
      'release. A values file that is in no stack is judged by what it says itself: what it lacks may be in',
      'another file.',
    ].join('\n'),
    bad: 'deploykf_core:\n  deploykf_auth:\n    enabled: false\n',
    good: 'deploykf_core:\n  deploykf_auth:\n    enabled: true\n',
    fix: 'Writes `true` where nothing else is possible.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  // What is absent from a text that does not parse may only be hidden.
  if (!parsesWhole(view)) return [];
  return [...templateChecks(view).flatMap(prepared => reportCheck(view, prepared)), ...itemRuleReports(view)];
}

function reportCheck(view: StackView, prepared: PreparedCheck): readonly Report[] {
  const { check: item, paths, sections, bases, items, failsByDefault } = prepared;
  const { effective } = view;
  if (failsByDefault && !isToBeComplete(view, paths)) return [];
  const isUntouched =
    sections.every(path => effective.isBase(path)) || bases.every(path => effective.isBase(path));
  if (isUntouched && (isFragment(view) || !failsByDefault)) return [];
  return indexesOf(view, items).flatMap(indexes => {
    const isRefused = isOfWrongKind(item)
      ? holdsOverDefaults(view, item.when)
      : holds(view, item.when, indexes);
    if (isRefused !== true) return [];
    return reportAtPaths(
      view,
      item,
      paths.map(path => atIndexes(path, indexes)),
    );
  });
}

/** A value of a kind that is refused whatever else a stack says; a text that is not a map is reported as well. */
function isOfWrongKind({ message }: TemplateCheck): boolean {
  return message.endsWith('must be string or map, but got %s');
}

/**
 * Whether what the defaults lack has to be in the values: `deploykf generate` is run on them, or its section is begun. Otherwise the
 * ArgoCD plugin may generate, which does without, and upstream's own samples leave it empty for that.
 */
function isToBeComplete({ stack, effective }: StackView, paths: readonly string[]): boolean {
  if (stack.kind === 'command') return true;
  const section = (paths.at(-1) ?? '').split('.').slice(0, -1).join('.');
  if (effective.isBase(section)) return false;
  return effective.keys(section).some(key => isTrue(effective.value(`${section}.${key}`) ?? null));
}

function reportAtPaths(view: StackView, item: TemplateCheck, paths: readonly string[]): readonly Report[] {
  const named = [...item.message.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);
  const deepest = Math.max(...paths.map(depthOf));
  const own = paths.filter(path => depthOf(path) === deepest);
  const subjects = [...named.filter(name => own.includes(name)), ...own];
  const path = subjects.find(subject => userSay(view.effective.at(subject)) !== undefined) ?? subjects[0];
  const place = path === undefined ? undefined : placeOf(view, path);
  if (path === undefined || place === undefined) return [];
  const fixes = fixesOf(view, item, path);
  return [{ ...place, path, message: `${sayCheck(item.message, path)}: generation fails`, fixes }];
}

/** What is written, what holds the item that lacks it, or the nearest key. */
function placeOf(view: StackView, path: string): ReportLocation | undefined {
  const item = path.slice(0, Math.max(path.lastIndexOf(']') + 1, 0));
  for (const candidate of [item, path]) {
    const say = candidate === '' ? undefined : userSay(view.effective.at(candidate));
    const place = say && firstLine(say);
    if (place !== undefined) return place;
  }
  return nearestLocation(view, path);
}

/** deployKF's words, without what it prints of the values. */
function sayCheck(message: string, path: string): string {
  const unset = /^required value is unset: `(.+)`$/.exec(message)?.[1];
  if (unset !== undefined) return `"${unset}" must be set`;
  const said = message
    .replace(/, but .*$/, '')
    .replace(/ \([^()]*%[sd][^()]*\)/, '')
    .replaceAll('[%d]', '')
    .replace(/^([^(]*)\)$/, '$1')
    .replaceAll('`.Values.', '`')
    .replaceAll('`', '"');
  return path.includes('[') ? `"${path.replace(/(\])[^\]]*$/, '$1')}": ${said}` : said;
}

/** Where the check is only that a switch is on. */
function fixesOf(view: StackView, { when }: TemplateCheck, path: string): readonly Fix[] {
  const layer = userSay(view.effective.at(path))?.layer;
  const isOnly = 'not' in when && 'set' in when.not && when.not.set === path;
  if (!isOnly || layer === undefined || view.catalog.defaultAt(path) !== true) return [];
  const keys = path.split('.');
  if (isShared(layer, keys)) return [];
  const change = { kind: 'set' as const, layer, path: keys, value: true };
  return [{ title: 'Write true', applies: 'choice', changes: () => [change] }];
}

function depthOf(path: string): number {
  return path.split('[').length;
}

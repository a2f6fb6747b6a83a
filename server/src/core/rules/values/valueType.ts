import { isItemNeeded, isNeeded } from '../../analysis/templates.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { KeyContent, WrittenKey } from '../../analysis/writtenKeys.ts';
import { typeOf, type CatalogIndex, type ValueType } from '../../catalog/catalogIndex.ts';
import type { Report } from '../../findings/finding.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import type { Value } from '../../yaml/value.ts';
import type { StackRule } from '../rule.ts';
import { imageReport, isImageFine } from './imageForm.ts';
import { isLeftToTemplates } from './isLeftToTemplates.ts';
import { holdsMap, itemReports } from './itemForms.ts';
import { isNamespace, namespaceReport } from './namespaceReport.ts';
import { listOfTextFix } from './manifestFixes.ts';
import { kindOf } from './kindOf.ts';
import { overrideReports } from './overrideShapes.ts';
import { locationOfKey } from './locationOfKey.ts';
import { effectOf, effectOnReader, failure } from './needed.ts';
import { isSwitch, switchReport } from './switchReport.ts';

/** A value of another type than the release's default. */
export const valueType: StackRule = {
  subject: 'stack',
  code: 'value-type',
  severity: 'warning',
  doc: {
    summary: 'A value with a different type than the release expects',
    why: [
      'A string or list instead of a section makes generation fail where a template reads the keys below, and a',
      'section instead of a string is printed as Go prints maps. What the templates of each release need is',
      'read from them: an item of `extraManifests` is a text, a user has `id` and `email`. A switch must be `true` or `false`: `no`, `off` and `"false"` are',
      'strings to deployKF, and where it decides what to generate, every string but the empty one counts',
      'as true. In `valuesOverrides`, Helm removes a key that is null, and stops at a text where a chart reads a map.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  katib:\n    enabled: no\n',
    good: 'kubeflow_tools:\n  katib:\n    enabled: false\n',
    fix: 'Writes the boolean that the word means, splits an image into repository and tag, or makes a list of one text.',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const found = view.writtenWhere(mayBeWrong).flatMap(key => {
    if (key.expected === undefined) return [];
    if (isLeftAlone(key)) return isUsed(view, key) ? namespaceReport(view, key) : [];
    const reports = reportKey(view, key, key.expected);
    if (reports.length === 0 || !isUsed(view, key)) return [];
    if (key.anchored === 'shared') return reports.map(report => ({ ...report, fixes: [] }));
    return reports;
  });
  return [...found, ...itemReports(view), ...overrideReports(view)];
}

/** Whether a key is not simply of the type that is expected: what of it is wrong then, the stack decides. */
function mayBeWrong(
  { expected, pair: { value }, printed, isOpen, image }: KeyContent,
  catalog: CatalogIndex,
): boolean {
  if (expected === undefined || value.kind === 'alias') return false;
  if (value.kind === 'scalar' && value.type === 'null') return isNamespace(catalog, printed);
  if (image !== undefined) return !isImageFine(image, printed, value);
  if (isOpen && Array.isArray(expected)) return value.kind !== 'seq';
  if (isOpen) return value.kind === 'scalar';
  const type = typeOf(expected);
  if (type === 'map') return value.kind !== 'map';
  if (value.kind !== 'scalar') return true;
  if (type === 'string') return typeof value.value !== 'string';
  return type === 'boolean' && !isSwitch(value);
}

function reportKey(view: StackView, key: WrittenKey, expected: Value): readonly Report[] {
  if (key.image !== undefined) return imageReport(view, key, key.image);
  if (key.printed.startsWith('deploykf_dependencies.kyverno.clusterPolicies')) return [];
  if (key.isOpen) return openReport(view, key, expected);
  return reportType(view, key, typeOf(expected));
}

/** What a stronger layer replaces does no harm. */
function isUsed({ effective }: StackView, { path, pair }: WrittenKey): boolean {
  return effective.at(path)?.parts.some(part => part.pair === pair) === true;
}

/** An open section takes a map or a text, and which of them only its templates know; only lists are sure. */
function openReport(view: StackView, key: WrittenKey, expected: Value): readonly Report[] {
  const node = key.pair.value;
  if (!Array.isArray(expected)) return yamlReport(view, key);
  if (node.kind === 'seq') return [];
  // To templates, an empty map is as false as an empty list.
  if (node.kind === 'map' && node.pairs.length === 0) return [];
  const form = node.kind === 'map' ? 'present' : 'list';
  const { severity, text } = effectOfMap(view, key, node) ?? effectOf(view, key.printed, form);
  const message = `"${key.printed}" must be a list, not ${kindOf(node)}${text}`;
  return [
    {
      ...locationOfKey(key),
      message,
      severity,
      fixes: isItemNeeded(view, key.printed, 'string') ? listOfTextFix(key) : [],
    },
  ];
}

/** A map is gone through by its values, which then have to be what the items should be. */
function effectOfMap(
  view: StackView,
  key: WrittenKey,
  node: YamlNode,
): ReturnType<typeof effectOf> | undefined {
  const truth = isNeeded(view, key.printed, 'list');
  if (node.kind !== 'map' || truth === false) return undefined;
  const hasOther = (form: 'string' | 'map', isFine: (value: YamlNode) => boolean): boolean =>
    isItemNeeded(view, key.printed, form) && node.pairs.some(({ value }) => !isFine(value));
  const fails =
    hasOther('string', value => value.kind === 'scalar' && typeof value.value === 'string') ||
    hasOther('map', value => value.kind === 'map');
  return fails ? failure(view, key.printed, truth) : undefined;
}

/** A text that is filled in and read as YAML has to hold a map. */
function yamlReport(view: StackView, key: WrittenKey): readonly Report[] {
  if (holdsMap(key.pair.value)) return [];
  const truth = isNeeded(view, key.printed, 'yaml');
  if (truth === false) return [];
  const { severity, text } = failure(view, key.printed, truth);
  const message = `"${key.printed}" must be a map, or a text with one${text}`;
  return [{ ...locationOfKey(key), message, severity, fixes: [] }];
}

function reportType(view: StackView, key: WrittenKey, expected: ValueType): readonly Report[] {
  const node = key.pair.value;
  if (expected === 'null') return [];
  if (expected === 'map') {
    if (node.kind === 'map') return [];
    const { severity, text } = effectOnReader(view, key.printed) ?? effectOf(view, key.printed, 'map');
    const message = `"${key.printed}" must be a map, not ${kindOf(node)}${text}`;
    return [{ ...locationOfKey(key), message, severity }];
  }
  const isCompared = expected === 'string' && !(node.kind === 'scalar' && typeof node.value === 'string');
  const effect = isCompared ? effectOf(view, key.printed, 'comparable') : undefined;
  if (node.kind !== 'scalar' || effect?.severity === 'error') {
    const message = `"${key.printed}" must be ${article(expected)}, not ${kindOf(node)}${effect?.text ?? ''}`;
    return [{ ...locationOfKey(key), message, ...(effect && { severity: effect.severity }) }];
  }
  if (expected === 'boolean' && !isSwitch(node)) return [switchReport(view, key, node)];
  return [];
}

/** Aliases, nulls (which have a rule of their own) and what another tool fills in. */
function isLeftAlone({ layer, pair: { value } }: WrittenKey): boolean {
  if (value.kind === 'alias' || isLeftToTemplates(layer, value)) return true;
  return value.kind === 'scalar' && value.type === 'null';
}

function article(type: ValueType): string {
  const names = {
    boolean: 'true or false',
    number: 'a number',
    string: 'a string',
    list: 'a list',
    map: 'a map',
    null: 'a value',
  };
  return names[type];
}

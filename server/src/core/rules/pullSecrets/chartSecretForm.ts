import type { StackView } from '../../analysis/stackView.ts';
import { effectiveLocation, reportAt } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { isUnset } from '../../go/print.ts';
import { show } from '../../pullSecrets/explain.ts';
import {
  belowOverrides,
  handedBesideImages,
  handedValues,
  type HandedValue,
} from '../../pullSecrets/reach.ts';
import { secretNameProblem } from '../../secrets/names.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { hasTemplate, isTemplated } from '../../stack/templated.ts';
import { formatFlow, formatText } from '../../yaml/format.ts';
import type { YamlMap, YamlScalar } from '../../yaml/nodes.ts';
import { isList, isRecord, type Value } from '../../yaml/value.ts';
import { replaceValue } from '../../yaml/write.ts';
import { editFix, wrapInList } from './pullSecretChanges.ts';

/** The Secrets that `valuesOverrides` hand to charts in another form than these take, by the value path of the key. */
export function misformedSecrets(view: StackView): ReadonlyMap<string, readonly Report[]> {
  return view.memo(findMisformed);
}

function findMisformed(view: StackView): ReadonlyMap<string, readonly Report[]> {
  const misformed = new Map<string, readonly Report[]>();
  for (const component of view.catalog.catalog.components) {
    const overrides = view.effective.at(`${component.path}.valuesOverrides`);
    if (!view.isEnabled(component) || overrides?.winner.layer.file === undefined) continue;
    const ofImages = view.imagesOf(component).flatMap(entry => handedValues(view, entry));
    for (const handed of [...ofImages, ...handedBesideImages(view, component)]) {
      const path = handed.path.join('.');
      const reports = misformed.has(path) ? [] : reportsOf(view, handed);
      if (reports.length > 0) misformed.set(path, reports);
    }
  }
  return misformed;
}

/** What a chart is handed, with the value path and how it is called in a message: the path below `valuesOverrides`. */
interface Named extends HandedValue {
  readonly text: string;
  readonly label: string;
}

function reportsOf(view: StackView, handed: HandedValue): readonly Report[] {
  const { key, path, value, at } = handed;
  if (isUnset(value) || isTemplated(at)) return [];
  const named = { ...handed, text: path.join('.'), label: belowOverrides(path) };
  if (key.form === 'name') return reportName(named);
  if (!isList(value)) return reportList(named);
  const reports = value.flatMap((item, index) => reportItem(view, named, item, index));
  return view.effective.at(named.text) === undefined ? reports.slice(0, 1) : reports;
}

const refused = 'Kubernetes refuses what the chart makes of it';

function reportName({ text, label, value, at }: Named): readonly Report[] {
  if (typeof value === 'string') return reportWrongName(value, { label, path: text, at });
  if (!isList(value) && !isRecord(value)) return [];
  const effect = isList(value) ? refused : 'no Secret has the name that the chart makes of it';
  const message = `${label}: must be the name of one Secret, not ${show(value)}: ${effect}`;
  const names = isList(value) ? value.map(nameOf) : [nameOf(value)];
  const [name] = names;
  const fixes = names.length === 1 && name !== undefined ? replaceFixes(at, name) : [];
  return reportAt(effectiveLocation(at), { message, path: text, fixes });
}

/** A chart of Istio goes through the values of a map as it does through a list. */
function reportList({ key, text, label, value, at }: Named): readonly Report[] {
  if (key.form === 'names' && isRecord(value)) return [];
  const [what, effect] =
    key.form === 'names' ? ['names', 'Helm stops with an error'] : ['maps with "name"', refused];
  const message = `${label}: must be a list of ${what}, not ${show(value)}: ${effect}`;
  return reportAt(effectiveLocation(at), { message, path: text, fixes: listFixes(at, value, key.form) });
}

function listFixes(at: EffectiveValue, value: Value, form: Named['key']['form']): readonly Fix[] {
  const { node, written } = at.winner;
  if (typeof value === 'string') {
    if (secretNameProblem(value) !== undefined) return [];
    return replaceFixes(at, form === 'names' ? [value] : [{ name: value }]);
  }
  if (nameOf(value) === undefined || node.kind !== 'map' || written !== node || at.parts.length > 1)
    return [];
  const title = 'Make it a list with one item';
  return editFix(at.winner, { title, applies: 'all' }, file => wrapInList(file, node));
}

/** In a text of `valuesOverrides` an item has no place of its own. */
function reportItem(view: StackView, named: Named, item: Value, index: number): readonly Report[] {
  const { key, text, label, at } = named;
  const isRight = key.form === 'objects' ? isRecord(item) : typeof item === 'string';
  const own = view.effective.at(`${text}[${index}]`);
  const name = isRecord(item) ? item['name'] : item;
  if (isRight && typeof name === 'string' && !isTemplated(own) && !hasTemplate(name))
    return reportWrongName(name, { label, path: `${text}[${index}]`, at: own ?? at });
  if (isRight || item === null || isTemplated(own)) return [];
  const what =
    key.form === 'objects' ? 'an item must be a map with "name"' : 'an item must be the name of a Secret';
  const effect = isRecord(item) ? 'no Secret has the name that the chart makes of it' : refused;
  return reportAt(effectiveLocation(own ?? at), {
    message: `${label}: ${what}, not ${show(item)}: ${effect}`,
    path: `${text}[${index}]`,
    fixes: own === undefined ? [] : itemFixes(at, own, item),
  });
}

interface NamePlace {
  readonly label: string;
  readonly path: string;
  readonly at: EffectiveValue;
}

/** A name that no Secret can have. */
function reportWrongName(name: string, { label, path, at }: NamePlace): readonly Report[] {
  const problem = name === '' ? undefined : secretNameProblem(name);
  if (problem === undefined) return [];
  const message = `${label}: no Secret can be named ${JSON.stringify(name)}: ${problem}`;
  return reportAt(effectiveLocation(at), { message, path });
}

function itemFixes(list: EffectiveValue, item: EffectiveValue, value: Value): readonly Fix[] {
  const { node, written } = item.winner;
  const name = nameOf(value);
  if (written !== node || name === undefined) return [];
  if (node.kind === 'map') return nameFixes(item, node, name);
  const seq = list.winner.node;
  if (node.kind !== 'scalar' || node.style === 'literal' || node.style === 'folded') return [];
  return mapFixes(item, node, name, seq.kind === 'seq' && seq.flow);
}

function mapFixes(item: EffectiveValue, node: YamlScalar, name: string, isFlow: boolean): readonly Fix[] {
  let newText = `name: ${formatText(name)}`;
  if (isFlow) newText = formatFlow({ name }, node.style === 'double' ? 'json' : 'plain');
  return editFix(item.winner, { title: `Write ${newText}`, applies: 'all' }, () => [
    { span: node.span, newText },
  ]);
}

function nameFixes(item: EffectiveValue, { pairs, flow, span }: YamlMap, name: string): readonly Fix[] {
  const [pair] = pairs;
  if (pairs.length !== 1 || pair?.value.kind !== 'scalar') return [];
  const { key, value } = pair;
  const newText = formatText(name, value.style);
  const place = flow ? span : { start: key.span.start, end: value.span.end };
  return editFix(item.winner, { title: `Write ${newText}`, applies: 'all' }, () => [
    { span: place, newText },
  ]);
}

function replaceFixes(at: EffectiveValue, value: Value): readonly Fix[] {
  const { pair, node, written } = at.winner;
  if (written !== node) return [];
  const title = `Write ${typeof value === 'string' ? value : formatFlow(value)}`;
  return editFix(at.winner, { title, applies: 'all' }, ({ source }) => [
    pair && replaceValue(pair, value, source),
  ]);
}

/** The Secret that a name, or a map with nothing but a name, means; `undefined`: nothing that can be one. */
function nameOf(value: Value | undefined): string | undefined {
  const name = isRecord(value) && Object.keys(value).length === 1 ? value['name'] : value;
  if (typeof name !== 'string' || secretNameProblem(name) !== undefined) return undefined;
  return name;
}

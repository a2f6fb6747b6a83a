import { upTo } from '../../text/cut.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { KeyContent, WrittenKey } from '../../analysis/writtenKeys.ts';
import { visit, type Anchors } from '../../yaml/lookup.ts';
import type { YamlSeq } from '../../yaml/nodes.ts';
import { valueOf, type Value } from '../../yaml/value.ts';
import type { Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

/** A list that replaces a default list whose entries matter. */
export const valueListReplaced: StackRule = {
  subject: 'stack',
  code: 'value-list-replaced',
  severity: 'hint',
  doc: {
    summary: 'A list that replaces the entries of the default list',
    why: [
      'deployKF merges sections key by key, but a list replaces the one before it as a whole. Entries of',
      'the default list that are not repeated are gone. Often that is intended, so this is only a hint.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  notebooks:\n    spawnerFormDefaults:\n      image:\n        options:\n          - registry.example.com/jupyter:v1\n',
    good: 'kubeflow_tools:\n  notebooks:\n    spawnerFormDefaults:\n      image:\n        value: registry.example.com/jupyter:v1\n',
  },
  check,
};

function check(view: StackView): readonly Report[] {
  const { exampleLists } = view.catalog.catalog;
  return view.writtenWhere(mayLose).flatMap(key => {
    const { expected, pair, path } = key;
    if (!Array.isArray(expected) || exampleLists.includes(key.printed)) return [];
    if (view.effective.at(path)?.winner.written !== pair.value) return [];
    return listReport(key, expected);
  });
}

/** Whether a list in the place of another one has not all of its entries; what aliases stand for is not looked at. */
function mayLose({ expected, pair: { value } }: KeyContent): boolean {
  if (!Array.isArray(expected) || value.kind !== 'seq') return false;
  return hasAlias(value) || lostOf(value, expected, noAnchors).length > 0;
}

const noAnchors: Anchors = new Map();

function hasAlias(list: YamlSeq): boolean {
  let has = false;
  visit(list, ({ kind }) => {
    has ||= kind === 'alias';
  });
  return has;
}

function lostOf({ items }: YamlSeq, expected: readonly Value[], anchors: Anchors): readonly string[] {
  const own = new Set(items.map(item => nameOf(valueOf(item, anchors))));
  return expected.map(nameOf).filter(name => !own.has(name));
}

/** The pull-secret rules say more about the list of excluded namespaces. */
function listReport(key: WrittenKey, expected: readonly Value[]): readonly Report[] {
  const { value } = key.pair;
  if (value.kind !== 'seq' || key.printed.endsWith('imagePullSecrets.excludeNamespaces')) return [];
  if (isFilledIn(key, value)) return [];
  const lost = lostOf(value, expected, key.layer.anchors);
  if (lost.length === 0) return [];
  const shown = lost.slice(0, 3).join(', ') + (lost.length > 3 ? ', …' : '');
  return [
    {
      message: `This list replaces the default one: ${sayLost(lost.length, expected.length)} gone (${shown})`,
      uri: key.uri,
      span: key.pair.key.span,
      path: key.printed,
    },
  ];
}

/** Whether lines of a template make items, such as a loop, so that it is not known which there are. */
function isFilledIn({ layer, pair }: WrittenKey, list: YamlSeq): boolean {
  const text = layer.file?.text ?? '';
  const inside = text.slice(pair.key.span.end, list.span.end);
  const after = text.slice(list.span.end);
  return (
    /\{%[-+]?\s*for\s|\{\{-?\s*range\s|%\{~?\s*for\s/.test(inside) ||
    /\n[ \t]*(?:\{[{%]|[$%]\{)/.test(inside) ||
    /^[^\n]*\n[ \t]*(?:\{[{%]|[$%]\{)/.test(after)
  );
}

function sayLost(lost: number, all: number): string {
  if (all === 1) return 'its only entry is';
  return `${lost} of its ${all} entries ${lost === 1 ? 'is' : 'are'}`;
}

/** What tells an entry from the others: its text without registry and tag for images, its name for maps. */
function nameOf(value: Value): string {
  if (typeof value === 'string') return upTo(value.slice(value.lastIndexOf('/') + 1), ':@');
  if (value !== null && typeof value === 'object' && 'name' in value && typeof value.name === 'string')
    return value.name;
  return JSON.stringify(value);
}

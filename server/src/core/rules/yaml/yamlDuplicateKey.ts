import { partsOf } from '../../stack/fileParts.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import { isConfidential } from '../../redaction/redact.ts';
import { isMergeKey, repeatedPairs, visit, type RepeatedPair } from '../../yaml/lookup.ts';
import {
  keyText,
  printPath,
  type Path,
  type YamlMap,
  type YamlNode,
  type YamlPair,
} from '../../yaml/nodes.ts';
import { removePair } from '../../yaml/remove.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { TextRule } from '../rule.ts';

/** The same key twice in one map. */
export const yamlDuplicateKey: TextRule = {
  subject: 'text',
  code: 'yaml-duplicate-key',
  severity: 'error',
  doc: {
    summary: 'The same key twice in one map',
    why: [
      'deployKF reads values with a strict YAML reader: one repeated key, anywhere in the file, and it',
      'stops with `mapping key already defined`. The same goes for a second `<<`: write one, with a list',
      'of aliases. A key that only comes from a merge key is not a repetition.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  katib:\n    enabled: true\n    enabled: false\n',
    good: 'kubeflow_tools:\n  katib:\n    enabled: false\n',
    fix: 'Removes one of the two: the second where both are the same, otherwise the one that you choose.',
  },
  check: ({ file, isLayer }) => {
    // Of two branches of a template only one is there.
    if (!isLayer || file.hasTemplateLines) return [];
    const reports: Report[] = [];
    const parts = partsOf(file);
    const isFine = (pair: YamlPair): boolean =>
      parts.get(pair)?.part.once(yamlDuplicateKey, () => !hasRepeated(pair.value, isFine)) === true;
    visit(
      file.root,
      (node, path) => {
        if (node.kind === 'map') reports.push(...checkMap(file, node, path));
      },
      isFine,
    );
    return reports;
  },
};

/** What is below a pair that `isFine` is left out. */
function hasRepeated(root: YamlNode, isFine: (pair: YamlPair) => boolean): boolean {
  let has = false;
  visit(
    root,
    node => {
      if (node.kind === 'map' && repeatedPairs(node).length > 0) has = true;
    },
    isFine,
  );
  return has;
}

function checkMap(file: ValuesFile, map: YamlMap, path: () => Path): readonly Report[] {
  return repeatedPairs(map).map(({ before, pair }) =>
    report(file, { map, before, pair, path: [...path(), keyText(pair.key)] }),
  );
}

interface Repeated extends RepeatedPair {
  readonly map: YamlMap;
  readonly path: Path;
}

function report(file: ValuesFile, repeated: Repeated): Report {
  const { before, pair, path } = repeated;
  const line = file.source.positionAt(before.key.span.start).line + 1;
  const advice = isMergeKey(pair.key) ? 'write one with a list' : 'remove one of them';
  return {
    message: `"${keyText(pair.key)}" is already on line ${line}, deployKF refuses the whole file: ${advice}`,
    uri: file.uri,
    span: pair.key.span,
    path: printPath(path),
    related: [{ uri: file.uri, span: before.key.span, message: 'The first one' }],
    fixes: fixesOf(file, repeated),
  };
}

/** Whole sections are for a person to bring together. */
function fixesOf(file: ValuesFile, { map, before, pair }: Repeated): readonly Fix[] {
  if (before.value.kind !== 'scalar' || pair.value.kind !== 'scalar') return [];
  const key = keyText(pair.key);
  const isSame = before.value.source === pair.value.source && before.value.type === pair.value.type;
  if (isSame) return [removal(file, { map, pair, title: `Remove the second "${key}"`, applies: 'all' })];
  // Titles are shown and logged.
  const isHidden = isConfidential(file, before.value.span) || isConfidential(file, pair.value.span);
  const keep = (text: string, place: string): string => {
    if (isHidden) return `Keep the ${place} "${key}"`;
    return `Keep "${key}: ${text}"`;
  };
  return [
    removal(file, { map, pair: before, title: keep(pair.value.source, 'second'), applies: 'choice' }),
    removal(file, { map, pair, title: keep(before.value.source, 'first'), applies: 'choice' }),
  ];
}

interface Removal {
  readonly map: YamlMap;
  readonly pair: YamlPair;
  readonly title: string;
  readonly applies: Fix['applies'];
}

function removal(file: ValuesFile, { map, pair, title, applies }: Removal): Fix {
  const changes: Fix['changes'] = () => {
    const edit = removePair(file.source, map, pair);
    if (edit === undefined) return [];
    return [{ kind: 'edit', uri: file.uri, edits: [edit] }];
  };
  return { title, applies, changes };
}

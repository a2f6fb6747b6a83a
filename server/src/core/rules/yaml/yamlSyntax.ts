import type { Span } from '../../text/span.ts';
import type { ValuesFile } from '../../stack/valuesFile.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import { reportAt } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import type { TextRule } from '../rule.ts';
import { wrongMergeSources } from './wrongMergeSources.ts';

/** What the YAML parser says, and a file that is YAML but cannot be merged. */
export const yamlSyntax: TextRule = {
  subject: 'text',
  code: 'yaml-syntax',
  severity: 'error',
  doc: {
    summary: 'A file that is not YAML, or not a map of values',
    why: [
      'deployKF stops at a values file that it cannot read: nothing is generated, not even from the other',
      'files. The same happens with an alias without its anchor (`unknown anchor`), with a `<<` that is',
      'neither a map nor a list of maps (`map merge requires map`), and with a file that is a list or a',
      'string (`can only merge maps`). An empty file is fine.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  pipelines:\n    enabled: [true\n',
    good: 'kubeflow_tools:\n  pipelines:\n    enabled: true\n',
  },
  check: ({ file, isLayer }) => {
    if (isLayer) return [...checkLayer(file), ...checkStrings(file)];
    return checkStrings(file);
  },
};

function checkLayer(file: ValuesFile): readonly Report[] {
  const { uri } = file;
  const problems = file.yaml.problems.map(({ message, span }) => ({ message, uri, span }));
  if (problems.length === 0) return [...checkRoot(file), ...checkMergeKeys(file)];
  const conflicts = conflictsIn(file);
  return conflicts.length === 0 ? problems : conflicts;
}

/** The conflicts that a merge of git has left, each at its first mark: what the parser says of the marks helps nobody. */
function conflictsIn({ uri, text }: ValuesFile): readonly Report[] {
  const message =
    'A merge of git has left a conflict here: keep one side, and remove the lines of "<<<<<<<", "=======" and ">>>>>>>"';
  const reports: Report[] = [];
  let open: Span | undefined;
  for (const { index, 0: mark } of text.matchAll(/^(?:<{7}|>{7}) [^\r\n]*/gm)) {
    const isEnd = mark.startsWith('>');
    if (isEnd && open !== undefined) reports.push({ message, uri, span: open });
    open = isEnd ? undefined : { start: index, end: index + mark.length };
  }
  return reports;
}

/** Says of the strings of a file that should hold values, and cannot be read, why. */
function checkStrings(file: ValuesFile): readonly Report[] {
  return file.unreadValues.flatMap(({ node, problems }): readonly Report[] => {
    const uri = file.uri;
    if (problems.length > 0) return problems.map(({ message, span }) => ({ message, uri, span }));
    const message =
      'These values are not checked, the string cannot be read for certain: write them as a block after "string: |"';
    return [{ message, uri, span: firstLine(file, node), severity: 'warning' }];
  });
}

function checkRoot(file: ValuesFile): readonly Report[] {
  const { root } = file;
  if (root === undefined || root.kind === 'map') return [];
  const kind = { seq: 'a list', alias: 'an alias', scalar: 'a string' }[root.kind];
  const message = `deployKF stops here: values must be a map such as "kubeflow_tools:", this is ${kind}`;
  return reportAt({ uri: file.uri, span: firstLine(file, root) }, { message });
}

function checkMergeKeys(file: ValuesFile): readonly Report[] {
  // What a template fills in may be the map.
  if (file.hasTemplateLines || !file.text.includes('<<')) return [];
  return wrongMergeSources(file.root).map(({ source, key, kind }): Report => {
    const message = `"<<" takes a map or a list of maps, this is ${kind}: deployKF refuses the whole file`;
    const span = source.span.start === source.span.end ? key.span : firstLine(file, source);
    return { message, uri: file.uri, span };
  });
}

function firstLine(file: ValuesFile, { span }: YamlNode): Span {
  const { line } = file.source.positionAt(span.start);
  return { start: span.start, end: Math.min(span.end, file.source.lineEnd(line)) };
}

import type { YamlNode } from '../../yaml/nodes.ts';
import type { TextRule } from '../rule.ts';

/** Documents that deployKF drops. */
export const yamlExtraDocument: TextRule = {
  subject: 'text',
  code: 'yaml-extra-document',
  severity: 'error',
  doc: {
    summary: 'A document after the first one, which deployKF silently ignores',
    why: [
      'deployKF takes the first document of a values file that is not empty. Everything after the next',
      '`---` is ignored, without any error. Empty documents are harmless. Put the values into one',
      'document, or into separate files.',
    ].join('\n'),
    bad: 'kubeflow_tools:\n  katib:\n    enabled: true\n---\nkubeflow_tools:\n  pipelines:\n    enabled: true\n',
    good: 'kubeflow_tools:\n  katib:\n    enabled: true\n  pipelines:\n    enabled: true\n',
  },
  check: ({ file, isLayer }) => {
    if (!isLayer) return [];
    const roots = file.yaml.documents.flatMap(({ root }) => {
      if (root === undefined || isNull(root)) return [];
      return [root];
    });
    const extra = roots[1];
    if (extra === undefined) return [];
    const { line } = file.source.positionAt(extra.span.start);
    const span = { start: extra.span.start, end: Math.min(extra.span.end, file.source.lineEnd(line)) };
    const message =
      'deployKF reads only the first document and ignores everything from here: move it up or to a separate file';
    return [{ message, uri: file.uri, span }];
  },
};

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

import type { YamlNode } from '../../yaml/nodes.ts';
import type { TextRule } from '../rule.ts';

/** Documents that deployKF drops. */
export const yamlExtraDocument: TextRule = {
  subject: 'text',
  code: 'yaml-extra-document',
  severity: 'error',
  doc: {
    summary: 'A document behind the first one, which deployKF drops without a word',
    why: [
      'deployKF takes the first document of a values file that is not empty. Everything behind the next `---` has no effect,',
      'and no message says so. Empty documents do no harm. Put the values into one document, or into files of their own.',
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
      'deployKF reads only the first document, all from here on has no effect: move it up or to a file of its own';
    return [{ message, uri: file.uri, span }];
  },
};

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.type === 'null';
}

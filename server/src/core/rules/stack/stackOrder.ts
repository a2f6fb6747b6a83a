import type { SourceRule } from '../rule.ts';

/** So many values files that the plugin takes them in another order. */
export const stackOrder: SourceRule = {
  subject: 'source',
  code: 'stack-order',
  severity: 'warning',
  doc: {
    summary: 'More than ten values_files, which the plugin sorts by name',
    why: [
      'The plugin gets the files as environment variables that end in `_0`, `_1`, `_2`, … and goes',
      'through them in the order of their names, so the 11th (`_10`) comes before the third (`_2`). Which',
      'file wins then differs from the list.',
    ].join('\n'),
    bad: exampleOf(11),
    good: exampleOf(10),
  },
  check: ({ uri, application }) => {
    const eleventh = application?.valuesFiles[10];
    if (application === undefined || eleventh === undefined) return [];
    const third = application.valuesFiles[2]?.text ?? '';
    const message = `The plugin reads this 11th file before "${third}", the third: use at most ten files, or merge some`;
    return [{ message, uri, span: eleventh.span }];
  },
};

function exampleOf(count: number): string {
  const files = Array.from({ length: count }, (_, index) => `            - values-${index}.yaml`);
  const head = [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata:',
    '  name: deploykf',
    'spec:',
    '  source:',
    '    repoURL: https://example.com/ops.git',
  ];
  const plugin = [
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - name: source_version',
    '          string: "0.1.5"',
    '        - name: values_files',
    '          array:',
  ];
  return [...head, ...plugin, ...files, ''].join('\n');
}

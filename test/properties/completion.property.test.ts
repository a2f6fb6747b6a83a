import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completion } from '../../server/src/core/features/completion.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import { filledIn } from '../support/completing.ts';
import { snapshotOf } from '../support/views.ts';
import { applyRandomEdit, randomEdit } from '../support/yamlTexts.ts';

const blockText = `# values
deploykf_dependencies:
  kyverno:
    clusterPolicies:
      imagePullSecrets:
        enabled: true # on
        excludeNamespaces:
          - argocd
          - "kube-*"
        registryCredentials:
          - existingSecret: reg
            existingSecretNamespace: kyverno
          - { existingSecret: other }
kubeflow_tools: { katib: { enabled: true, images: {} }, notebooks: { spawnerFormDefaults: {} } }
deploykf_opt:
  deploykf_minio: &minio
    enabled: false
  deploykf_mysql:
    <<: *minio
    images:
      mysql:
        pullPolicy: 'Always'
`;

const flowText =
  'deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: { enabled: false, excludeNamespaces: [argocd, "kube-*"],\n' +
  '  registryCredentials: [{ existingSecret: reg }, { existingSecretNamespace: kyverno }] } } } }\n';

const applicationText = `kind: Application
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - name: source_version
          string: 0.1.5
        - name: values
          string: |
${blockText.replace(/^(?=.)/gm, '            ')}
            
`;

const quotedText = `kind: Application
spec:
  source:
    plugin:
      name: deploykf
      parameters:
        - name: source_version
          string: 0.1.5
        - name: values
          string: ${JSON.stringify(blockText)}
`;

/** The same with a line for each. */
const linesText = quotedText.replace(
  /\\n( ?)/g,
  (_, blank: string) => `\\n\\\n            ${blank === '' ? '' : '\\ '}`,
);

const anyText = fc
  .tuple(fc.constantFrom(blockText, flowText, applicationText, quotedText, linesText), fc.boolean())
  .map(([text, crlf]) => (crlf ? text.replaceAll('\n', '\r\n') : text));

/** What an editor has while somebody types: a piece is cut out of the text, or a line begun. */
const typed = fc
  .tuple(
    anyText,
    fc.nat(),
    fc.nat(14),
    fc.constantFrom('', '\n', '\n        ', '\n          ', '- ', 'e', '"', "'k", ': '),
  )
  .map(([text, at, cut, added]) => {
    const start = at % (text.length + 1);
    const whole = text.slice(0, start) + added + text.slice(start + cut);
    return { text: whole, offset: start + added.length };
  })
  // Half of a line end is none that an editor has.
  .filter(({ text }) => !/\r(?!\n)/.test(text));

function check(text: string, offset: number, takesBlocks: boolean): void {
  const { snapshot, uri } = snapshotOf([text]);
  const items = completion(snapshot, { uri, offset, takesBlocks });
  if (items.length === 0) return;
  const problems = parseYaml(text).problems.length;
  const line = (at: number): number => text.slice(0, at).split(/\r\n|\r|\n/).length;
  for (const item of [items[0], items[items.length - 1]].filter(item => item !== undefined)) {
    const { edit, label } = item;
    const after = applyEdits(text, [filledIn(item)]);
    const shown = `${label} at ${offset} of ${JSON.stringify(text)}`;
    assert.ok(after !== undefined && edit.span.start <= offset && edit.span.end >= offset, shown);
    const isInLine = line(edit.span.start) === line(edit.span.end);
    assert.ok(isInLine && (takesBlocks || !/[\r\n]/.test(edit.newText)), shown);
    if (problems === 0) assert.deepEqual(parseYaml(after).problems, [], `${shown}\n${after}`);
  }
}

describe('properties: completion', function () {
  // Generous, as the machine may be busy with something else.
  this.timeout(30_000);

  it('stays in its line, and leaves right YAML right', () =>
    fc.assert(
      fc.property(typed, fc.boolean(), ({ text, offset }, takesBlocks) => check(text, offset, takesBlocks)),
      { numRuns: 400 },
    ));

  it('never throws, whatever the text', () =>
    fc.assert(
      fc.property(anyText, fc.array(randomEdit, { maxLength: 5 }), fc.nat(), (before, steps, at) => {
        const text = steps.reduce(applyRandomEdit, before);
        const { snapshot, uri } = snapshotOf([text]);
        completion(snapshot, { uri, offset: at % (text.length + 1) });
      }),
      { numRuns: 300 },
    ));
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pullSecretHover } from '../../server/src/core/features/pullSecretHover.ts';
import { pullSecretsPath } from '../../server/src/core/pullSecrets/block.ts';
import { explainPullSecrets } from '../../server/src/core/pullSecrets/explain.ts';
import { imageReach } from '../../server/src/core/pullSecrets/reach.ts';
import { changesToEdits } from '../../server/src/core/fixes/changes.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import type { StackView } from '../../server/src/core/analysis/stackView.ts';
import type { Report } from '../../server/src/core/findings/finding.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { formatPair } from '../../server/src/core/yaml/format.ts';
import type { Value } from '../../server/src/core/yaml/value.ts';
import { viewOf } from '../support/views.ts';

const own = rules.filter(rule => rule.code.startsWith('pull-secrets-'));

function reports(view: StackView): readonly Report[] {
  return own.flatMap(rule => (rule.subject === 'stack' ? rule.check(view) : []));
}

const scalar = fc.constantFrom<Value>(
  null,
  true,
  false,
  0,
  1,
  2.5,
  '',
  'on',
  'reg',
  'Reg',
  'a b',
  'kube-sytem',
  'team-?',
  '*',
  '[a]',
  '${X}',
);
const entry = fc.dictionary(
  fc.constantFrom('existingSecret', 'existingSecrt', 'namespace', 'existingSecretNamespace'),
  scalar,
);
const anything = fc.oneof(scalar, fc.array(fc.oneof(scalar, entry), { maxLength: 4 }), entry);
const block = fc.record(
  { enabled: anything, excludeNamespaces: anything, registryCredentials: anything, enable: scalar },
  { requiredKeys: [] },
);

describe('any pull-secret block', function () {
  // Generous, as the machine may be busy with something else.
  this.timeout(20_000);
  const any = fc.record({
    value: fc.oneof(block, block, block, anything),
    flow: fc.boolean(),
    crlf: fc.boolean(),
  });

  it('is read without an error, and every fix leaves YAML', () =>
    fc.assert(
      fc.property(any, ({ value, flow, crlf }) => {
        const text = textOf(value, flow).replaceAll('\n', crlf ? '\r\n' : '\n');
        const view = viewOf([text]);
        explainPullSecrets(view);
        imageReach(view);
        for (const key of ['', '.enabled', '.excludeNamespaces[0]', '.registryCredentials[0]']) {
          pullSecretHover(view, `${pullSecretsPath}${key}`);
        }
        for (const { fixes = [] } of reports(view)) for (const fix of fixes) checkFix(text, fix);
      }),
      { numRuns: 60 },
    ));

  function checkFix(text: string, fix: NonNullable<Report['fixes']>[number]): void {
    for (const { edits } of changesToEdits(fix.changes())) {
      const after = applyEdits(text, edits) ?? '';
      assert.deepEqual(
        new ValuesFile('file:///0.yaml', after).yaml.problems,
        [],
        `${fix.title}\n${text}\n---\n${after}`,
      );
      assert.notEqual(after, text, fix.title);
    }
  }
});

function textOf(value: Value, flow: boolean): string {
  if (flow)
    return `deploykf_dependencies: { kyverno: { clusterPolicies: { imagePullSecrets: ${JSON.stringify(value)} } } }\n`;
  const lines = formatPair(
    'deploykf_dependencies',
    { kyverno: { clusterPolicies: { imagePullSecrets: value } } },
    2,
  );
  return `${lines.join('\n')}\n`;
}

import assert from 'node:assert/strict';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { ruleWorld, valuesUri } from '../../support/ruleWorld.ts';

const values = [
  'deploykf_dependencies:',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        registryCredentials:',
  '          - existingSecret: reg',
  '            existingSecretNamespace: argocd',
  '',
].join('\n');

describe('A Secret that is missing', () => {
  it('can be made from the lightbulb, with its name and namespace', () => {
    const start = values.indexOf('reg\n');
    const world = ruleWorld(values).withSecrets([]);
    const [first] = codeActions(world, valuesUri, { start, end: start });
    assert.deepEqual(
      [first?.title, first?.isPreferred, first?.step, first?.findings.map(({ code }) => code)],
      [
        'Create Image Pull Secret…',
        true,
        { kind: 'pullSecret', name: 'reg', namespace: 'argocd' },
        ['pull-secrets-secret-missing'],
      ],
    );
  });
});

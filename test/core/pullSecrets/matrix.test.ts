import assert from 'node:assert/strict';
import { secretMatrix } from '../../../server/src/core/pullSecrets/matrix.ts';
import { secretMatrixLines } from '../../../server/src/core/report/secretMatrixText.ts';
import { plainStyle } from '../../../server/src/core/report/style.ts';
import { secretsIn } from '../../../server/src/core/secrets/secretsInFile.ts';
import { viewOf } from '../../support/views.ts';

const values = [
  'deploykf_dependencies:',
  '  cert_manager: { images: { certManagerController: { repository: registry.example.com/cm } } }',
  '  istio:',
  '    images: { istioPilot: { repository: registry.example.com/pilot } }',
  '    valuesOverrides: { global: { imagePullSecrets: [right] } }',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        excludeNamespaces: [deploykf-dashboard]',
  '        registryCredentials:',
  '          - { existingSecret: right, existingSecretNamespace: argocd }',
  '          - { existingSecret: wrong, existingSecretNamespace: argocd }',
  '          - { existingSecret: gone, existingSecretNamespace: argocd }',
  'deploykf_core:',
  '  deploykf_auth: { images: { dex: { repository: registry.example.com/dex } } }',
  '  deploykf_dashboard: { images: { dashboard: { repository: registry.example.com/dashboard } } }',
  '',
].join('\n');

function secret(name: string, host: string): string {
  const config = JSON.stringify({ auths: { [host]: { username: 'u', password: 'p' } } });
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: argocd }\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: '${config}'\n`;
}

describe('The table of namespaces and Secrets', () => {
  it('says what each Secret does where images need credentials', () => {
    const secrets = secretsIn(
      'file:///secrets.yaml',
      [secret('right', 'registry.example.com'), secret('wrong', 'other.example.com')].join('---\n'),
    );
    const view = viewOf([values], { secrets });
    assert.deepEqual(secretMatrixLines(secretMatrix(view), plainStyle), [
      'Images that need credentials',
      '  Namespace           Images  argocd/right  argocd/wrong  argocd/gone',
      '  cert-manager        1       too late      wrong key     too late',
      '  istio-system        1       by the chart  wrong key     by the chart',
      '  deploykf-auth       1       covered       wrong key     copied',
      '  deploykf-dashboard  1       excluded      wrong key     excluded',
      '',
      '  covered       the policy copies the Secret there, and it has credentials for a registry that is pulled from',
      '  copied        the policy copies the Secret there; it is not here, so that its registries are not known',
      '  by the chart  the charts get a Secret by valuesOverrides where the policy does not reach; it has to be in their namespaces',
      '  too late      some Pods start before the policy exists: the namespace needs a Secret of its own',
      '  excluded      there is no policy for the namespace: it needs a Secret of its own, or must not be left out',
      '  wrong key     the Secret does not have credentials for any registry that is pulled from there',
    ]);
  });

  it('takes a Secret whose text is not here for one that is copied, and is empty where none is needed', () => {
    const { rows } = secretMatrix(viewOf([values]));
    assert.deepEqual(rows.find(({ namespace }) => namespace === 'deploykf-auth')?.covers, [
      'open',
      'open',
      'open',
    ]);
    assert.deepEqual(secretMatrixLines(secretMatrix(viewOf([''])), plainStyle), []);
  });
});

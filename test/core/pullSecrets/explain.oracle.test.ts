import assert from 'node:assert/strict';
import { explainPullSecrets } from '../../../server/src/core/pullSecrets/explain.ts';
import { kyvernoNamespace } from '../../../server/src/core/pullSecrets/namespaces.ts';
import { matchesWildcard } from '../../../server/src/core/secrets/wildcard.ts';
import { sharedFile } from '../../support/shared.ts';
import { viewOf } from '../../support/views.ts';

interface OracleCase {
  readonly id: string;
  readonly kind: string;
  readonly release: string;
  readonly why: string;
  readonly layers: readonly string[];
  readonly oracle: {
    readonly policy?: {
      readonly rendered: boolean;
      readonly helmFails?: boolean;
      readonly kyvernoRendered?: boolean;
      readonly kyvernoNamespace?: string;
      readonly excludedNamespaces?: readonly string[];
      readonly clones?: readonly object[];
      readonly matched?: readonly string[];
    };
  };
}

const text = sharedFile('vectors/oracle.json');
const cases = JSON.parse(text ?? '[]') as readonly OracleCase[];
/** The namespaces that `matched` is about. */
const usual = [
  ...[
    'argocd',
    'kube-system',
    'kyverno',
    'cert-manager',
    'istio-system',
    'deploykf-auth',
    'deploykf-dashboard',
  ],
  ...['deploykf-istio-gateway', 'deploykf-minio', 'deploykf-mysql', 'kubeflow', 'kubeflow-argo-workflows'],
  ...['team-1', 'team-1-prod'],
];

describe('the pull-secret policy as the real generator makes it', () => {
  for (const { id, release, why, layers, oracle } of cases.filter(
    ({ oracle }) => oracle.policy !== undefined,
  )) {
    it(`${id}: ${why}`, () => {
      const view = viewOf(layers, { release });
      const { rendered, fails, excluded, clones, namespaces } = explainPullSecrets(view);
      const hit = usual.filter(name => excluded.some(pattern => matchesWildcard(pattern, name)));
      const actual = rendered
        ? {
            rendered,
            kyvernoNamespace: kyvernoNamespace(view),
            excludedNamespaces: excluded,
            clones: clones.map(({ index, existingSecret, existingSecretNamespace }) => ({
              index,
              namespace: existingSecretNamespace,
              name: existingSecret ?? null,
            })),
            matched: hit,
          }
        : fails
          ? { rendered, helmFails: true }
          : { rendered, kyvernoRendered: true };
      assert.deepEqual(actual, oracle.policy);
      const receiving = namespaces.filter(namespace => namespace.receives).map(namespace => namespace.name);
      assert.deepEqual(
        usual.filter(name => receiving.includes(name)),
        rendered ? usual.filter(name => !hit.includes(name) && name !== 'kube-system') : [],
      );
    });
  }
});

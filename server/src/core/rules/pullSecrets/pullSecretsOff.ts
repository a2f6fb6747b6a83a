import type { StackView } from '../../analysis/stackView.ts';
import { blockValue, pullSecretsBlock, pullSecretsPath } from '../../pullSecrets/block.ts';
import { explainPullSecrets } from '../../pullSecrets/explain.ts';
import { argoNamespace, isKyvernoEnabled } from '../../pullSecrets/namespaces.ts';
import { toBool } from '../../go/toBool.ts';
import { nearestLocation, parsesWhole, reportAt, effectiveLocation } from '../../findings/location.ts';
import { pullSecretGaps, repositoriesOf, sayImages } from './pullSecretGaps.ts';
import { isWritable } from '../image/overrides.ts';
import { isShared, textPath } from '../image/rewriteChanges.ts';
import { enablePolicy, isSwitchedOff } from './pullSecretSwitch.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { StackRule } from '../rule.ts';

const dex =
  'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        repository: registry.example.com/dexidp/dex\n';

/** Images that need credentials in a stack without a pull-secret policy. */
export const pullSecretsOff: StackRule = {
  subject: 'stack',
  code: 'pull-secrets-off',
  severity: 'warning',
  doc: {
    summary: 'Images need credentials, but their Pods do not get a pull secret',
    why: [
      'Reported only for registries that the project file lists under `registry.credentials`: whether a',
      'registry asks for credentials is not known here, and where the nodes have them, a pull secret is',
      'not needed. The pull-secret policy of deployKF 0.1.3 and later is off by default. Mistakes in a',
      'policy that is configured are reported by the other rules.',
    ].join('\n'),
    bad: dex,
    good: `deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n        enabled: true\n        registryCredentials:\n          - existingSecret: my-docker-config\n            existingSecretNamespace: argocd\n${dex}`,
    fix: 'Offers to configure the policy with a Secret `my-docker-config`, which you create: `deploykf-values pull-secret` helps.',
    registry: { private: ['registry.example.com'], credentials: ['registry.example.com'] },
  },
  check,
};

function check(view: StackView): readonly Report[] {
  if (view.policy?.credentials === undefined || !parsesWhole(view)) return [];
  const block = pullSecretsBlock(view);
  const { rendered, fails, templated, reason } = explainPullSecrets(view);
  const isOff = isSwitchedOff(view);
  const isConfigured = (block.entries.length > 0 && !isOff) || toBool(blockValue(view, 'enabled'));
  if (rendered || fails || templated || isConfigured) return [];
  const images = pullSecretGaps(view).flatMap(gap => gap.images);
  if (images.length === 0) return [];
  const problem = `Nothing gives a pull secret to the Pods that pull ${sayImages([...new Set(images)])}`;
  return reportAt(effectiveLocation(block.enabled) ?? nearestLocation(view, pullSecretsPath), {
    ...remedy(view, problem, isOff && block.entries.length > 0, reason),
    path: pullSecretsPath,
    images: repositoriesOf(images),
  });
}

/** `isReady`: the policy has all that it needs, and is switched off. `reason`: why there can be none. */
function remedy(
  view: StackView,
  problem: string,
  isReady: boolean,
  reason = '',
): Pick<Report, 'message' | 'fixes'> {
  const canBe = view.catalog.catalog.pullSecretPolicy && isKyvernoEnabled(view);
  if (!canBe) return { message: `${problem}: ${reason}`, fixes: [] };
  if (isReady) return { message: `${problem}: the policy is switched off`, fixes: enablePolicy(view) };
  return { message: `${problem}: configure "${pullSecretsPath}"`, fixes: configure(view) };
}

function configure(view: StackView): readonly Fix[] {
  const layer = view.ownLayer;
  const path = textPath(pullSecretsPath);
  if (layer === undefined || !isWritable(layer) || isShared(layer, path)) return [];
  const existingSecretNamespace = argoNamespace(view);
  const credentials = [{ existingSecret: 'my-docker-config', existingSecretNamespace }];
  return [
    {
      title: `Configure the pull-secret policy with Secret "${existingSecretNamespace}/my-docker-config"`,
      applies: 'choice',
      changes: () => [
        { kind: 'set', layer, path: [...path, 'enabled'], value: true },
        { kind: 'set', layer, path: [...path, 'registryCredentials'], value: credentials },
      ],
    },
  ];
}

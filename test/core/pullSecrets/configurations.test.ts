import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { pullSecretsPath } from '../../../server/src/core/pullSecrets/block.ts';
import { secretsIn } from '../../../server/src/core/secrets/secretsInFile.ts';
import { noSettings } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { catalogs } from '../../support/views.ts';

/**
 * What is said of whole configurations, by the facts. `L` are lines of the template of 0.1.5,
 * `ClusterPolicy-image-pull-secrets.yaml`; `kyverno` its chart 3.0.1 and program 1.10.0.
 */
interface Row {
  /** The line of the template, or what else makes it so. */
  readonly why: string;
  /** What stands in `imagePullSecrets`, as flow YAML; `undefined`: nothing. */
  readonly block?: string;
  /** Other values. */
  readonly values?: string;
  readonly release?: string;
  /** The `registry:` section of the project file. */
  readonly registry?: object;
  /** YAML of the workspace that holds Secrets; `undefined`: nobody looked there. */
  readonly manifest?: string;
  /** `code path`, the path within the block where it is one, in the order of the text. */
  readonly says: readonly string[];
}

const entry = '{existingSecret: reg, existingSecretNamespace: argocd}';
const on = `enabled: true, registryCredentials: [${entry}]`;
const dex = 'deploykf_core: {deploykf_auth: {images: {dex: {repository: r.corp/dex}}}}';
const r = { private: ['r.corp'] };

/** The Secret `argocd/reg` with what stands under `stringData`, or another type. */
function reg(config: string, type = 'kubernetes.io/dockerconfigjson'): string {
  return `kind: Secret\nmetadata: {name: reg, namespace: argocd}\ntype: ${type}\nstringData: {.dockerconfigjson: '${config}'}\n`;
}

const login = '{"username": "robot", "password": "no"}';

const rows: readonly Row[] = [
  { why: 'L1: no block, no policy', says: [] },
  { why: 'L1: both are there', block: `{${on}}`, says: [] },
  {
    why: 'L1: enabled without credentials renders nothing',
    block: '{enabled: true}',
    says: ['pull-secrets-no-credentials enabled'],
  },
  {
    why: 'L1: nor with an empty list',
    block: '{enabled: true, registryCredentials: []}',
    says: ['pull-secrets-no-credentials enabled'],
  },
  {
    why: 'L1: nor with null',
    block: '{enabled: true, registryCredentials: ~}',
    says: ['pull-secrets-no-credentials enabled'],
  },
  {
    why: 'L1: nor with an empty text, which is no list besides',
    block: "{enabled: true, registryCredentials: ''}",
    says: ['pull-secrets-type registryCredentials'],
  },
  {
    why: 'L1: credentials without enabled',
    block: `{registryCredentials: [${entry}]}`,
    says: ['pull-secrets-not-enabled registryCredentials'],
  },
  {
    why: 'L1: credentials that are switched off',
    block: `{enabled: false, registryCredentials: [${entry}]}`,
    says: ['pull-secrets-not-enabled enabled'],
  },
  {
    why: 'L1: a null counts as not enabled',
    block: `{enabled: ~, registryCredentials: [${entry}]}`,
    says: ['pull-secrets-not-enabled registryCredentials'],
  },
  {
    why: 'L1: conv.ToBool takes "yes" for true',
    block: `{enabled: yes, registryCredentials: [${entry}]}`,
    says: [],
  },
  {
    why: 'L1: conv.ToBool takes "on" for false',
    block: `{enabled: on, registryCredentials: [${entry}]}`,
    says: ['pull-secrets-type enabled'],
  },
  {
    why: 'L1: conv.ToBool takes "enabled" for false',
    block: `{enabled: enabled, registryCredentials: [${entry}]}`,
    says: ['pull-secrets-type enabled'],
  },
  {
    why: 'L1: conv.ToBool takes 1 for true',
    block: `{enabled: 1, registryCredentials: [${entry}]}`,
    says: [],
  },
  {
    why: 'L1: conv.ToBool takes 2 for false',
    block: `{enabled: 2, registryCredentials: [${entry}]}`,
    says: ['pull-secrets-type enabled'],
  },
  {
    why: 'the generator stops at a block that is null',
    block: '~',
    says: ['value-null-section deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets'],
  },
  {
    why: 'the generator stops at a block that is a text',
    block: 'on',
    says: ['pull-secrets-type deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets'],
  },
  {
    why: "L2: [] leaves only Kyverno's namespace",
    block: `{${on}, excludeNamespaces: []}`,
    says: ['pull-secrets-exclusions excludeNamespaces'],
  },
  {
    why: 'L2: append of null is a template error',
    block: `{${on}, excludeNamespaces: ~}`,
    says: ['pull-secrets-type excludeNamespaces'],
  },
  {
    why: 'L2: a text cannot be appended to',
    block: `{${on}, excludeNamespaces: argocd}`,
    says: ['pull-secrets-type excludeNamespaces'],
  },
  {
    why: 'L2: nor can a map',
    block: `{${on}, excludeNamespaces: {argocd: true}}`,
    says: ['pull-secrets-type excludeNamespaces'],
  },
  {
    why: 'L1 comes first: a null list does no harm while nothing is rendered',
    block: '{enabled: false, excludeNamespaces: ~}',
    says: ['pull-secrets-type excludeNamespaces'],
  },
  {
    why: 'L2: a list replaces the default list',
    block: `{${on}, excludeNamespaces: [monitoring]}`,
    says: ['pull-secrets-exclusions excludeNamespaces'],
  },
  {
    why: 'L2: uniq makes a doubled name harmless',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, argocd]}`,
    says: [],
  },
  {
    why: "L2: Kyverno's namespace is appended anyway",
    block: `{${on}, excludeNamespaces: [argocd, kube-system, kyverno]}`,
    says: [],
  },
  {
    why: 'L2: a number is no pattern to Kyverno',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 12]}`,
    says: ['pull-secrets-type excludeNamespaces[2]'],
  },
  {
    why: 'L2: neither is null',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, ~]}`,
    says: ['pull-secrets-type excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: "*" alone switches the policy off',
    block: `{${on}, excludeNamespaces: ['*']}`,
    says: ['pull-secrets-pattern excludeNamespaces[0]'],
  },
  {
    why: 'go-wildcard: "?" is exactly one character',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'team-?']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: no classes',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'team-[12]']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: no negation',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, '!kubeflow']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: no alternatives',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, '{team-1,team-2}']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: case counts, and no namespace has upper case',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, Kubeflow]}`,
    says: ['pull-secrets-name-invalid excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: no trimming',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'kubeflow ']}`,
    says: ['pull-secrets-name-invalid excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: an empty pattern matches an empty name only',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, '']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: anchored at both ends, hits nothing here',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'prod-*']}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'go-wildcard: "*" is also no character at all',
    block: `{${on}, excludeNamespaces: ['argocd*', 'kube-*']}`,
    says: [],
  },
  {
    why: 'a name that may be any namespace of the cluster',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, monitoring]}`,
    says: [],
  },
  {
    why: "a name that is almost one of deployKF's",
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-dashbord]}`,
    says: ['pull-secrets-pattern excludeNamespaces[2]'],
  },
  {
    why: 'L19: an entry that is a text is a template error',
    block: '{enabled: true, registryCredentials: [reg]}',
    says: ['pull-secrets-type registryCredentials[0]'],
  },
  {
    why: 'L19: a map instead of the list is a template error',
    block: '{enabled: true, registryCredentials: {existingSecret: reg}}',
    says: ['pull-secrets-type registryCredentials'],
  },
  {
    why: 'L19: a text instead of the list is a template error',
    block: '{enabled: true, registryCredentials: reg}',
    says: ['pull-secrets-type registryCredentials'],
  },
  {
    why: 'L19: a null entry is a template error',
    block: '{enabled: true, registryCredentials: [~]}',
    says: ['pull-secrets-type registryCredentials[0]'],
  },
  {
    why: 'validateClone: the name cannot be empty',
    block: '{enabled: true, registryCredentials: [{existingSecretNamespace: argocd}]}',
    says: ['pull-secrets-name-missing registryCredentials[0]'],
  },
  {
    why: 'validateClone: the same for an empty string',
    block: "{enabled: true, registryCredentials: [{existingSecret: '', existingSecretNamespace: argocd}]}",
    says: ['pull-secrets-name-missing registryCredentials[0]'],
  },
  {
    why: "L19: Kyverno's namespace is used where none is set",
    block: '{enabled: true, registryCredentials: [{existingSecret: reg}]}',
    says: ['pull-secrets-namespace-missing registryCredentials[0]'],
  },
  {
    why: 'L19: the same for an empty string',
    block: "{enabled: true, registryCredentials: [{existingSecret: reg, existingSecretNamespace: ''}]}",
    says: ['pull-secrets-namespace-missing registryCredentials[0]'],
  },
  {
    why: 'L19: two clones of one Secret',
    block: `{enabled: true, registryCredentials: [${entry}, ${entry}]}`,
    says: ['pull-secrets-duplicate registryCredentials[1]'],
  },
  {
    why: 'L19: the same name in two namespaces is two Secrets',
    block: `{enabled: true, registryCredentials: [${entry}, {existingSecret: reg, existingSecretNamespace: infra}]}`,
    says: [],
  },
  {
    why: "L19: the default and Kyverno's namespace are one",
    block:
      '{enabled: true, registryCredentials: [{existingSecret: reg}, {existingSecret: reg, existingSecretNamespace: kyverno}]}',
    says: [
      'pull-secrets-namespace-missing registryCredentials[0]',
      'pull-secrets-duplicate registryCredentials[1]',
    ],
  },
  {
    why: 'L19: other keys are not read',
    block:
      '{enabled: true, registryCredentials: [{existingSecret: reg, existingSecretNamespace: argocd, registry: r.corp}]}',
    says: ['pull-secrets-unknown-key registryCredentials[0].registry'],
  },
  {
    why: 'L19: a misspelled key leaves the name empty',
    block: '{enabled: true, registryCredentials: [{existingSecrt: reg, existingSecretNamespace: argocd}]}',
    says: ['pull-secrets-unknown-key registryCredentials[0].existingSecrt'],
  },
  {
    why: "RFC 1123: a Secret's name has no upper case",
    block: '{enabled: true, registryCredentials: [{existingSecret: Reg, existingSecretNamespace: argocd}]}',
    says: ['pull-secrets-name-invalid registryCredentials[0].existingSecret'],
  },
  {
    why: 'RFC 1123: nor "_"',
    block:
      '{enabled: true, registryCredentials: [{existingSecret: my_reg, existingSecretNamespace: argocd}]}',
    says: ['pull-secrets-name-invalid registryCredentials[0].existingSecret'],
  },
  {
    why: "RFC 1123: dots are allowed in a Secret's name",
    block:
      '{enabled: true, registryCredentials: [{existingSecret: my.reg, existingSecretNamespace: argocd}]}',
    says: [],
  },
  {
    why: 'RFC 1123: but not in a namespace',
    block: '{enabled: true, registryCredentials: [{existingSecret: reg, existingSecretNamespace: argo.cd}]}',
    says: ['pull-secrets-name-invalid registryCredentials[0].existingSecretNamespace'],
  },
  {
    why: 'values are printed: 1.10 is the name 1.1',
    block: '{enabled: true, registryCredentials: [{existingSecret: 1.10, existingSecretNamespace: argocd}]}',
    says: ['pull-secrets-type registryCredentials[0].existingSecret'],
  },
  {
    why: 'unknown keys are merged and ignored',
    block: `{${on}, includeNamespaces: [kubeflow]}`,
    says: ['pull-secrets-unknown-key includeNamespaces'],
  },
  {
    why: 'a misspelled key is ignored, too',
    block: `{${on}, excludeNamespace: [argocd]}`,
    says: ['pull-secrets-unknown-key excludeNamespace'],
  },
  {
    why: "the policy is part of Kyverno's manifests (.gomplateignore_template:94)",
    block: `{${on}}`,
    values: 'deploykf_dependencies: {kyverno: {enabled: false}}',
    says: ['pull-secrets-kyverno-disabled enabled'],
  },
  {
    why: 'text is true to .gomplateignore_template, so "no" keeps Kyverno',
    block: `{${on}}`,
    values: 'deploykf_dependencies: {kyverno: {enabled: "no"}}',
    says: [],
  },
  {
    why: 'a release before the policy came',
    block: `{${on}}`,
    release: '0.1.2',
    says: ['pull-secrets-release deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets'],
  },
  { why: 'the release that brought it', block: `{${on}}`, release: '0.1.3', says: [] },
  {
    why: 'L43 and L73: public images need no secret',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'deploykf-*']}`,
    says: [],
  },
  {
    why: 'L43 and L73: a private image in an excluded namespace',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-auth]}`,
    values: dex,
    says: ['pull-secrets-unreached excludeNamespaces[2]'],
  },
  {
    why: 'the same, by a wildcard',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'deploykf-*']}`,
    values: dex,
    says: ['pull-secrets-unreached excludeNamespaces[2]'],
  },
  {
    why: "the component's namespace counts, not its default",
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-auth]}`,
    values: 'deploykf_core: {deploykf_auth: {namespace: auth, images: {dex: {repository: r.corp/dex}}}}',
    says: [],
  },
  {
    why: 'the component has been put into an excluded one',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, 'au*']}`,
    values: 'deploykf_core: {deploykf_auth: {namespace: auth, images: {dex: {repository: r.corp/dex}}}}',
    says: ['pull-secrets-unreached excludeNamespaces[2]'],
  },
  {
    why: 'resourceFilters: kube-public is ignored though nothing excludes it',
    block: `{${on}}`,
    values:
      'deploykf_core: {deploykf_auth: {namespace: kube-public, images: {dex: {repository: r.corp/dex}}}}',
    says: ['pull-secrets-unreached deploykf_core.deploykf_auth'],
  },
  { why: 'a private image that is reached', block: `{${on}}`, values: dex, says: [] },
  {
    why: "L2: Kyverno's own namespace",
    block: `{${on}}`,
    values: 'deploykf_dependencies: {kyverno: {images: {kyverno: {repository: r.corp/kyverno}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.kyverno'],
  },
  {
    why: 'chart 3.0.1 takes a Secret for the admission controller',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {kyverno: {images: {kyverno: {repository: r.corp/kyverno}}, valuesOverrides: {kyverno: {admissionController: {container: {imagePullSecrets: [{name: reg}]}}}}}}',
    says: [],
  },
  {
    why: 'chart 3.0.1 ignores admissionController.imagePullSecrets',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {kyverno: {images: {kyverno: {repository: r.corp/kyverno}}, valuesOverrides: {kyverno: {admissionController: {imagePullSecrets: [{name: reg}]}}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.kyverno'],
  },
  {
    why: 'chart 3.0.2 does not',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {kyverno: {charts: {kyverno: {version: 3.0.2}}, images: {kyverno: {repository: r.corp/kyverno}}, valuesOverrides: {kyverno: {admissionController: {imagePullSecrets: [{name: reg}]}}}}}',
    says: [],
  },
  {
    why: 'chart 3.0.1: no key for the clean-up jobs',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {kyverno: {images: {kubectl: {repository: r.corp/kubectl}}, valuesOverrides: {kyverno: {imagePullSecrets: {reg: {}}}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.kyverno'],
  },
  {
    why: 'overrides as a text are read like others',
    block: `{${on}}`,
    values:
      "deploykf_dependencies: {kyverno: {images: {kyverno: {repository: r.corp/kyverno}}, valuesOverrides: 'kyverno: {}'}}",
    says: ['pull-secrets-unreached deploykf_dependencies.kyverno'],
  },
  {
    why: 'sync waves: cert-manager starts before Kyverno',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {cert_manager: {images: {certManagerWebhook: {repository: r.corp/webhook}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.cert_manager'],
  },
  {
    why: "the chart's global.imagePullSecrets reach its ServiceAccounts",
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {cert_manager: {images: {certManagerWebhook: {repository: r.corp/webhook}}, valuesOverrides: {cert-manager: {global: {imagePullSecrets: [{name: reg}]}}}}}',
    says: [],
  },
  {
    why: 'but not those of trust-manager',
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {cert_manager: {images: {trustManager: {repository: r.corp/trust}}, valuesOverrides: {cert-manager: {global: {imagePullSecrets: [{name: reg}]}}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.cert_manager'],
  },
  {
    why: 'sync waves: Istio starts before Kyverno',
    block: `{${on}}`,
    values: 'deploykf_dependencies: {istio: {images: {istioPilot: {repository: r.corp/pilot}}}}',
    says: ['pull-secrets-unreached deploykf_dependencies.istio'],
  },
  {
    why: "Istio's list is one of texts",
    block: `{${on}}`,
    values:
      'deploykf_dependencies: {istio: {images: {istioPilot: {repository: r.corp/pilot}}, valuesOverrides: {global: {imagePullSecrets: [reg]}}}}',
    says: [],
  },
  {
    why: 'sync waves: sidecars start with the Pods of others',
    block: `{${on}}`,
    values: 'deploykf_dependencies: {istio: {images: {istioProxy: {repository: r.corp/proxyv2}}}}',
    says: [],
  },
  {
    why: 'sidecars in an excluded namespace',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, team-1]}`,
    values: 'deploykf_dependencies: {istio: {images: {istioProxy: {repository: r.corp/proxyv2}}}}',
    says: ['pull-secrets-unreached excludeNamespaces[2]'],
  },
  {
    why: 'Pods of a disabled component are not there',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-minio]}`,
    values: 'deploykf_opt: {deploykf_minio: {enabled: false, images: {minio: {repository: r.corp/minio}}}}',
    says: [],
  },
  {
    why: 'the kubelet pulls without credentials from a registry that needs none',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-auth]}`,
    values: dex,
    registry: { private: ['r.corp'], credentials: ['other.corp'] },
    says: [],
  },
  { why: 'nobody says that the registry needs credentials', values: dex, registry: r, says: [] },
  {
    why: 'it does, and there is no policy',
    values: dex,
    registry: { ...r, credentials: ['r.corp'] },
    says: ['pull-secrets-off deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets'],
  },
  {
    why: 'the same at a prefix, which ends at a path boundary',
    values: dex,
    registry: { ...r, credentials: ['r.corp/de'] },
    says: [],
  },
  {
    why: 'a policy that is on gives them',
    block: `{${on}}`,
    values: dex,
    registry: { ...r, credentials: ['r.corp'] },
    says: [],
  },
  {
    why: 'nothing can give them before the policy came',
    values: dex,
    release: '0.1.0',
    registry: { ...r, credentials: ['r.corp'] },
    says: ['pull-secrets-off deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets'],
  },
  {
    why: 'a local chart takes a Secret by image.pullSecret',
    values:
      'deploykf_core: {deploykf_auth: {images: {dex: {repository: r.corp/dex}}, valuesOverrides: {dex: {image: {pullSecret: reg}}}}}',
    registry: { ...r, credentials: ['r.corp'] },
    says: [],
  },
  {
    why: 'L1 says why it is off, which is enough',
    block: '{enabled: true}',
    values: dex,
    registry: { ...r, credentials: ['r.corp'] },
    says: ['pull-secrets-no-credentials enabled'],
  },
  {
    why: 'the text of another tool is not known here',
    block: `{enabled: '{{ .enabled }}', registryCredentials: [${entry}]}`,
    values: dex,
    says: [],
  },
  {
    why: 'L19: the Secret need not exist when the policy is rendered, nor anywhere',
    block: `{${on}}`,
    manifest: '',
    says: ['pull-secrets-secret-missing registryCredentials[0]'],
  },
  {
    why: 'L19: it does',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.corp": ${login}}}`),
    says: [],
  },
  {
    why: 'L19: it is cloned from its namespace, not from any',
    block: `{${on}}`,
    manifest: reg(`{"auths": {"r.corp": ${login}}}`).replace('namespace: argocd', 'namespace: infra'),
    says: ['pull-secrets-secret-missing registryCredentials[0]'],
  },
  {
    why: 'kubectl apply -n: a Secret without a namespace may be anywhere',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.corp": ${login}}}`).replace(', namespace: argocd', ''),
    says: [],
  },
  {
    why: 'kubelet, secrets.go: only its two types count',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.corp": ${login}}}`, 'Opaque'),
    says: ['pull-secrets-secret-invalid registryCredentials[0]'],
  },
  {
    why: 'kubelet, config.go: what is not JSON stops every pull of the Pod',
    block: `{${on}}`,
    values: dex,
    manifest: reg('auths'),
    says: ['pull-secrets-secret-invalid registryCredentials[0]'],
  },
  {
    why: 'kubelet, config.go: credential stores are not asked',
    block: `{${on}}`,
    values: dex,
    manifest: reg('{"auths": {"r.corp": {}}, "credsStore": "desktop"}'),
    says: ['pull-secrets-secret-invalid registryCredentials[0]'],
  },
  {
    why: 'kubelet, keyring.go: another host does not match',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.example.com": ${login}}}`),
    says: ['pull-secrets-uncovered registryCredentials', 'pull-secrets-uncovered registryCredentials[0]'],
  },
  {
    why: 'kubelet, keyring.go: a port does not match another',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.corp:5000": ${login}}}`),
    says: ['pull-secrets-uncovered registryCredentials', 'pull-secrets-uncovered registryCredentials[0]'],
  },
  {
    why: 'kubelet, keyring.go: scheme and /v2/ do not count',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"https://r.corp/v2/": ${login}}}`),
    says: [],
  },
  {
    why: 'kubelet, keyring.go: "*" is one part of a host',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"*.corp": ${login}}}`),
    says: [],
  },
  {
    why: 'kubelet, keyring.go: a path is the beginning of the repository',
    block: `{${on}}`,
    values: dex,
    manifest: reg(`{"auths": {"r.corp/team": ${login}}}`),
    says: ['pull-secrets-uncovered registryCredentials', 'pull-secrets-uncovered registryCredentials[0]'],
  },
  {
    why: 'kubelet, keyring.go: Docker Hub without a slash at the end is lost',
    block: `{${on}}`,
    manifest: reg(`{"auths": {"https://index.docker.io/v1": ${login}}}`),
    says: ['pull-secrets-secret-invalid registryCredentials[0]'],
  },
  {
    why: 'kubelet, keyring.go: Docker Hub as docker login writes it',
    block: `{${on}}`,
    manifest: reg(`{"auths": {"https://index.docker.io/v1/": ${login}}}`),
    says: [],
  },
  {
    why: 'an ExternalSecret makes one, with content that nobody knows here',
    block: `{${on}}`,
    values: dex,
    manifest: 'kind: ExternalSecret\nmetadata: {name: reg, namespace: argocd}\n',
    says: [],
  },
  {
    why: 'the excluded namespace of an image that no Secret covers is not the trouble',
    block: `{${on}, excludeNamespaces: [argocd, kube-system, deploykf-auth]}`,
    values: dex,
    manifest: reg(`{"auths": {"r.example.com": ${login}}}`),
    says: ['pull-secrets-uncovered registryCredentials', 'pull-secrets-uncovered registryCredentials[0]'],
  },
];

describe('configurations of pull secrets', () => {
  for (const row of rows) {
    const name = [row.why, row.release, row.block, row.values, row.manifest]
      .filter(part => part !== undefined)
      .join(' · ');
    it(name, () => assert.deepEqual(saidOf(row), row.says));
  }
});

function saidOf({ block, values = '', release, registry, manifest }: Row): readonly string[] {
  const texts = [
    ...(block === undefined
      ? []
      : [`deploykf_dependencies: {kyverno: {clusterPolicies: {imagePullSecrets: ${block}}}}\n`]),
    `kubeflow_tools: {}\n${values}\n`,
  ];
  const files = texts.map((text, index) => new ValuesFile(`file:///ws/${index}.yaml`, text));
  for (const file of files) assert.deepEqual(file.yaml.problems, [], file.text);
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const snapshot = Snapshot.of({
    catalogs,
    ...(manifest === undefined ? {} : { secrets: secretsIn('file:///ws/secrets.yaml', manifest) }),
    folders: [{ uri: 'file:///ws', settings: { ...noSettings, policy }, project: undefined }],
    files: new Map(files.map(file => [file.uri, file])),
    given: [
      {
        id: 'given',
        name: '',
        kind: 'given',
        release,
        uris: files.map(file => file.uri),
        folder: 'file:///ws',
      },
    ],
  });
  return files
    .flatMap(file => checkFile(snapshot, file.uri))
    .filter(({ code }) => code.startsWith('pull-secrets-') || code === 'value-null-section')
    .map(({ code, path }) => `${code} ${path?.replace(`${pullSecretsPath}.`, '') ?? ''}`);
}

/** An ArgoCD Application of deployKF 0.1.5 with more parameters of the plugin, each a line or several. */
export function application(name: string, ...parameters: readonly string[]): string {
  return [
    'kind: Application',
    `metadata: { name: ${name} }`,
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    ...parameters.map(line => `        ${line}`),
    '',
  ].join('\n');
}

/** Values whose pull-secret policy copies the Secret `argocd/harbor`. */
export const harborValues = [
  'deploykf_dependencies:',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        registryCredentials:',
  '          - existingSecret: harbor',
  '            existingSecretNamespace: argocd',
  '',
].join('\n');

/** The manifest of a pull secret in `argocd` with a Docker config. */
export function pullSecretManifest(name: string, config: string): string {
  const data = Buffer.from(config).toString('base64');
  return `kind: Secret\nmetadata:\n  name: ${name}\n  namespace: argocd\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${data}\n`;
}

/** Values whose policy copies a Secret of their own `extraManifests`, for the pages of rules. */
export function secretExample({
  type = 'kubernetes.io/dockerconfigjson',
  host = 'registry.example.com',
}: {
  readonly type?: string;
  readonly host?: string;
}): string {
  return [
    'deploykf_dependencies:',
    '  kyverno:',
    '    extraManifests:',
    '      - |',
    '        apiVersion: v1',
    '        kind: Secret',
    '        metadata:',
    '          name: my-docker-config',
    `        type: ${type}`,
    '        stringData:',
    '          .dockerconfigjson: |',
    `            {"auths": {"${host}": {"username": "robot", "password": "…"}}}`,
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    '        registryCredentials:',
    '          - existingSecret: my-docker-config',
    '            existingSecretNamespace: kyverno',
    '',
  ].join('\n');
}

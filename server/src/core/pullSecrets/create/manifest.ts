import { toBase64 } from '../../text/base64.ts';
import { formatPair } from '../../yaml/format.ts';
import type { DockerCredential } from '../../secrets/dockerLogins.ts';
import type { PullSecret } from './suggest.ts';
import { dockerConfigKey } from '../../secrets/registryHost.ts';

/** The manifests of several namespaces as documents of one text. */
export function manifestsIn(
  namespaces: readonly string[],
  manifestOf: (namespace: string) => string,
): string {
  return namespaces.map(manifestOf).join('---\n');
}

/** The manifest with places for the user to fill in; it does not contain a secret. Lines end with `\n`. */
export function placeholderManifest(secret: PullSecret): string {
  const entry = { username: '<USERNAME>', password: '<PASSWORD>' };
  const auths = Object.fromEntries(secret.registries.map(registry => [dockerConfigKey(registry), entry]));
  const json = JSON.stringify({ auths }, undefined, 2).split('\n');
  return lines([
    '# Fill in the user names and passwords, then: kubectl apply -f FILE. Keep the filled-in file out of git.',
    ...head(secret),
    'stringData:',
    '  .dockerconfigjson: |',
    ...json.map(line => `    ${line}`),
  ]);
}

/** The manifest with real credentials in it: whoever reads it can use them. */
export function secretManifest(secret: PullSecret, credentials: readonly DockerCredential[]): string {
  const auths = Object.fromEntries(credentials.map(({ key, auth }) => [key, { auth }]));
  return lines([...head(secret), 'data:', `  .dockerconfigjson: ${toBase64(JSON.stringify({ auths }))}`]);
}

function head({ name, namespace }: PullSecret): readonly string[] {
  return [
    'apiVersion: v1',
    'kind: Secret',
    ...formatPair('metadata', { name, namespace }, 2),
    'type: kubernetes.io/dockerconfigjson',
  ];
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `${text}\n`).join('');
}

import { dockerConfigKey } from '../../secrets/registryHost.ts';
import { shellWord } from '../../text/shellWord.ts';
import { registryVariables } from './kubectlCommand.ts';
import type { PullSecret } from './suggest.ts';

/**
 * A script for a POSIX shell that asks for the user names and passwords and creates the Secret in several namespaces, which are made
 * where they do not exist yet. The passwords go through pipes: they are in no argument of a program, and in no file. Run again, it
 * replaces what it has made.
 */
export function createScript(secret: PullSecret, namespaces: readonly string[]): string {
  const variables = registryVariables(secret);
  const name = shellWord(secret.name);
  const lines = [
    '#!/bin/sh',
    `# Creates the image pull Secret ${secret.name} for ${secret.registries.join(', ')}`,
    `# in the namespaces ${namespaces.join(', ')}.`,
    '# It asks for the user name and password. They go to kubectl alone, and are not kept.',
    'set -eu',
    "trap 'stty echo' EXIT",
    "trap 'echo; exit 130' INT QUIT TERM",
    '',
    ...variables.flatMap(({ registry, username, password }) => [
      `printf '%s' ${shellWord(`User name for ${registry}: `)}; IFS= read -r ${username}`,
      `printf 'Password: '; stty -echo; IFS= read -r ${password}; stty echo; echo`,
    ]),
    '',
    'auth() { printf \'"%s":{"auth":"%s"}\' "$1" "$(printf \'%s:%s\' "$2" "$3" | base64 | tr -d \'\\n\')"; }',
    'config() {',
    '  printf \'{"auths":{\'',
    ...variables.flatMap(({ registry, username, password }, index) => [
      ...(index === 0 ? [] : ["  printf ','"]),
      `  auth ${shellWord(dockerConfigKey(registry))} "$${username}" "$${password}"`,
    ]),
    "  printf '}}'",
    '}',
    '',
    `for namespace in ${namespaces.map(shellWord).join(' ')}; do`,
    '  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace"',
    `  config | kubectl create secret generic ${name} --namespace "$namespace" \\`,
    '    --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin \\',
    '    --dry-run=client --output=yaml | kubectl apply --filename=-',
    'done',
  ];
  return lines.map(line => `${line}\n`).join('');
}

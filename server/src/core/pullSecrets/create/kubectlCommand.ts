import { shellWord } from '../../text/shellWord.ts';
import type { PullSecret } from './suggest.ts';
import { dockerConfigKey } from '../../secrets/registryHost.ts';

/** The variables of the shell that the user name and the password of a registry are read from. */
export interface RegistryVariables {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

export function registryVariables({
  registries,
}: Pick<PullSecret, 'registries'>): readonly RegistryVariables[] {
  return registries.map((registry, index) => {
    const suffix = registries.length === 1 ? '' : `_${index + 1}`;
    return { registry, username: `REGISTRY_USERNAME${suffix}`, password: `REGISTRY_PASSWORD${suffix}` };
  });
}

/**
 * One line for a POSIX shell that creates the Secret. The passwords come from variables of the shell and go through
 * pipes: they are in no argument of a program, where other users of the machine could see them, and in no file.
 */
export function kubectlCommand(secret: PullSecret): string {
  const variables = registryVariables(secret);
  const required = variables.flatMap(({ username, password }) => [username, password]);
  const entries = variables.map(() => '"%s":{"auth":"%s"}').join(',');
  const auths = variables.flatMap(({ registry, username, password }) => [
    shellWord(dockerConfigKey(registry)),
    `"$(printf '%s:%s' "$${username}" "$${password}" | base64 | tr -d '\\n')"`,
  ]);
  return [
    `: ${required.map(name => `"\${${name}:?set it first}"`).join(' ')} && printf '{"auths":{${entries}}}' ${auths.join(' ')}`,
    `kubectl create secret generic ${shellWord(secret.name)} --namespace ${shellWord(secret.namespace)} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=/dev/stdin`,
  ].join(' | ');
}

/** Asks for the user names and passwords, the latter without an echo. */
function askCommand(secret: PullSecret): string {
  return registryVariables(secret)
    .map(({ registry, username, password }) =>
      [
        `printf '%s' ${shellWord(`User name for ${registry}: `)}; IFS= read -r ${username}`,
        `printf 'Password: '; stty -echo; IFS= read -r ${password}; stty echo; echo`,
      ].join('; '),
    )
    .join('; ');
}

/**
 * One line for an interactive POSIX shell that asks and creates the Secret. It runs in a shell of its own, with which all
 * that was typed is gone; however that ends, also by Ctrl-C, the terminal shows again what is typed.
 */
export function interactiveCommand(secret: PullSecret): string {
  const guard = "trap 'stty echo' EXIT; trap 'echo; exit 130' INT QUIT TERM";
  return `(${guard}; ${askCommand(secret)}; ${kubectlCommand(secret)})`;
}

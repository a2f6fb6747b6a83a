import { dockerLogins, type RegistryNote } from '../../core/secrets/dockerLogins.ts';
import { pullSecretProblems, tidySecret } from '../../core/pullSecrets/create/suggest.ts';
import { manifestsIn, secretManifest } from '../../core/pullSecrets/create/manifest.ts';
import { writePullSecretRequest, type WritePullSecretResult } from '../../protocol/pullSecrets.ts';
import { defineHandler } from '../handler.ts';

/** The logins go from one file to the other. No answer holds them, so that no trace of the messages does. */
export const writePullSecretHandler = defineHandler(
  writePullSecretRequest,
  async ({ secretFiles }, { target, others = [], ...params }): Promise<WritePullSecretResult> => {
    if (secretFiles === undefined) return nothing('There is no docker config to read here');
    if (!target.startsWith('file:///')) return nothing('Choose a file on the disk');
    const namespaces = [...new Set([params.namespace, ...others])];
    const [problem] = namespaces.flatMap(each => {
      const { registries, name, namespace } = pullSecretProblems({ ...params, namespace: each });
      return registries ?? name ?? namespace ?? [];
    });
    if (problem !== undefined) return nothing(problem);
    const secret = tidySecret(params);
    const file = await secretFiles.readDockerConfig();
    if (file.kind === 'none') return nothing(`The docker config ${secretFiles.dockerConfig} ${file.problem}`);
    const { credentials, lacking, doubtful } = dockerLogins(file.config, secret.registries);
    const notes = [...doubtful, ...lacking].map(noteOf);
    if (credentials.length === 0)
      return nothing('The docker config does not have a login that can be used', notes);
    const text = manifestsIn(namespaces, namespace => secretManifest({ ...secret, namespace }, credentials));
    const failure = await secretFiles.write(target, text);
    if (failure !== undefined) return nothing(`The file ${failure}`, notes);
    const isSeen = await secretFiles.isSeenByGit(target);
    return {
      message: `Wrote the Secret for ${[...new Set(credentials.map(({ registry }) => registry))].join(', ')}`,
      isWritten: true,
      notes: isSeen ? [...notes, 'The file is in a git work tree and not ignored: do not commit it'] : notes,
    };
  },
);

function noteOf({ registry, message }: RegistryNote): string {
  return `${registry}: ${message}`;
}

function nothing(message: string, notes: readonly string[] = []): WritePullSecretResult {
  return { message, isWritten: false, notes };
}

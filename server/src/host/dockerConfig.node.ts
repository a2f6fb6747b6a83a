import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DockerConfigFile, SecretFiles } from './secretFiles.ts';
import { isSeenByGit, writePrivateFile } from './privateFile.node.ts';
import { describeUnread } from './files.ts';
import { readTextFile } from './readFile.node.ts';

/** Where docker keeps its logins: `config.json` in `$DOCKER_CONFIG`, else in `.docker` of the home folder. */
export function dockerConfigPath(env: Readonly<Record<string, string | undefined>>): string {
  const folder = env['DOCKER_CONFIG'];
  if (folder === undefined || folder === '') return join(homeOf(env), '.docker', 'config.json');
  return join(folder, 'config.json');
}

/** Reads a docker config. Only after the user said so. Never rejects. */
export async function readDockerConfig(path: string): Promise<DockerConfigFile> {
  const file = await readTextFile(path, 'anywhere');
  if (file.kind !== 'text') return { kind: 'none', problem: describeUnread(file) };
  try {
    const config: unknown = JSON.parse(file.text);
    return { kind: 'config', config };
  } catch {
    // The reason would quote the text, and passwords with it.
    return { kind: 'none', problem: 'is not JSON' };
  }
}

function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  const home = env['HOME'];
  if (home === undefined || home === '') return homedir();
  return home;
}

/** The docker config and the files of this machine. */
export function nodeSecretFiles(env: Readonly<Record<string, string | undefined>>): SecretFiles {
  const dockerConfig = dockerConfigPath(env);
  return {
    dockerConfig,
    readDockerConfig: () => readDockerConfig(dockerConfig),
    write: (uri, text) => writePrivateFile(fileURLToPath(uri), text, { overwrite: true }),
    isSeenByGit: uri => isSeenByGit(fileURLToPath(uri)),
  };
}

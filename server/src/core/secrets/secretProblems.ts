import { configKeys, covers, type ConfigProblem, type DecodedConfig } from './dockerConfig.ts';
import { writtenHubKey } from './registryKey.ts';
import { isConfigType } from './readSecrets.ts';
import type { LocatedSecret } from './secretsInFile.ts';

/** Why the kubelet cannot use a Secret, or a part of it. */
export interface SecretProblem {
  readonly kind: 'type' | 'absent' | 'refused' | 'broken' | 'empty' | 'bare' | 'hub';
  /** A phrase to put after the Secret's name. */
  readonly message: string;
  /** Nothing in the Secret can be used. */
  readonly fatal: boolean;
  /** Only `hub`. */
  readonly problem?: ConfigProblem & { readonly kind: 'hub' };
}

const wantedType = 'kubernetes.io/dockerconfigjson';

/** What is known to be wrong with a Secret; empty where nothing is, and where it cannot be read. */
export function secretProblems({ kind, type, content }: LocatedSecret): readonly SecretProblem[] {
  if (type !== undefined && !isConfigType(type)) {
    const has = kind === 'Secret' ? 'has' : 'is made with';
    const message = `${has} type "${type}", which is not that of a pull secret: use "${wantedType}"`;
    return [{ kind: 'type', fatal: true, message }];
  }
  const key = configKeys[type ?? wantedType];
  if (content.kind === 'refused') {
    const what = `has a ${content.written} as its "${content.key}"`;
    const message = `${what}, which Kubernetes refuses: write ${wantedText(content.key)}`;
    return [{ kind: content.key === 'type' ? 'type' : 'refused', fatal: true, message }];
  }
  if (content.kind === 'absent') return [{ kind: 'absent', fatal: true, message: `has no "${key}"` }];
  if (content.kind !== 'config') return [];
  return configFlaws(content.config, key);
}

function wantedText(key: string): string {
  if (key === 'type') return `"${wantedType}"`;
  return 'its JSON as one text, under "data" in base64';
}

function configFlaws(config: DecodedConfig, key: string): readonly SecretProblem[] {
  if (config.kind === 'broken') {
    const message = `cannot be used, its "${key}" ${config.reason}: no image can be pulled with it`;
    return [{ kind: 'broken', fatal: true, message }];
  }
  const isUsable = config.hosts.length > 0;
  const helper = config.problems.find(problem => problem.kind === 'helper');
  if (!isUsable && helper !== undefined) {
    const what = `keeps its credentials in "${helper.key}"`;
    const message = `${what}, which the kubelet does not read: put them into "auths"`;
    return [{ kind: 'empty', fatal: true, message }];
  }
  if (!isUsable && config.problems.length === 0) {
    return [{ kind: 'empty', fatal: true, message: `has no registry in its "${key}"` }];
  }
  const isHubCovered = covers(config, 'docker.io/library/x');
  return config.problems.flatMap((problem): readonly SecretProblem[] => {
    if (problem.kind === 'bare') {
      const message = `has an entry for "${problem.host}" without credentials`;
      return [{ kind: 'bare', fatal: !isUsable, message }];
    }
    // "docker login" leaves entries for its tokens beside the one that works.
    if (problem.kind === 'helper' || isHubCovered) return [];
    const what = `has credentials for Docker Hub under "${problem.host}"`;
    const message = `${what}, where no image finds them: the key must be "${writtenHubKey}"`;
    return [{ kind: 'hub', fatal: false, message, problem }];
  });
}

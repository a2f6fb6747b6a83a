import { fileURLToPath } from 'node:url';
import type { RegistryAccess } from './access.ts';
import { readAuthority } from './authority.node.ts';
import { dockerLoginFinder } from './dockerLogins.node.ts';
import { trustOf } from './trust.node.ts';

export function nodeRegistryAccess(env: NodeJS.ProcessEnv): RegistryAccess {
  return {
    findLogin: (folders, complain) =>
      dockerLoginFinder({ env, untrusted: folders.flatMap(pathOf), complain }),
    trustOf: (host, authorities) => trustOf(host, authorities, env),
    readAuthority,
  };
}

/** None for a folder that is not on this machine. */
function pathOf(uri: string): readonly string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

import { pathsOf } from '../files.node.ts';
import type { RegistryAccess } from './access.ts';
import { readAuthority } from './authority.node.ts';
import { dockerLoginFinder } from './dockerLogins.node.ts';
import { trustOf } from './trust.node.ts';

export function nodeRegistryAccess(env: NodeJS.ProcessEnv): RegistryAccess {
  return {
    findLogin: (folders, complain) => dockerLoginFinder({ env, untrusted: pathsOf(folders), complain }),
    trustOf: (host, authorities) => trustOf(host, authorities, env),
    readAuthority,
  };
}

/** A repository that a folder is the work tree of. */
export interface Repository {
  /** The URI of the work tree. */
  readonly root: string;
  /** As of `repositoryKey`; none of them is a text to show. */
  readonly remotes: readonly string[];
}

/**
 * What tells a repository by its address, the same for `https://`, `ssh://` and `git@host:path`, with and without login, port and
 * `.git`: hosts do not tell upper from lower case. `undefined`: the text is not an address, or a template fills it in.
 */
export function repositoryKey(address: string): string | undefined {
  if (/[{}$\s]/.test(address)) return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)\/([^?#]*)/i.exec(address);
  const scp = /^([^/:]+):(?!\/\/)([^?#]*)$/.exec(address);
  const [, authority, path] = url ?? scp ?? [];
  if (authority === undefined || path === undefined) return undefined;
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  const steps = path.split('/').filter(step => step !== '');
  if (host === '' || steps.length === 0) return undefined;
  return [host, ...steps]
    .join('/')
    .replace(/\.git$/i, '')
    .toLowerCase();
}

/**
 * Whether an address is that of a repository; `undefined`: it cannot be told, such as for a mirror or an alias of the host, which
 * have the name of the repository in common.
 */
export function isOfRepository(address: string | undefined, { remotes }: Repository): boolean | undefined {
  const key = address === undefined ? undefined : repositoryKey(address);
  if (key === undefined || remotes.length === 0) return undefined;
  if (remotes.includes(key)) return true;
  if (remotes.some(remote => nameOf(remote) === nameOf(key))) return undefined;
  return false;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

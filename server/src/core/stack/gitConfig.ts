import { repositoryKey } from './repository.ts';

/** More of them are not written by people. */
const maxRemotes = 100;

/**
 * The keys of the remotes in the text of a `.git/config`, without anything else of their addresses, such as logins. What
 * `insteadOf` replaces is replaced. Takes time in proportion to the text.
 */
export function remotesIn(text: string): readonly string[] {
  const addresses: string[] = [];
  const replaced: { readonly from: string; readonly to: string }[] = [];
  let section = '';
  let name = '';
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[\s*([\w.-]{1,80})(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (head !== null) {
      section = (head[1] ?? '').toLowerCase();
      name = (head[2] ?? '').replace(/\\(.)/g, '$1');
      continue;
    }
    const [, key = '', written = ''] = /^\s*([a-z][a-z0-9-]{0,80})\s*=(.*)$/i.exec(line) ?? [];
    const value = plainValue(written);
    if (section === 'remote' && key.toLowerCase() === 'url') addresses.push(value);
    if (section === 'url' && key.toLowerCase() === 'insteadof') replaced.push({ from: value, to: name });
  }
  const keys = new Set<string>();
  for (const address of addresses.slice(0, maxRemotes)) {
    const [best] = replaced
      .filter(({ from }) => from !== '' && address.startsWith(from))
      .toSorted((a, b) => b.from.length - a.from.length);
    const real = best === undefined ? address : best.to + address.slice(best.from.length);
    for (const key of [repositoryKey(address), repositoryKey(real)]) if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

/** Without quotes and comment. */
function plainValue(written: string): string {
  const text = written.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
  const [own = ''] = text.split(/[#;]/, 1);
  return own.trim();
}

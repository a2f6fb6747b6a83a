import { upTo } from '../text/cut.ts';
/** The name that the kubelet looks Docker Hub's credentials up by where no other key matches. */
export const hubKey = 'index.docker.io';

/** How Docker Hub's key is written by `docker login`. */
export const writtenHubKey = 'https://index.docker.io/v1/';

/** Longer than any host with a path; keys beyond it are not worth the time. */
const longestKey = 1000;

const hubHosts = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
  'docker.com',
  'www.docker.com',
  'www.docker.io',
]);

/**
 * The name under which the kubelet keeps the credentials of a key of `auths` (`Add` in kubernetes'
 * pkg/credentialprovider/keyring.go): without scheme and user, `/v1/` and `/v2/` taken off the beginning of
 * the path. `undefined`: it ignores the key, or no image can match it.
 */
export function registryKey(written: string): string | undefined {
  if (written.length > longestKey) return undefined;
  const parsed = parseUrl(/^https?:\/\//.test(written) ? written : `https://${written}`);
  if (parsed === undefined) return undefined;
  const { host } = parsed;
  const path = /^\/v[12]\//.test(parsed.path) ? parsed.path.slice(3) : parsed.path;
  const key = path === '/' ? host : host + path;
  // No repository has an "@", and what is before one may be a password.
  if (key === '' || key.includes('@')) return undefined;
  return key;
}

/** Whether a key is meant for Docker Hub, and the kubelet uses it for no image from there. */
export function isLostHubKey(written: string): boolean {
  const bare = written.replace(/^[a-z]+:\/\//i, '').replace(/^[^/]*@/, '');
  const host = /^[^/:]*/.exec(bare)?.[0] ?? '';
  if (!hubHosts.has(host.toLowerCase())) return false;
  const key = registryKey(written);
  return key !== hubKey && (key === undefined || !/^docker\.io(?:\/(?!v[12]$)|$)/.test(key));
}

/**
 * `URLsMatch` of keyring.go: the host part by part, with wildcards; the same port;
 * the path as the beginning of a text.
 */
export function keyMatches(key: string, repository: string): boolean {
  const [glob, target] = [split(key), split(repository)];
  const parts = target.host.split('.');
  const globs = glob.host.split('.');
  return (
    glob.port === target.port &&
    globs.length === parts.length &&
    target.path.startsWith(glob.path) &&
    globs.every((part, index) => matchesPart(part, parts[index] ?? ''))
  );
}

/** Whether an image without any other match is looked up by `hubKey` (`isDefaultRegistryMatch`). */
export function isHubRepository(repository: string): boolean {
  const first = upTo(repository, '/');
  if (first === '') return false;
  return first === repository || first === 'docker.io' || first === hubKey || !/[.:]/.test(first);
}

interface ParsedUrl {
  readonly host: string;
  readonly path: string;
}

/** The part of Go's `url.Parse` that counts for `https://…`. */
function parseUrl(url: string): ParsedUrl | undefined {
  const rest = upTo(url.replace(/^https?:\/\//, ''), '?#');
  const authority = upTo(rest, '/');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const path = rest.slice(authority.length);
  if (/[\u0000-\u001f\u007f]/.test(url) || /%(?![0-9a-fA-F]{2})/.test(path)) return undefined;
  const port = portOf(host);
  const isLegal = /^[-\w.~!$&'()*+,;=:[\]<>"]*$/.test(host) && port !== undefined && /^(?::\d*)?$/.test(port);
  if (!isLegal) return undefined;
  const decoded = path.replace(/%([0-9a-fA-F]{2})/g, (_, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
  return { host, path: decoded };
}

/** With its colon; `undefined` after a bracket that is not closed. */
function portOf(host: string): string | undefined {
  const [bracket, colon] = [host.lastIndexOf(']'), host.lastIndexOf(':')];
  const isBracketed = host.startsWith('[');
  if (isBracketed && bracket < 0) return undefined;
  if (isBracketed) return host.slice(bracket + 1);
  if (colon < 0) return '';
  return host.slice(colon);
}

function split(key: string): { readonly host: string; readonly port: string; readonly path: string } {
  const whole = upTo(key, '/');
  const path = key.slice(whole.length);
  const [, host = whole, port = ''] = /^\[?([^:[\]]*)\]?:([^:]*)$/.exec(whole) ?? [];
  return { host, port, path };
}

/** `filepath.Match` for a part of a host: `*`, and `[a-z]` as one character. */
function matchesPart(glob: string, text: string): boolean {
  const steps = globSteps(glob);
  if (steps.includes('[')) return false;
  let [at, index] = [0, 0];
  let star: { readonly offset: number; index: number } | undefined;
  while (index < text.length) {
    const step = steps[at];
    if (step === '*') star = { offset: at++, index };
    else if (step !== undefined && matchesOne(step, text[index] ?? '')) [at, index] = [at + 1, index + 1];
    else if (star !== undefined) [at, index] = [star.offset + 1, ++star.index];
    else return false;
  }
  return steps.slice(at).every(step => step === '*');
}

/** The characters and classes of a glob; a class that nothing closes, or that is empty, leaves a lone `[`. */
function globSteps(glob: string): readonly string[] {
  const steps: string[] = [];
  const last = glob.lastIndexOf(']');
  for (let at = 0; at < glob.length;) {
    let end = at + 1;
    if (at < last && glob[at] === '[') {
      const close = glob.indexOf(']', at);
      if (close > end) end = close + 1;
    }
    steps.push(glob.slice(at, end));
    at = end;
  }
  return steps;
}

function matchesOne(step: string, char: string): boolean {
  if (step.length === 1) return step === char;
  const isNegated = step.startsWith('[^');
  const ranges = step.slice(isNegated ? 2 : 1, -1).match(/[^]-[^]|[^]/g) ?? [];
  const isIn = ranges.some(range => char >= (range[0] ?? '') && char <= (range[2] ?? range[0] ?? ''));
  return isIn !== isNegated;
}

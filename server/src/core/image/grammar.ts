/**
 * The grammar of image references, after github.com/distribution/reference (`regexp.go`).
 * Matching is on whole texts: every pattern here is anchored.
 */
const DOMAIN_COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])`;
const DOMAIN = `${HOST}(?::[0-9]+)?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const REFERENCE_PATTERN = new RegExp(`^((?:${DOMAIN}/)?${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const NAME_PATTERN = new RegExp(`^(?:(${DOMAIN})/)?(${PATH})$`);
const DOMAIN_PATTERN = new RegExp(`^${DOMAIN}$`);
const HOST_PATTERN = new RegExp(`^${HOST}$`);
const PATH_COMPONENT_PATTERN = new RegExp(`^${PATH_COMPONENT}$`);
const TAG_PATTERN = new RegExp(`^${TAG}$`);
const IDENTIFIER_PATTERN = /^[a-f0-9]{64}$/;
/** What go-digest accepts as the shape of a digest of any algorithm. */
const OPEN_DIGEST_PATTERN = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;

/** The longest path in characters; the registry is not counted. */
export const MAX_PATH_LENGTH = 255;

export interface NameParts {
  readonly domain: string | undefined;
  readonly path: string;
}

export interface ReferenceParts {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * The parts by form alone: neither the length nor the digest's algorithm is checked.
 * `undefined`: no reference.
 */
export function matchReference(text: string): ReferenceParts | undefined {
  const match = REFERENCE_PATTERN.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { name: match[1], tag: match[2], digest: match[3] };
}

/**
 * Splits a name into registry and path by form alone, so `a/b` has the registry `a`. `undefined`: no name.
 */
export function matchName(text: string): NameParts | undefined {
  const match = NAME_PATTERN.exec(text);
  if (match?.[2] === undefined) return undefined;
  return { domain: match[1], path: match[2] };
}

/** Host with an optional port; the port's size is not checked. */
export function isDomain(text: string): boolean {
  return DOMAIN_PATTERN.test(text);
}

export function isHost(text: string): boolean {
  return HOST_PATTERN.test(text);
}

export function isPathComponent(text: string): boolean {
  return PATH_COMPONENT_PATTERN.test(text);
}

export function isTag(text: string): boolean {
  return TAG_PATTERN.test(text);
}

/** 64 hexadecimal digits: an image id, never a repository. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER_PATTERN.test(text);
}

export type DigestProblem = 'digest' | 'digestLength' | 'digestAlgorithm';

/** Checks a digest as go-digest does with sha256 alone registered. `undefined`: it is good. */
export function digestProblem(digest: string): DigestProblem | undefined {
  const colon = digest.indexOf(':');
  if (colon <= 0 || colon + 1 === digest.length) return 'digest';
  const encoded = digest.slice(colon + 1);
  if (digest.slice(0, colon) !== 'sha256')
    return OPEN_DIGEST_PATTERN.test(digest) ? 'digestAlgorithm' : 'digest';
  if (encoded.length !== 64) return 'digestLength';
  if (!IDENTIFIER_PATTERN.test(encoded)) return 'digest';
  return undefined;
}

import { MAX_PATH_LENGTH, digestProblem, isIdentifier, matchName, matchReference } from './grammar.ts';
import type { DigestProblem } from './grammar.ts';

/** An image reference as written; `undefined` parts are absent. */
export interface ImageReference {
  readonly registry?: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Why a text is not a reference. `identifier`: 64 hexadecimal digits, an image ID. */
export type ReferenceProblem =
  'empty' | 'format' | 'uppercase' | 'tooLong' | 'identifier' | 'notCanonical' | DigestProblem;

export type ParsedReference =
  | { readonly reference: ImageReference; readonly error?: never }
  | { readonly error: ReferenceProblem; readonly reference?: never };

/** A reference, or the digest alone where the text is a bare digest or image id. */
export type ParsedAny =
  ParsedReference | { readonly digest: string; readonly reference?: never; readonly error?: never };

export const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_LEGACY = 'index.docker.io';
const OFFICIAL = 'library/';

/** Parses by the grammar alone: `a/b` has the registry `a`, nothing is filled in. */
export function parseReference(text: string): ParsedReference {
  if (text === '') return { error: 'empty' };
  const parts = matchReference(text);
  if (parts === undefined) {
    const lower = text.toLowerCase();
    if (lower !== text && matchReference(lower) !== undefined) return { error: 'uppercase' };
    return { error: 'format' };
  }
  const name = matchName(parts.name) ?? { domain: undefined, path: parts.name };
  if (name.path.length > MAX_PATH_LENGTH) return { error: 'tooLong' };
  const problem = parts.digest === undefined ? undefined : digestProblem(parts.digest);
  if (problem !== undefined) return { error: problem };
  return {
    reference: {
      ...(name.domain !== undefined && { registry: name.domain }),
      path: name.path,
      ...(parts.tag !== undefined && { tag: parts.tag }),
      ...(parts.digest !== undefined && { digest: parts.digest }),
    },
  };
}

/** Parses as container engines do: `mysql` is `docker.io/library/mysql`. The registry is always there. */
export function normalizeReference(text: string): ParsedReference {
  if (isIdentifier(text)) return { error: 'identifier' };
  if (text === '') return { error: 'empty' };
  const { registry, remainder } = splitRegistry(text);
  const colon = remainder.indexOf(':');
  const remote = colon < 0 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote) return { error: 'uppercase' };
  return parseReference(`${registry}/${remainder}`);
}

/**
 * Like `normalizeReference`, but a text that is not in canonical form already is the error `notCanonical`.
 */
export function parseCanonicalReference(text: string): ParsedReference {
  const parsed = normalizeReference(text);
  if (parsed.reference === undefined || printReference(parsed.reference) === text) return parsed;
  return { error: 'notCanonical' };
}

/**
 * What a container runtime pulls: canonical, with `latest` where nothing is named,
 * and without the tag beside a digest.
 */
export function dockerReference(text: string): ParsedReference {
  const parsed = normalizeReference(text);
  if (parsed.reference === undefined) return parsed;
  const { tag, digest, ...name } = parsed.reference;
  if (digest !== undefined) return { reference: { ...name, digest } };
  return { reference: { ...name, tag: tag ?? 'latest' } };
}

/** Parses an image id, a bare digest, or a reference in any form. */
export function parseAnyReference(text: string): ParsedAny {
  if (isIdentifier(text)) return { digest: `sha256:${text}` };
  if (digestProblem(text) === undefined) return { digest: text };
  return normalizeReference(text);
}

/** `registry/path:tag@digest`, of what is there. */
export function printReference(reference: ImageReference): string {
  return printRepository(reference) + printSuffix(reference);
}

/** `:tag@digest`, of what is there. */
export function printSuffix({ tag, digest }: ImageReference): string {
  let suffix = '';
  if (tag !== undefined) suffix += `:${tag}`;
  if (digest !== undefined) suffix += `@${digest}`;
  return suffix;
}

/** `registry/path`, without tag and digest. */
export function printRepository(reference: ImageReference): string {
  if (reference.registry === undefined) return reference.path;
  return `${reference.registry}/${reference.path}`;
}

/** The short form that people write: without `docker.io/` and the `library/` of an official image. */
export function familiarName(reference: ImageReference): string {
  const { registry, ...rest } = reference;
  if (registry !== DOCKER_HUB) return printReference(reference);
  return printReference({
    ...rest,
    path: isOfficial(rest.path) ? rest.path.slice(OFFICIAL.length) : rest.path,
  });
}

/** Whether a path on Docker Hub is an official image, such as `library/mysql`. */
export function isOfficial(path: string): boolean {
  return path.startsWith(OFFICIAL) && !path.includes('/', OFFICIAL.length);
}

/** Whether a text before the first `/` names a registry and not a namespace of Docker Hub. */
export function isRegistryPart(text: string): boolean {
  return text === 'localhost' || /[.:]/.test(text) || text.toLowerCase() !== text;
}

function splitRegistry(text: string): { readonly registry: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  if (slash < 0) return { registry: DOCKER_HUB, remainder: OFFICIAL + text };
  const first = text.slice(0, slash);
  if (!isRegistryPart(first)) return { registry: DOCKER_HUB, remainder: text };
  const registry = first === DOCKER_HUB_LEGACY ? DOCKER_HUB : first;
  const remainder = text.slice(slash + 1);
  if (registry !== DOCKER_HUB || remainder.includes('/')) return { registry, remainder };
  return { registry, remainder: OFFICIAL + remainder };
}

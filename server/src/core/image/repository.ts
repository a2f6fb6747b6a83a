import { normalizeReference, printRepository } from './reference.ts';
import { namedRepositoryProblems } from './repositoryProblems.ts';
import type { RepositoryProblem } from './repositoryProblems.ts';
import { splitImage } from './splitImage.ts';

/** The canonical `registry/path` of a repository. `undefined`: invalid, or it holds a tag or a digest. */
export function canonicalRepository(text: string): string | undefined {
  const { reference } = normalizeReference(text);
  if (reference === undefined || reference.tag !== undefined || reference.digest !== undefined)
    return undefined;
  return printRepository(reference);
}

/**
 * The registry that a repository or reference is pulled from, port included. `undefined`: not a valid
 * reference.
 */
export function registryOf(text: string): string | undefined {
  return normalizeReference(text).reference?.registry;
}

/** Whether a repository as written carries a tag or digest, even an empty or invalid one. */
export function hasTagOrDigest(text: string): boolean {
  const image = splitImage(text);
  return image.tag !== undefined || image.digest !== undefined;
}

/**
 * Everything that keeps a text from being a valid repository, in the order of the text; empty for a good one.
 */
export function repositoryProblems(text: string): readonly RepositoryProblem[] {
  const flaws = namedRepositoryProblems(text);
  if (flaws.length > 0 || canonicalRepository(text) !== undefined) return flaws;
  return [
    { kind: 'format', message: `"${text}" is not a valid image repository`, start: 0, end: text.length },
  ];
}

/**
 * The valid repository that was clearly meant: without white space around it, scheme and surplus slashes, the
 * path in lower case. `undefined`: nothing to repair, or not repairable so; tags and digests are never cut.
 */
export function repairedRepository(text: string): string | undefined {
  const [first = '', ...others] = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .split('/')
    .filter(part => part !== '');
  const path = others.map(part => part.toLowerCase());
  const repaired = path.length === 0 ? first.toLowerCase() : [first, ...path].join('/');
  if (repaired !== text && repositoryProblems(repaired).length === 0) return repaired;
  return undefined;
}

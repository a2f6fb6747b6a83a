import { hasWildcard } from './wildcard.ts';

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What Kubernetes has against a Secret's name (RFC 1123 subdomain, 253 characters); `undefined`: nothing. */
export function secretNameProblem(name: string): string | undefined {
  if (name.length > 253) return `it has ${name.length} characters, at most 253 are allowed`;
  if (subdomain.test(name)) return undefined;
  return 'use only lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
}

/** What Kubernetes has against a namespace's name (RFC 1123 label, 63 characters); `undefined`: nothing. */
export function namespaceProblem(name: string): string | undefined {
  if (name.length > 63) return `it has ${name.length} characters, at most 63 are allowed`;
  if (label.test(name)) return undefined;
  return 'use only lower-case letters, digits and "-", with a letter or digit at both ends';
}

/**
 * Characters that other pattern languages give a meaning, and Kyverno none; no name of a namespace has them.
 */
export function meaninglessCharacters(pattern: string): readonly string[] {
  return [...new Set(pattern.match(/[![\]{}(),\\^$|+/]/g) ?? [])];
}

/**
 * Why a pattern cannot match any valid name of a namespace, except for characters without meaning;
 * `undefined`: it can.
 */
export function patternProblem(pattern: string): string | undefined {
  if (!hasWildcard(pattern)) return namespaceProblem(pattern);
  if (/^[-a-z0-9*?]*$/.test(pattern)) return undefined;
  return 'use only lower-case letters, digits and "-", besides "*" and "?"';
}

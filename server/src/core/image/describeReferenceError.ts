import { namedRepositoryProblems } from './repositoryProblems.ts';
import { isTag } from './grammar.ts';
import type { ReferenceProblem } from './reference.ts';
import { splitImage } from './splitImage.ts';

/** Says in one fragment, without full stop, what is wrong with a reference and what to do. */
export function describeReferenceError(error: ReferenceProblem, text: string): string {
  switch (error) {
    case 'empty':
      return 'the image reference is empty: write registry/path:tag';
    case 'identifier':
      return '64 hexadecimal digits are an image ID, not a repository';
    case 'digest': {
      const digest = splitImage(text).digest ?? '';
      return `the digest "${digest}" is malformed: write sha256: and 64 lower-case hexadecimal digits`;
    }
    case 'digestLength':
      return 'the digest has the wrong length: sha256 has 64 hexadecimal digits';
    case 'digestAlgorithm':
      return 'the digest has an unknown algorithm: use sha256';
    case 'notCanonical':
      return `"${text}" is not in canonical form: write registry and path in full`;
    case 'uppercase':
    case 'tooLong':
    case 'format':
      return describeForm(text);
  }
}

function describeForm(text: string): string {
  const image = splitImage(text);
  const flaw = namedRepositoryProblems(text).find(({ kind }) => kind !== 'tag' && kind !== 'digest');
  if (flaw !== undefined) return flaw.message;
  if (image.tag !== undefined && !isTag(image.tag)) return describeTagProblem(image.tag);
  if (image.digest !== undefined) return describeReferenceError('digest', text);
  return `"${text}" is not a valid image reference`;
}

/** Says what is wrong with an invalid tag and what to do. */
export function describeTagProblem(tag: string): string {
  if (tag === '') return 'the tag is empty: write one after the ":" or remove the ":"';
  if (tag.length > 128) return `the tag has ${tag.length} characters, at most 128 are allowed: shorten it`;
  if (/\s/.test(tag)) return `the tag "${tag}" has white space: remove it`;
  if (/^[.-]/.test(tag))
    return `the tag "${tag}" starts with "${tag.charAt(0)}": start with a letter, a digit or "_"`;
  return `the tag "${tag}" has invalid characters: use letters, digits, "_", "." and "-"`;
}

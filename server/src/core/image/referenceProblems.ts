import { describeReferenceError, describeTagProblem } from './describeReferenceError.ts';
import { namedRepositoryProblems } from './repositoryProblems.ts';
import { digestProblem, isTag } from './grammar.ts';
import { normalizeReference } from './reference.ts';
import { repairedRepository } from './repository.ts';
import { splitImage, type SplitImage } from './splitImage.ts';

/** What is wrong with a part of a text; the span is half-open, in UTF-16 code units of the text. */
export interface TextProblem {
  /** Without full stop. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What makes a whole reference invalid, in the order of the text; empty for a valid one. */
export function referenceProblems(text: string): readonly TextProblem[] {
  const flaws = namedRepositoryProblems(text).filter(({ kind }) => kind !== 'tag' && kind !== 'digest');
  if (flaws.length > 0) return flaws;
  const suffix = suffixFlaws(splitImage(text));
  if (suffix.length > 0) return suffix;
  const { error } = normalizeReference(text);
  if (error === undefined) return [];
  return [{ message: describeReferenceError(error, text), start: 0, end: text.length }];
}

/** What makes the text of a tag value invalid. deployKF puts it after a `:`, so `tag@digest` is valid. */
export function tagProblems(text: string): readonly TextProblem[] {
  return suffixFlaws(splitTag(text));
}

function splitTag(text: string): SplitImage {
  const at = text.indexOf('@');
  const base = { repository: '', repositoryEnd: 0, tag: text, tagStart: 0 };
  if (at < 0) return base;
  return { ...base, tag: text.slice(0, at), digest: text.slice(at + 1), digestStart: at + 1 };
}

function suffixFlaws({ tag, tagStart = 0, digest, digestStart = 0 }: SplitImage): readonly TextProblem[] {
  const flaws: TextProblem[] = [];
  if (tag !== undefined && !isTag(tag)) {
    flaws.push({
      message: describeTagProblem(tag),
      start: markedFrom(tag, tagStart),
      end: tagStart + tag.length,
    });
  }
  if (digest === undefined) return flaws;
  const problem = digestProblem(digest);
  if (problem !== undefined) {
    const message = describeReferenceError(problem, `x@${digest}`);
    flaws.push({ message, start: markedFrom(digest, digestStart), end: digestStart + digest.length });
  }
  return flaws;
}

/** An empty part is shown by the sign before it. */
function markedFrom(part: string, start: number): number {
  if (part === '') return Math.max(0, start - 1);
  return start;
}

/** The valid reference that was clearly meant; `undefined`: nothing to repair, or not repairable so. */
export function repairedReference(text: string): string | undefined {
  const bare = text.trim();
  const { repository, repositoryEnd } = splitImage(bare);
  const repaired = (repairedRepository(repository) ?? repository) + bare.slice(repositoryEnd);
  if (repaired !== text && referenceProblems(repaired).length === 0) return repaired;
  return undefined;
}

/** The valid tag that was clearly meant: without white space around it and without the `:` before it. */
export function repairedTag(text: string): string | undefined {
  const repaired = text.trim().replace(/^:+/, '');
  if (repaired !== text && tagProblems(repaired).length === 0) return repaired;
  return undefined;
}

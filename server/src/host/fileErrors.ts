import { ownValue } from '../core/text/ownValue.ts';
import { fileProblems, type Unread } from './files.ts';

const problems: Readonly<Record<string, string>> = {
  ENOENT: fileProblems.missing,
  ENOTDIR: fileProblems.missing,
  EACCES: fileProblems.denied,
  EPERM: fileProblems.denied,
  EISDIR: fileProblems.folder,
  ENXIO: fileProblems.special,
  EMFILE: fileProblems.tooManyOpen,
  ENFILE: fileProblems.tooManyOpen,
  ENAMETOOLONG: fileProblems.longName,
};

/** What an error of the system makes of a file. */
export function unreadFor(error: unknown): Unread {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  return { kind: 'unreadable', problem: describeFailure(error), isFailure: true };
}

/** What went wrong with a file: a phrase to put after its name. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return ownValue(problems, codeOf(error)) ?? `cannot be read: ${message}`;
}

/** The system's code of an error, such as `ENOENT`; empty where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return '';
}

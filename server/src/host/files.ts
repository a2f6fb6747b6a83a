import type { Repository } from '../core/stack/repository.ts';

/** A file beyond this is not a values file, and reading it would only cost memory. */
export const maxFileBytes = 10 * 1024 * 1024;

/** What reading a file gives. The text has no byte order mark, as in an editor. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly head?: string }
  /**
   * The problem is a phrase to put after the name of the file. `isFailure`: the system failed, or refused to read it: what is in it
   * is not known. The head is how the text begins, as well as can be told; `undefined`: it was not looked at, or does not name deployKF.
   */
  | {
      readonly kind: 'unreadable';
      readonly problem: string;
      readonly isFailure?: true;
      readonly head?: string;
    };

/** Where files that no editor has open are read from. What may be read is settled already. */
export interface Files {
  /** Never rejects: what goes wrong is part of the answer. */
  read(uri: string): Promise<FileText>;
  /**
   * The files in a folder and below that stacks may be made of, by `candidateKind`, without those that git ignores.
   * `undefined`: there is no way to list files. Never rejects.
   */
  list?(folder: string, options: ListOptions): Promise<readonly string[]>;
  /** The repository that a folder is in, with its remotes; `undefined`: none is known. Never rejects. */
  repository?(folder: string): Promise<Repository | undefined>;
}

/** Files of which only those in some folders may be read. */
export interface FileSource extends Omit<Files, 'read'> {
  /**
   * As of `Files`. What is outside of the bounds is not read: the URIs of folders, which count with their git
   * work trees.
   */
  read(uri: string, bounds: readonly string[]): Promise<FileText>;
}

/** The files inside of the bounds of the moment. */
export function boundFiles(source: FileSource, bounds: () => readonly string[]): Files {
  const read: Files['read'] = uri => source.read(uri, bounds());
  const repository: Files['repository'] = async folder => source.repository?.(folder);
  if (source.list === undefined) return { read, repository };
  return { read, repository, list: async (folder, options) => (await source.list?.(folder, options)) ?? [] };
}

export interface ListOptions {
  /** Asked now and then; once it is true, the answer may be incomplete. */
  readonly isCancelled: () => boolean;
  /** Where there are more, only the first are named, those in outer folders first; `maxListed` by default. */
  readonly most?: number;
  /** Called with the URI of each folder that is there and cannot be looked into, and a phrase that says why. */
  readonly onUnread?: (uri: string, problem: string) => void;
}

/** No folder with values of deployKF is as large as this; a home folder may be. */
export const maxListed = 20_000;

/** A file that has no text. */
export type Unread = Exclude<FileText, { kind: 'text' }>;

/** Everything that can be wrong with a file, and what to do: phrases to put after its name. */
export const fileProblems = {
  missing: 'does not exist',
  tooLarge: `is larger than ${maxFileBytes / 1024 / 1024} MB and not read: values files are small`,
  folder: 'is a folder, but a file is expected here',
  special: 'is not a regular file and not read',
  encoding: 'is not UTF-8 text: save it as UTF-8',
  denied: 'cannot be read: permission denied',
  longName: 'cannot be read: the name is too long',
  tooManyOpen: 'cannot be read: too many files are open',
  outside:
    'is outside of this folder and its git work tree and is not read: move it inside, or work from a folder that contains both',
  leadsOutside:
    'is reached through a link that leads outside of this folder and its git work tree and is not read: copy the file here, or work from a folder that contains both',
  ofGit: 'belongs to git itself and is not read',
} as const;

/** What to tell the user about it: a phrase to put after its name. */
export function describeUnread(result: Unread): string {
  if (result.kind === 'unreadable') return result.problem;
  return fileProblems[result.kind];
}

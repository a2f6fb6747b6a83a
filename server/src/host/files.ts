/** A file beyond this is no values file, and reading it would only cost memory. */
export const maxFileBytes = 10 * 1024 * 1024;

/** What reading a file gives. The text has no byte order mark, as in an editor. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Where files that no editor has open are read from. */
export interface Files {
  /** Never rejects: what goes wrong is part of the answer. */
  read(uri: string): Promise<FileText>;
  /**
   * The files in a folder and below that stacks may be made of, by `candidateKind`, without those that git ignores.
   * `undefined`: there is no way to list files. Never rejects.
   */
  list?(folder: string, options: ListOptions): Promise<readonly string[]>;
}

export interface ListOptions {
  /** Asked now and then; once it is true, the answer may be incomplete. */
  readonly isCancelled: () => boolean;
}

/** No folder with values of deployKF is as large as this; a home folder may be. */
export const maxListed = 20_000;

/** A file that has no text. */
export type Unread = Exclude<FileText, { kind: 'text' }>;

/** What to tell the user about it: a phrase to put behind its name. */
export function describeUnread(result: Unread): string {
  switch (result.kind) {
    case 'missing':
      return 'does not exist';
    case 'tooLarge':
      return `is not read: it has ${result.bytes} bytes, at most ${maxFileBytes} are`;
    case 'unreadable':
      return `cannot be read: ${result.reason}`;
  }
}

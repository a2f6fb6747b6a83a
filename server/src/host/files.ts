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
}

/** What to tell the user about a file that has no text. */
export function describeUnread(uri: string, result: Exclude<FileText, { kind: 'text' }>): string {
  switch (result.kind) {
    case 'missing':
      return `"${uri}" does not exist`;
    case 'tooLarge':
      return `"${uri}" is not read: it has ${result.bytes} bytes, at most ${maxFileBytes} are`;
    case 'unreadable':
      return `"${uri}" cannot be read: ${result.reason}`;
  }
}

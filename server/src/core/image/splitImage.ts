import { loginSpans } from '../text/logins.ts';

/**
 * The parts of a `repository:tag@digest` text as written, valid or not. Offsets are UTF-16 code units into
 * that text.
 */
export interface SplitImage {
  /** From 0 to `repositoryEnd`. */
  readonly repository: string;
  readonly repositoryEnd: number;
  /** `undefined`: no colon; "" when nothing follows it. */
  readonly tag?: string;
  /** Where the tag begins, right after its colon. */
  readonly tagStart?: number;
  /** `undefined`: no `@`; "" when nothing follows it. */
  readonly digest?: string;
  /** Where the digest begins, right after its `@`. */
  readonly digestStart?: number;
}

/**
 * Splits without judging, so an edit can touch one part alone. `host:5000/a` has no tag, `host:5000` has. A
 * login stays with the repository.
 */
export function splitImage(text: string): SplitImage {
  const login = loginSpans(text, 'whole')[0]?.end ?? -1;
  const at = text.indexOf('@', login + 1);
  const head = at < 0 ? text : text.slice(0, at);
  const colon = head.lastIndexOf(':');
  const tagged = colon > Math.max(login, head.lastIndexOf('/')) && !insideBrackets(head, colon);
  const repositoryEnd = tagged ? colon : head.length;
  return {
    repository: text.slice(0, repositoryEnd),
    repositoryEnd,
    ...(tagged && { tag: head.slice(colon + 1), tagStart: colon + 1 }),
    ...(at >= 0 && { digest: text.slice(at + 1), digestStart: at + 1 }),
  };
}

function insideBrackets(text: string, offset: number): boolean {
  return text.startsWith('[') && text.indexOf(']') > offset;
}

/** A reference by its tag alone; one that has a digest and no tag stays as it is. */
export function byTag(text: string): string {
  const { repository, tag } = splitImage(text);
  return tag === undefined ? text : `${repository}:${tag}`;
}

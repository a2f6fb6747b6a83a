import type { Span } from './span.ts';

/**
 * Where a text may hold a login of an address or image: what is before the last `@` that leads to a host,
 * such as `user:password@` or the token of `https://token@`, and what a query hands over, such as
 * `?access_token=…`. In text order. A digest after an `@` makes nothing a login, and neither does a plain
 * mail address. Without `whole`, a login ends at white space and quotes, as in the lines of a file;
 * with it, the text is one value.
 */
export function loginSpans(text: string, whole?: 'whole'): readonly Span[] {
  if (!/[@?&;#]|%40/.test(text)) return [];
  const logins = whole === 'whole' ? loginIn(text, { start: 0, end: text.length }) : loginsInWords(text);
  return [...logins, ...querySpans(text)].sort((a, b) => a.start - b.start);
}

/** A text with `…` for each login in it. */
export function withoutLogins(text: string, whole?: 'whole'): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of loginSpans(text, whole)) {
    if (start < from) continue;
    shown += `${text.slice(from, start)}…`;
    from = end;
  }
  return shown + text.slice(from);
}

/** Looks for the sign of a login first, which most words do not have, and then for the word around it. */
function loginsInWords(text: string): readonly Span[] {
  const spans: Span[] = [];
  const sign = /@|%40/g;
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    const word = wordAround(text, found.index);
    spans.push(...loginIn(text, word));
    sign.lastIndex = word.end;
  }
  return spans;
}

function wordAround(text: string, offset: number): Span {
  const limit = /[\s"'`<>]/g;
  limit.lastIndex = offset;
  const end = limit.exec(text)?.index ?? text.length;
  let start = offset;
  while (start > 0 && !/[\s"'`<>]/.test(text.charAt(start - 1))) start--;
  return { start, end };
}

/** The login in one word, before its last `@` that leads to a host. */
function loginIn(text: string, { start, end }: Span): readonly Span[] {
  const word = text.slice(start, end);
  const scheme = /^(?:[^/@]{1,40}:\/{1,2}|\/\/)/.exec(word)?.[0].length ?? 0;
  const sign = lastHostSign(word, scheme > 0);
  if (sign === undefined || sign.at < scheme) return [];
  const login = word.slice(scheme, sign.at);
  if (login === '' || login === 'git' || !isLogin(login, word.slice(sign.end), scheme > 0)) return [];
  return [{ start: start + scheme, end: start + sign.at }];
}

function isLogin(login: string, host: string, hasScheme: boolean): boolean {
  const slash = login.indexOf('/');
  const head = slash < 0 ? login : login.slice(0, slash);
  // `https://example.com:8080/a@b` is an address with an `@` in its path.
  const namesPassword = hasScheme ? /(?::|%3A)(?!\d*$)/i.test(head) : /:|%3A/i.test(head);
  if (namesPassword) return true;
  if (slash >= 0) return false;
  return hasScheme || /^[^\s/:]+(?::\d+)?\//.test(host);
}

/** An `@`, also as addresses write it in a login: where it is, and where it ends. */
interface HostSign {
  readonly at: number;
  readonly end: number;
}

/** The last `@` that a host may follow, and no digest; `undefined` where there is none. */
function lastHostSign(word: string, hasScheme: boolean): HostSign | undefined {
  let sign: HostSign | undefined;
  for (const { index, 0: written } of word.matchAll(/@|%40/g)) {
    const end = index + written.length;
    const next = word.slice(end, end + 260);
    const isDigest = /^(?:sha\d*|blake\w*|md5)(?:[:.-]|$)/i.test(next);
    if (!isDigest && leadsToHost(next, hasScheme)) sign = { at: index, end };
  }
  return sign;
}

/** The name of a host, or what fills one in; alone only where nothing else can follow. */
function leadsToHost(next: string, hasScheme: boolean): boolean {
  if (/^[[$%{]/.test(next)) return true;
  if (hasScheme) return /^[^/@]/.test(next);
  return /^(?:[\w-]|[^\u0000-\u007f])+(?:[./]|:\d|$)/.test(next);
}

function querySpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: written, 1: name = '', 2: value = '' } of text.matchAll(
    /[?&;#]([\w.-]{1,80})=([^\s&;"'`<>#]+)/g,
  )) {
    if (!/(?:token|key|sig|signature|secret|passw(?:or)?d|pwd|credentials?|auth|jwt)$/i.test(name)) continue;
    const end = index + written.length;
    spans.push({ start: end - value.length, end });
  }
  return spans;
}

import type { Span } from './span.ts';

/**
 * Where a text may hold a login of an address or image: what is before the last `@` that leads to a host,
 * such as `user:password@` or the token of `https://token@`, and what a query hands over, such as
 * `?access_token=…`. In text order. A digest after an `@` makes nothing a login, and neither does a plain
 * mail address. Without `whole`, a login ends at white space and quotes, as in the lines of a file;
 * with it, the text is one value.
 */
export function loginSpans(text: string, whole?: 'whole'): readonly Span[] {
  if (!/[@?&;#]/.test(text)) return [];
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

function loginsInWords(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: word } of text.matchAll(/[^\s"'`<>]+/g)) {
    if (word.includes('@')) spans.push(...loginIn(text, { start: index, end: index + word.length }));
  }
  return spans;
}

/** The login in one word, before its last `@` that leads to a host. */
function loginIn(text: string, { start, end }: Span): readonly Span[] {
  const word = text.slice(start, end);
  const at = lastHostSign(word);
  if (at < 0) return [];
  const scheme = word.slice(0, at).indexOf('://');
  const from = scheme < 0 ? 0 : scheme + '://'.length;
  const login = word.slice(from, at);
  if (login === '' || login === 'git' || !isLogin(login, word.slice(at + 1), scheme >= 0)) return [];
  return [{ start: start + from, end: start + at }];
}

function isLogin(login: string, host: string, hasScheme: boolean): boolean {
  const slash = login.indexOf('/');
  const head = slash < 0 ? login : login.slice(0, slash);
  // `example.com:8080/a@b` is an address with an `@` in its path.
  const namesPassword = /(?::|%3A)(?!\d*$)/i.test(head);
  if (namesPassword) return true;
  if (slash >= 0) return false;
  if (hasScheme || login.includes(':')) return true;
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//.test(host);
}

/** The offset of the last `@` that a host may follow, and no digest; -1 where there is none. */
function lastHostSign(word: string): number {
  for (let at = word.lastIndexOf('@'); at >= 0; at = at === 0 ? -1 : word.lastIndexOf('@', at - 1)) {
    const next = word.slice(at + 1, at + 260);
    const leadsToHost = /^(?:\[|[\w-]+(?:[./]|:\d))/.test(next);
    if (leadsToHost && !/^(?:sha\d+|blake\w+|md5)[:.-]/i.test(next)) return at;
  }
  return -1;
}

function querySpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: written, 1: name = '', 2: value = '' } of text.matchAll(
    /[?&;#]([\w.-]{1,80})=([^\s&;"'`<>#]+)/g,
  )) {
    if (!/(?:token|key|sig|signature|secret|passw(?:or)?d|pwd|credentials?|auth)$/i.test(name)) continue;
    const end = index + written.length;
    spans.push({ start: end - value.length, end });
  }
  return spans;
}

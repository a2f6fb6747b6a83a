import type { Span } from './span.ts';

/**
 * Where a text may hold a login of an address or image: the `user:password` before `@host`, the `token` of
 * `https://token@host`, and what a query hands over, such as `?access_token=…`. In text order, none goes over
 * white space or a quote. A digest after an `@` makes nothing a login, and neither does a plain mail address.
 */
export function loginSpans(text: string): readonly Span[] {
  return [...userInfoSpans(text), ...querySpans(text)].sort((a, b) => a.start - b.start);
}

/** A text with `…` for each login in it. */
export function withoutLogins(text: string): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of loginSpans(text)) {
    if (start < from) continue;
    shown += `${text.slice(from, start)}…`;
    from = end;
  }
  return shown + text.slice(from);
}

/** Each part of the text is walked once: a walk back from an `@` ends at the one before. */
function userInfoSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && !/[\s"'`<>@]/.test(text[start - 1] ?? '')) start--;
    const scheme = text.slice(start, at).lastIndexOf('://');
    if (scheme >= 0) start += scheme + '://'.length;
    const login = text.slice(start, at);
    const isLogin = scheme >= 0 ? !login.includes('/') : login.includes(':') && leadsToHost(text, at + 1);
    if (login !== '' && login !== 'git' && isLogin) spans.push({ start, end: at });
  }
  return spans;
}

/** What follows the `@` of a reference without a scheme, as far as it tells a host from a digest. */
function leadsToHost(text: string, offset: number): boolean {
  const next = text.slice(offset, offset + 260);
  return /^[\w-]+(?:[./]|:\d)/.test(next) && !/^(?:sha\d+|blake\w+|md5)[:.-]/i.test(next);
}

function querySpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: written, 1: name = '', 2: value = '' } of text.matchAll(
    /[?&]([\w.-]{1,80})=([^\s&"'`<>#]+)/g,
  )) {
    if (!/(?:token|key|sig|signature|secret|passw(?:or)?d|pwd|credentials?|auth)$/i.test(name)) continue;
    const end = index + written.length;
    spans.push({ start: end - value.length, end });
  }
  return spans;
}

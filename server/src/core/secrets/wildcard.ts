/**
 * Whether a name matches a pattern as Kyverno 1.10 matches namespaces: IGLOU-EU/go-wildcard v1.0.3. `*`
 * stands for any number of characters, also none, and `?` for exactly one; everything else for itself. There
 * are no classes and no escapes, case counts, and the whole name must match,
 * so an empty pattern matches only an empty name.
 */
export function matchesWildcard(pattern: string, name: string): boolean {
  const wanted = Array.from(pattern);
  const given = Array.from(name);
  let at = 0;
  let star: { readonly wanted: number; given: number } | undefined;
  let index = 0;
  while (index < given.length) {
    if (wanted[at] === '*') {
      star = { wanted: at, given: index };
      at++;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at++;
      index++;
    } else if (star !== undefined) {
      star.given++;
      at = star.wanted + 1;
      index = star.given;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every(step => step === '*');
}

/** The names that a pattern matches, in their order. */
export function matchedNames(pattern: string, names: readonly string[]): readonly string[] {
  return names.filter(name => matchesWildcard(pattern, name));
}

/** The names that a pattern does not match, those first that begin most like it. */
export function missedNames(pattern: string, names: readonly string[]): readonly string[] {
  const start = pattern.slice(0, Math.max(0, (pattern + '*').search(/[*?]/)));
  const alike = (name: string): number => {
    const end = Array.from(start).findIndex((char, index) => char !== name[index]);
    if (end < 0) return start.length;
    return end;
  };
  return names.filter(name => !matchesWildcard(pattern, name)).toSorted((a, b) => alike(b) - alike(a));
}

/** Whether the text is more than a plain name. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

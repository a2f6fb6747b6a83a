/** Orders releases: negative when `a` is older. A pre-release such as `0.1.6-alpha.1` comes before its release. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [parseRelease(a), parseRelease(b)];
  for (let index = 0; index < Math.max(left.numbers.length, right.numbers.length); index++) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre === right.pre) return 0;
  if (left.pre === '') return 1;
  if (right.pre === '') return -1;
  return left.pre.localeCompare(right.pre, 'en', { numeric: true });
}

function parseRelease(release: string): { readonly numbers: readonly number[]; readonly pre: string } {
  const [core = '', ...pre] = release.replace(/^v/, '').split('-');
  return { numbers: core.split('.').map(part => Number.parseInt(part, 10) || 0), pre: pre.join('-') };
}

/** A release without the `v` that tags have before it. */
export function plainRelease(release: string): string {
  return release.replace(/^v(?=\d)/, '');
}

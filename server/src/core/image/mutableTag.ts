const MOVING_WORDS: ReadonlySet<string> = new Set([
  'alpha',
  'beta',
  'canary',
  'current',
  'dev',
  'devel',
  'develop',
  'development',
  'edge',
  'experimental',
  'head',
  'latest',
  'lts',
  'main',
  'mainline',
  'master',
  'next',
  'nightly',
  'prod',
  'production',
  'release',
  'rolling',
  'snapshot',
  'stable',
  'staging',
  'test',
  'testing',
  'trunk',
  'unstable',
]);

/**
 * Whether a tag is known to be moved to new images: a word such as `latest`, alone or beside other plain
 * words (`latest-alpine`). A digit anywhere (`v1`, `nightly-20240501`) or a commit makes it no such tag.
 */
export function isMutableTag(tag: string): boolean {
  const words = tag.toLowerCase().split(/[-_.]/);
  if (words.some(word => !/^[a-z]+$/.test(word) || /^[a-f]{7,}$/.test(word))) return false;
  return MOVING_WORDS.has(words[0] ?? '') || MOVING_WORDS.has(words.at(-1) ?? '');
}

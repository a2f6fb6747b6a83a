/** Whether a repository is deployKF's own, whose sample values people build on. */
export function isUpstreamRepository(repository: string | undefined): boolean {
  return /[/:]deploykf\/deploykf(?:\.git)?\/?$/i.test(repository ?? '');
}

/** The folders at the root of deployKF's repository, at any of its releases (git ls-tree of v0.1.0 to v0.1.5). */
export const upstreamFolders: ReadonlySet<string> = new Set([
  '.github',
  'argocd-plugin',
  'generator',
  'scripts',
]);

/** The release of an archive that has the name under which deployKF publishes it; `undefined` for any other path. */
export function officialRelease(path: string): string | undefined {
  return /(?:^|[/\\])deploykf-(\d+\.\d+\.\d+(?:-[\w.]+)?)-generator\.zip$/.exec(path)?.[1];
}

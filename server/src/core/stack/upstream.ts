/** Whether a repository is deployKF's own, whose sample values people build on. */
export function isUpstreamRepository(repository: string | undefined): boolean {
  return /[/:]deploykf\/deploykf(?:\.git)?\/?$/i.test(repository ?? '');
}

/** The release of an archive that has the name under which deployKF publishes it; `undefined` for any other path. */
export function officialRelease(path: string): string | undefined {
  return /(?:^|[/\\])deploykf-(\d+\.\d+\.\d+(?:-[\w.]+)?)-generator\.zip$/.exec(path)?.[1];
}

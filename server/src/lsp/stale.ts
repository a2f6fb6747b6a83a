/** What has to be read again, besides the files that were touched. */
export interface Stale {
  readonly settings?: boolean;
  /** Folders whose project file may have changed. */
  readonly projects?: readonly string[];
  readonly files?: readonly string[];
  /** Whether a search has found something. */
  readonly found?: boolean;
  /** Whether generators have changed. */
  readonly generators?: boolean;
}

/** What is stale by one or the other. */
export function joinStale(first: Stale, second: Stale): Stale {
  return {
    settings: first.settings === true || second.settings === true,
    projects: [...(first.projects ?? []), ...(second.projects ?? [])],
    files: [...(first.files ?? []), ...(second.files ?? [])],
    found: first.found === true || second.found === true,
    generators: first.generators === true || second.generators === true,
  };
}

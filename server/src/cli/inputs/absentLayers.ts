import { stackFileMissing } from '../../core/rules/stack/stackFileMissing.ts';
import { findValuesFile } from '../../core/workspace/paths.ts';
import type { StackSource } from '../../core/stack/stackSource.ts';
import type { Snapshot, SnapshotState } from '../../core/workspace/snapshot.ts';
import { definedIn } from '../../core/workspace/sources.ts';

/** Layers of Applications that are not here. */
export interface AbsentLayers {
  /** A line for those that cannot be here: they are in another repository, or another tool fills in their names. */
  readonly elsewhere: readonly string[];
  /** The URIs of those that should be here. */
  readonly missing: readonly string[];
}

export function absentLayers({ state, plans }: Snapshot): AbsentLayers {
  const definitions = plans.flatMap(({ kind, definedAt }) => (kind === 'application' && definedAt) || []);
  const sources = [...new Set(definitions.map(({ uri }) => uri))]
    .flatMap(uri => state.files.get(uri) ?? [])
    .flatMap(file => definedIn(state, file))
    .filter(({ uri, span }) => definitions.some(at => at.uri === uri && at.span.start === span.start));
  return {
    elsewhere: sources.flatMap(source =>
      stackFileMissing.check(source).flatMap(({ message, severity }) => (severity === 'info' ? message : [])),
    ),
    missing: sources.flatMap(source => missingOf(state, source)),
  };
}

function missingOf(state: SnapshotState, { uri, application, files }: StackSource): readonly string[] {
  if (application === undefined) return [];
  return files
    .filter(file => file.problem !== undefined && file.isElsewhere !== true && file.isTemplate !== true)
    .map(({ text }) => findValuesFile(state, uri, application, text));
}

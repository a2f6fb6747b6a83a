import { stackFileMissing } from '../../core/rules/stack/stackFileMissing.ts';
import { findValuesFile } from '../../core/workspace/paths.ts';
import type { StackSource } from '../../core/stack/stackSource.ts';
import type { Snapshot, SnapshotState } from '../../core/workspace/snapshot.ts';
import { definedIn, sourcesIn } from '../../core/workspace/sources.ts';

/** Layers of Applications that are not here. */
export interface AbsentLayers {
  /** A line for those that cannot be here: they are in another repository, or another tool fills in their names. */
  readonly elsewhere: readonly string[];
  /** The URIs of those that should be here. */
  readonly missing: readonly string[];
}

export function absentLayers(snapshot: Snapshot): AbsentLayers {
  const { state, plans } = snapshot;
  const definitions = plans.flatMap(({ kind, definedAt }) => (kind === 'application' && definedAt) || []);
  const sources = [...new Set(definitions.map(({ uri }) => uri))]
    .flatMap(uri => state.files.get(uri) ?? [])
    .flatMap(file => definedIn(state, file))
    .filter(({ uri, span }) => definitions.some(at => at.uri === uri && at.span.start === span.start));
  const commands = plans
    .filter(({ kind }) => kind === 'command')
    .flatMap(plan => plan.uris.flatMap(uri => state.files.get(uri) ?? []).slice(0, 1))
    .flatMap(file => sourcesIn(snapshot, file));
  return {
    elsewhere: [...new Set([...sources, ...commands].flatMap(tellInfo))],
    missing: sources.flatMap(source => missingOf(state, source)),
  };
}

function tellInfo(source: StackSource): readonly string[] {
  return stackFileMissing
    .check(source)
    .flatMap(({ message, severity }) => (severity === 'info' ? message : []));
}

function missingOf(state: SnapshotState, { uri, application, files }: StackSource): readonly string[] {
  if (application === undefined) return [];
  return files
    .filter(({ problem, isElsewhere, isTemplate, isUncertain }) => {
      return problem !== undefined && ![isElsewhere, isTemplate, isUncertain].includes(true);
    })
    .map(({ text }) => findValuesFile(state, uri, application, text));
}

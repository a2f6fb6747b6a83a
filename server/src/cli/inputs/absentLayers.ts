import { stackFileMissing } from '../../core/rules/stack/stackFileMissing.ts';
import { findValuesFile } from '../../core/workspace/paths.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import { definedIn } from '../../core/workspace/sources.ts';

/** Layers of Applications that are not here. */
export interface AbsentLayers {
  /** A line for those that cannot be here: they are in another repository, or another tool fills in their names. */
  readonly elsewhere: readonly string[];
  /** The URIs of those that should be here. */
  readonly missing: readonly string[];
}

export function absentLayers({ state, plans }: Snapshot): AbsentLayers {
  const elsewhere: string[] = [];
  const missing: string[] = [];
  const uris = plans
    .filter(({ kind }) => kind === 'application')
    .map(({ definedAt }) => definedAt?.uri ?? '');
  const isAsked = (span: { readonly start: number }, uri: string): boolean =>
    plans.some(({ definedAt }) => definedAt?.uri === uri && definedAt.span.start === span.start);
  for (const uri of new Set(uris)) {
    const file = state.files.get(uri);
    const sources = file === undefined ? [] : definedIn(state, file);
    for (const source of sources.filter(({ span }) => isAsked(span, uri))) {
      for (const { message, severity } of stackFileMissing.check(source))
        if (severity === 'info') elsewhere.push(message);
      const { application } = source;
      for (const { text, problem, isElsewhere, isTemplate } of source.files) {
        if (application === undefined || problem === undefined) continue;
        if (isElsewhere !== true && isTemplate !== true)
          missing.push(findValuesFile(state, uri, application, text));
      }
    }
  }
  return { elsewhere, missing };
}

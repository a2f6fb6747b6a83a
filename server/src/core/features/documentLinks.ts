import { sourcesIn } from '../plans.ts';
import type { Snapshot } from '../snapshot.ts';
import { folderOf, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { findScriptFile, findValuesFile } from '../valuesPlaces.ts';

/** A path in a text and the file that it leads to. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
}

/** The values files that an Application, the project file or a script names, where they are known to be there. */
export function documentLinks(snapshot: Snapshot, file: ValuesFile): readonly DocumentLink[] {
  const { state } = snapshot;
  const folder = snapshot.folderOf(file.uri)?.uri ?? folderOf(file.uri);
  const ofSources = sourcesIn(state, file).flatMap(({ application, files }) =>
    files.map(({ text, span }) => ({
      span,
      target: application === undefined ? joinUri(folder, text) : findValuesFile(state, file.uri, application, text),
    })),
  );
  const ofCommands = (state.scripts ?? [])
    .filter(script => script.uri === file.uri)
    .flatMap(({ commands, uri }) => commands.flatMap(({ values }) => values.map(value => ({ ...value, uri }))))
    .map(({ text, span, uri }) => ({ span, target: findScriptFile(state, uri, text) }));
  return [...ofSources, ...ofCommands].filter(({ target }) => state.files.has(target));
}

import { definedIn } from '../workspace/sources.ts';
import { namedSecrets } from './secretPlaces.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { folderOf, joinUri } from '../stack/uri.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { findScriptFile, findValuesFile } from '../workspace/paths.ts';
import type { SnapshotState } from '../workspace/state.ts';
import { sampleLayer } from '../workspace/upstreamLayers.ts';

/** A path or name in a text and the file that it leads to. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  /** 0-based; `undefined`: the file as a whole. */
  readonly line?: number;
}

/**
 * The values files that an Application, the project file or a script names, where they are known to be there,
 * and the Secrets that the pull-secret policy names.
 */
export function documentLinks(snapshot: Snapshot, file: ValuesFile): readonly DocumentLink[] {
  const { state } = snapshot;
  const folder = snapshot.folderOf(file.uri)?.uri ?? folderOf(file.uri);
  const links: DocumentLink[] = [];
  for (const { application, files } of definedIn(state, file)) {
    for (const { text, span } of files) {
      if (application === undefined) links.push({ span, target: joinUri(folder, text) });
      else links.push({ span, target: findValuesFile(state, file.uri, application, text) });
    }
  }
  const scripts = (state.scripts ?? []).filter(script => script.uri === file.uri);
  for (const { uri, commands } of scripts) {
    for (const { values, folder } of commands) {
      for (const { text, span } of values)
        links.push({ span, target: findScriptFile(state, { uri, folder }, text) });
    }
  }
  const known = links.filter(({ target }) => state.files.has(target));
  return [...known, ...sampleLinks(state, file), ...secretLinks(snapshot, file)];
}

/** Upstream's sample files are in no file: they lead to the documents that show them. */
function sampleLinks(state: SnapshotState, { uri, applications }: ValuesFile): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const application of applications) {
    for (const { text, span } of application.valuesFiles) {
      const layer = sampleLayer(state, uri, application, text);
      if (layer !== undefined) links.push({ span, target: layer.uri });
    }
  }
  return links;
}

function secretLinks(snapshot: Snapshot, file: ValuesFile): readonly DocumentLink[] {
  const texts = [file, ...snapshot.hostedIn(file.uri)].filter(({ text }) => text.includes('existingSecret'));
  const links = texts.flatMap(text =>
    snapshot.viewsByChoice(text.uri).flatMap(view =>
      namedSecrets(view)
        .filter(named => named.file === text)
        .map(({ span, secrets: [secret] }) => ({ span: text.host?.embedding.toOuter(span) ?? span, secret })),
    ),
  );
  const first = links.filter(
    ({ span }, index) => links.findIndex(other => other.span.start === span.start) === index,
  );
  return first.flatMap(({ span, secret }) => {
    if (secret === undefined) return [];
    return [{ span, target: secret.place.uri, line: secret.place.start.line }];
  });
}

import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import { isSameSecret, namedSecrets, secretNamedAt, secretsAt } from './secretPlaces.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ShownDocument } from '../catalog/catalogIndex.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Position } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { placeAt } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import { SourceText } from '../text/sourceText.ts';
import { spanInDefaults, virtualText } from '../workspace/virtualDocuments.ts';
import type { StackView } from '../analysis/stackView.ts';
import { effectiveDocument } from '../workspace/effectiveValues.ts';
import { upstreamComments } from '../workspace/upstreamComments.ts';
import { defaultsUri } from '../workspace/virtualUris.ts';

/** A place in a file, or in a virtual document. */
export interface Target {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * Where the value at an offset is defined: by the layer that wins, or, on the winner itself, by what it
 * overrides, the nearest layer first and the release's defaults last.
 * The name of a pull secret leads to the Secret, and effective values lead to their origin.
 */
export function definition(snapshot: Snapshot, uri: string, offset: number): readonly Target[] {
  const shown = effectiveDocument(snapshot, uri);
  if (shown !== undefined) {
    const path = placeAt(shown.file.root, offset)?.path;
    const origin = path && shown.view.effective.at(path)?.winner;
    return path && origin ? targetOf(snapshot, shown.view, path, origin) : [];
  }
  const named = secretIn(snapshot, uri, offset);
  if (named !== undefined) return [named.place];
  const at = placeIn(snapshot, uri, offset);
  if (at === undefined) return [];
  if (at.on === 'value') {
    const secrets = secretPlaces(snapshot, at);
    if (secrets.length > 0) return secrets;
  }
  return distinct(
    snapshot.viewsByChoice(at.uri).flatMap(view => {
      const all = view.effective.at(at.path)?.all ?? [];
      const isWinner = all[0]?.layer.file?.uri === at.uri;
      const wanted = isWinner ? all.slice(1, 2) : all.slice(0, 1);
      return wanted.flatMap(part => targetOf(snapshot, view, at.path, part));
    }),
  );
}

/**
 * Every layer of every stack of the file that says something at the path, and the default if asked for; for
 * the name of a pull secret also the Secret. On the name of a Secret in its own file:
 * every entry of every stack that stands for it.
 */
export function references(snapshot: Snapshot, uri: string, offset: number): readonly Target[] {
  const named = secretIn(snapshot, uri, offset);
  if (named !== undefined) return distinct([named.place, ...entriesOf(snapshot, named)]);
  const at = placeIn(snapshot, uri, offset);
  if (at === undefined) return [];
  const layers = snapshot
    .viewsByChoice(at.uri)
    .flatMap(view =>
      (view.effective.at(at.path)?.all ?? []).flatMap(part => targetOf(snapshot, view, at.path, part)),
    );
  return distinct([...layers, ...secretPlaces(snapshot, at)]);
}

function secretIn(snapshot: Snapshot, uri: string, offset: number): LocatedSecret | undefined {
  const at = snapshot.textAt(uri, offset);
  return at && secretNamedAt(snapshot, at.file, at.offset);
}

function secretPlaces(snapshot: Snapshot, { uri, path }: PathPlace): readonly Target[] {
  return distinct(
    snapshot.viewsByChoice(uri).flatMap(view => secretsAt(view, path).map(({ place }): Target => place)),
  );
}

function entriesOf(snapshot: Snapshot, secret: LocatedSecret): readonly Target[] {
  return snapshot.plans.flatMap(plan => {
    const view = snapshot.view(plan);
    if (view === undefined) return [];
    return namedSecrets(view)
      .filter(({ secrets }) => secrets.some(candidate => isSameSecret(candidate, secret)))
      .map(({ file, span }) => file.locate(span));
  });
}

interface PathPlace {
  readonly uri: string;
  readonly path: Path;
  readonly on: 'key' | 'value';
}

function placeIn(snapshot: Snapshot, uri: string, offset: number): PathPlace | undefined {
  const at = snapshot.textAt(uri, offset);
  const place = at && placeAt(at.file.root, at.offset);
  return at && place && { uri: at.file.uri, path: place.path, on: place.on };
}

function targetOf(
  snapshot: Snapshot,
  view: StackView,
  path: Path,
  { layer, pair, written }: Contribution,
): readonly Target[] {
  if (layer.file !== undefined) return [layer.file.locate(pair?.key.span ?? written.span)];
  if (layer.document !== undefined) return [inDocument(layer.document, pair?.key.span ?? written.span)];
  const commented = upstreamComments(snapshot, view);
  const key = commented?.keySpan(path);
  if (commented !== undefined && key !== undefined) return [inDocument(commented.document, key)];
  const { catalog } = view.stack;
  const span = spanInDefaults(snapshot, catalog, path);
  const text = virtualText(snapshot, defaultsUri(catalog));
  if (span === undefined || text === undefined) return [];
  return [inDocument({ uri: defaultsUri(catalog), source: new SourceText(text) }, span)];
}

function inDocument({ uri, source }: ShownDocument, span: Span): Target {
  return { uri, start: source.positionAt(span.start), end: source.positionAt(span.end) };
}

function distinct(targets: readonly Target[]): readonly Target[] {
  const keys = new Set<string>();
  return targets.filter(({ uri, start }) => {
    const key = `${uri}#${start.line}:${start.character}`;
    return !keys.has(key) && keys.add(key);
  });
}

import type { Snapshot } from '../snapshot.ts';
import type { Contribution } from '../stack/effective.ts';
import type { Position } from '../text/sourceText.ts';
import type { Span } from '../text/span.ts';
import { placeAt } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import { SourceText } from '../text/sourceText.ts';
import { defaultsUri, spanInDefaults, virtualText } from '../virtualDocuments.ts';

/** A place in a file, or in a virtual document. */
export interface Target {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * Where the value at an offset is defined: by the layer that wins, or, on the winner itself, by what it overrides, the
 * nearest layer first and the release's defaults last.
 */
export function definition(snapshot: Snapshot, uri: string, offset: number): readonly Target[] {
  const at = placeIn(snapshot, uri, offset);
  if (at === undefined) return [];
  return distinct(
    snapshot.viewsByChoice(at.uri).flatMap(view => {
      const all = view.effective.at(at.path)?.all ?? [];
      const isWinner = all[0]?.layer.file?.uri === at.uri;
      const wanted = isWinner ? all.slice(1, 2) : all.slice(0, 1);
      return wanted.flatMap(part => targetOf(snapshot, view.stack.catalog, at.path, part));
    }),
  );
}

/** Every layer of every stack of the file that says something at the path, and the default if asked for. */
export function references(snapshot: Snapshot, uri: string, offset: number): readonly Target[] {
  const at = placeIn(snapshot, uri, offset);
  if (at === undefined) return [];
  return distinct(
    snapshot
      .viewsByChoice(at.uri)
      .flatMap(view =>
        (view.effective.at(at.path)?.all ?? []).flatMap(part => targetOf(snapshot, view.stack.catalog, at.path, part)),
      ),
  );
}

interface PathPlace {
  readonly uri: string;
  readonly path: Path;
  readonly span: Span;
}

function placeIn(snapshot: Snapshot, uri: string, offset: number): PathPlace | undefined {
  const at = snapshot.textAt(uri, offset);
  const place = at && placeAt(at.file.root, at.offset);
  return at && place && { uri: at.file.uri, path: place.path, span: place.node.span };
}

function targetOf(
  snapshot: Snapshot,
  catalog: string,
  path: Path,
  { layer, pair, written }: Contribution,
): readonly Target[] {
  if (layer.file !== undefined) return [layer.file.locate(pair?.key.span ?? written.span)];
  const span = spanInDefaults(snapshot, catalog, path);
  const text = virtualText(snapshot, defaultsUri(catalog));
  if (span === undefined || text === undefined) return [];
  const source = new SourceText(text);
  return [{ uri: defaultsUri(catalog), start: source.positionAt(span.start), end: source.positionAt(span.end) }];
}

function distinct(targets: readonly Target[]): readonly Target[] {
  const keys = new Set<string>();
  return targets.filter(({ uri, start }) => {
    const key = `${uri}#${start.line}:${start.character}`;
    return !keys.has(key) && keys.add(key);
  });
}

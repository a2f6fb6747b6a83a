import { visit } from './lookup.ts';
import type { Path, YamlNode } from './nodes.ts';

/** More places than this are not followed: aliases of aliases can be without number. */
const mostPlaces = 200;

interface Alias {
  readonly name: string;
  readonly path: Path;
}

/** A place, and how many of its steps are in the text itself. The others are below what an alias stands for. */
interface Place {
  readonly path: Path;
  readonly written: number;
}

/**
 * The paths where a node shows: its own first, then those of aliases of it and of the sections around it, also by merge
 * keys. `undefined`: this cannot be told, since a name stands for two nodes or there are too many places.
 */
export function shownAt(root: YamlNode | undefined, node: YamlNode): readonly Path[] | undefined {
  const anchors: { readonly name: string; readonly path: Path }[] = [];
  const aliases: Alias[] = [];
  let own: Path | undefined;
  visit(root, (current, path) => {
    if (current === node) own = path();
    if (current.anchor !== undefined) anchors.push({ name: current.anchor, path: path() });
    if (current.kind === 'alias') aliases.push({ name: current.name, path: path() });
  });
  if (own === undefined) return undefined;
  const places: Place[] = [{ path: own, written: own.length }];
  // Grows while it is gone through.
  for (const place of places) {
    for (const anchor of anchors) {
      if (anchor.path.length > place.written || !startsWith(place.path, anchor.path)) continue;
      const users = aliases.filter(({ name }) => name === anchor.name);
      if (users.length > 0 && anchors.filter(({ name }) => name === anchor.name).length > 1) return undefined;
      for (const { path } of users) {
        const at = withoutMergeKey(path);
        places.push({ path: [...at, ...place.path.slice(anchor.path.length)], written: at.length });
      }
    }
    if (places.length > mostPlaces) return undefined;
  }
  return places.map(({ path }) => path);
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** What `<<: *name` and `<<: [*name]` bring in is in the map around them. */
function withoutMergeKey(path: Path): Path {
  const at = path.lastIndexOf('<<');
  if (at >= 0 && at >= path.length - 2) return path.slice(0, at);
  return path;
}

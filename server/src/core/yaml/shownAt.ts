import { visit } from './lookup.ts';
import { keyText, type Path, type YamlNode } from './nodes.ts';

/** More places than this are not followed: aliases of aliases can be without number. */
const mostPlaces = 200;

interface NamedPlace {
  readonly name: string;
  readonly path: Path;
}

/** Where the nodes of a tree are. */
export interface NodePlaces {
  /** The node above each node, and the step from there. */
  readonly above: ReadonlyMap<YamlNode, Step>;
  readonly root: YamlNode | undefined;
  readonly anchors: readonly NamedPlace[];
  readonly aliases: readonly NamedPlace[];
}

interface Step {
  readonly node: YamlNode;
  readonly step: string | number;
}

/** Goes through a tree once; what is asked about its nodes afterwards does not. */
export function placesIn(root: YamlNode | undefined): NodePlaces {
  const above = new Map<YamlNode, Step>();
  const anchors: NamedPlace[] = [];
  const aliases: NamedPlace[] = [];
  visit(root, (node, path) => {
    if (node.kind === 'map')
      for (const { key, value } of node.pairs) above.set(value, { node, step: keyText(key) });
    if (node.kind === 'seq') node.items.forEach((item, step) => above.set(item, { node, step }));
    if (node.anchor !== undefined) anchors.push({ name: node.anchor, path: path() });
    if (node.kind === 'alias') aliases.push({ name: node.name, path: path() });
  });
  return { above, root, anchors, aliases };
}

function pathOf({ above, root }: NodePlaces, node: YamlNode): Path | undefined {
  const path: (string | number)[] = [];
  let current = node;
  while (current !== root) {
    const from = above.get(current);
    if (from === undefined) return undefined;
    path.unshift(from.step);
    current = from.node;
  }
  return path;
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
export function shownAt(places: NodePlaces, node: YamlNode): readonly Path[] | undefined {
  const { anchors, aliases } = places;
  const own = pathOf(places, node);
  if (own === undefined) return undefined;
  const shown: Place[] = [{ path: own, written: own.length }];
  // Grows while it is gone through.
  for (const place of shown) {
    for (const anchor of anchors) {
      if (anchor.path.length > place.written || !startsWith(place.path, anchor.path)) continue;
      const users = aliases.filter(({ name }) => name === anchor.name);
      if (users.length > 0 && anchors.filter(({ name }) => name === anchor.name).length > 1) return undefined;
      for (const { path } of users) {
        const at = withoutMergeKey(path);
        shown.push({ path: [...at, ...place.path.slice(anchor.path.length)], written: at.length });
      }
    }
    if (shown.length > mostPlaces) return undefined;
  }
  return shown.map(({ path }) => path);
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

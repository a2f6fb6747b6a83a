import type { Change } from '../findings/finding.ts';
import type { Layer } from '../stack/layer.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { uriOf } from './changes.ts';
import type { FixChanges } from './edits.ts';

/**
 * The fixes that all stacks of a file can live with: not those that give one value path of it several values, or a value to a path and
 * another one below it for another stack, nor those that write an image value which the release of another of its stacks does not have.
 */
export function agreedFixes(snapshot: Snapshot, fixes: readonly FixChanges[]): readonly FixChanges[] {
  const files = new Map<string, WrittenPaths>();
  for (const change of fixes.flat()) {
    if (change.kind !== 'set') continue;
    const uri = uriOf(change);
    const paths = files.get(uri) ?? new WrittenPaths();
    files.set(uri, paths);
    paths.add(change);
  }
  const isAgreed = (change: Change): boolean => {
    if (change.kind !== 'set') return true;
    const uri = uriOf(change);
    return files.get(uri)?.disagree(change) !== true && isKnownToAll(snapshot, uri, change.path);
  };
  return fixes.flatMap(changes => {
    if (changes.every(isAgreed)) return [changes];
    return changes.every(isOverride) ? [changes.filter(isAgreed)] : [];
  });
}

type SetChange = Extract<Change, { kind: 'set' }>;

/** What fixes write into one file. Each stack has layers of its own, which tell the stacks apart. */
class WrittenPaths {
  readonly #values = new Map<string, Set<string>>();
  readonly #layers = new Map<string, Set<Layer>>();
  /** Of what is written below a path. */
  readonly #layersBelow = new Map<string, Set<Layer>>();

  add({ path, value, layer }: SetChange): void {
    const key = keyOf(path);
    addTo(this.#values, key, JSON.stringify(value));
    addTo(this.#layers, key, layer);
    for (const above of pathsAbove(path)) addTo(this.#layersBelow, above, layer);
  }

  disagree({ path, layer }: SetChange): boolean {
    const key = keyOf(path);
    const isOther = (layers: ReadonlySet<Layer> | undefined): boolean =>
      layers !== undefined && [...layers].some(other => other !== layer);
    return (
      (this.#values.get(key)?.size ?? 0) > 1 ||
      isOther(this.#layersBelow.get(key)) ||
      pathsAbove(path).some(above => isOther(this.#layers.get(above)))
    );
  }
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, item: T): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([item]));
  else known.add(item);
}

function keyOf(path: readonly string[]): string {
  return path.join('\0');
}

function pathsAbove(path: readonly string[]): readonly string[] {
  return path.slice(1).map((_, index) => keyOf(path.slice(0, index + 1)));
}

/** One of the overrides of a component, each of which is right without the others. */
function isOverride(change: Change): boolean {
  return change.kind === 'set' && change.path.at(-1) === 'repository';
}

function isKnownToAll(snapshot: Snapshot, uri: string, path: readonly string[]): boolean {
  const catalogs = new Set(snapshot.viewsOf(uri).map(view => view.catalog));
  if (catalogs.size < 2) return true;
  const known = [...catalogs].filter(catalog => catalog.imageAround(path) !== undefined).length;
  return known === 0 || known === catalogs.size;
}

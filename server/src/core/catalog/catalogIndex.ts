import { Memo } from '../text/memo.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Anchors } from '../yaml/lookup.ts';
import { parsePath, printPath, type Path, type YamlMap } from '../yaml/nodes.ts';
import { isList, isRecord, nodeOf, type Value } from '../yaml/value.ts';
import type { Catalog, CatalogImage, Chart, Component } from './types.ts';

export type ValueType = 'map' | 'list' | 'string' | 'number' | 'boolean' | 'null';

/** A read-only document that is in no file, and its text. */
export interface ShownDocument {
  readonly uri: string;
  readonly source: SourceText;
}

/** The defaults in the form of a layer of the stack; without a document, its nodes have no place in any text. */
export interface DefaultsLayer {
  readonly kind: 'defaults';
  readonly label: string;
  readonly file: undefined;
  readonly root: YamlMap;
  readonly anchors: Anchors;
  /** What shows it, and what the spans of its nodes are in. */
  readonly document?: ShownDocument;
}

/** A catalog with its ways of look-up. Made once for each catalog; immutable. Paths may be written `a.b[0].c`. */
export class CatalogIndex {
  readonly catalog: Catalog;
  readonly #images: ReadonlyMap<string, CatalogImage>;
  readonly #components: ReadonlyMap<string, Component>;
  readonly #charts: ReadonlyMap<string, Chart>;
  readonly #imagesOf: ReadonlyMap<string, readonly CatalogImage[]>;
  readonly #memo = new Memo<CatalogIndex>(this);
  #defaultsLayer: DefaultsLayer | undefined;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
    this.#images = new Map(catalog.images.map(image => [image.path, image]));
    this.#components = new Map(catalog.components.map(component => [component.path, component]));
    this.#charts = new Map(catalog.charts.map(chart => [chart.path, chart]));
    this.#imagesOf = new Map(
      catalog.components.map(({ path }) => [path, catalog.images.filter(image => image.component === path)]),
    );
  }

  get release(): string {
    return this.catalog.release;
  }

  get defaultsLayer(): DefaultsLayer {
    return (this.#defaultsLayer ??= dataLayer(`defaults of ${this.release}`, this.catalog.defaults));
  }

  /** What follows from the catalog alone, made once and kept with it, so that all stacks of the release share it. */
  memo<T>(make: (catalog: CatalogIndex) => T): T {
    return this.#memo.of(make);
  }

  /** The image value at exactly this path (of its map, string or list). */
  imageAt(path: Path | string): CatalogImage | undefined {
    return this.#images.get(printed(path));
  }

  /** The image value that is at the path or contains it, such as `….images.dex.tag` or `….options[0]`. */
  imageAround(path: Path | string): CatalogImage | undefined {
    return longest(path, prefix => this.#images.get(prefix));
  }

  /** The component at exactly this path. */
  componentAt(path: Path | string): Component | undefined {
    return this.#components.get(printed(path));
  }

  /** The component that is at the path or contains it; `undefined` outside of all components. */
  componentOf(path: Path | string): Component | undefined {
    return longest(path, prefix => this.#components.get(prefix));
  }

  /** The chart whose `name`, `version` and `repository` are at this path. */
  chartAt(path: Path | string): Chart | undefined {
    return this.#charts.get(printed(path));
  }

  /** The image values of a component, in upstream's order. */
  imagesOf(component: Component): readonly CatalogImage[] {
    return this.#imagesOf.get(component.path) ?? [];
  }

  /** The component whose `images` map this path is; `undefined` for any other path. */
  imagesMapOf(path: Path | string): Component | undefined {
    const steps = stepsOf(path);
    if (steps.at(-1) !== 'images') return undefined;
    return this.componentAt(steps.slice(0, -1));
  }

  /** The default at a path; `undefined` when the release does not have the path. */
  defaultAt(path: Path | string): Value | undefined {
    let current: Value | undefined = this.catalog.defaults;
    for (const step of stepsOf(path)) current = childOf(current, step);
    return current;
  }

  /** The type of the default at a path; `undefined` when the release does not have the path. */
  defaultType(path: Path | string): ValueType | undefined {
    const value = this.defaultAt(path);
    if (value === undefined) return undefined;
    return typeOf(value);
  }

  /**
   * Whether the release leaves open what is at and below the path: an empty map, or a list, is its default
   * there.
   */
  isFreeForm(path: Path | string): boolean {
    let current: Value | undefined = this.catalog.defaults;
    for (const step of [...stepsOf(path), undefined]) {
      if (Array.isArray(current) || (isRecord(current) && Object.keys(current).length === 0)) return true;
      if (step !== undefined) current = childOf(current, step);
    }
    return false;
  }
}

export function typeOf(value: Value): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isRecord(value)) return 'map';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return 'boolean';
}

/** Values that are shipped as data, as a layer that cannot be written into. */
export function dataLayer(label: string, values: Value): DefaultsLayer {
  const node = nodeOf(values);
  const root: YamlMap = node.kind === 'map' ? node : { kind: 'map', span: node.span, pairs: [], flow: false };
  return { kind: 'defaults', label, file: undefined, root, anchors: new Map() };
}

function childOf(value: Value | undefined, step: string | number): Value | undefined {
  if (typeof step === 'number' && isList(value)) return value[step];
  if (typeof step === 'string' && isRecord(value) && Object.hasOwn(value, step)) return value[step];
  return undefined;
}

function longest<T>(path: Path | string, find: (prefix: string) => T | undefined): T | undefined {
  const steps = stepsOf(path);
  for (let length = steps.length; length > 0; length--) {
    const longestFound = find(printPath(steps.slice(0, length)));
    if (longestFound !== undefined) return longestFound;
  }
  return undefined;
}

function stepsOf(path: Path | string): Path {
  if (typeof path === 'string') return parsePath(path);
  return path;
}

function printed(path: Path | string): string {
  if (typeof path === 'string') return path;
  return printPath(path);
}

import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { Component, Retired } from '../catalog/types.ts';
import { Effective, type EffectiveValue } from '../stack/effective.ts';
import { effectiveDefaults } from '../stack/effectiveDefaults.ts';
import type { Layer } from '../stack/layer.ts';
import { withoutLayers } from '../stack/missingLayer.ts';
import { isSealed } from '../stack/sealed.ts';
import type { Stack } from '../stack/stack.ts';
import { isTemplated } from '../stack/templated.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { LocatedSecret } from '../secrets/secretsInFile.ts';
import { Memo } from '../text/memo.ts';
import type { Span } from '../text/span.ts';
import { findPath } from '../yaml/lookup.ts';
import { parsePath, type Path } from '../yaml/nodes.ts';
import { isTrue } from '../go/truth.ts';
import { imageEntries, type ImageEntry } from './images.ts';
import { writtenKeys, type KeyTest, type WrittenKey } from './writtenKeys.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import type { StackVerification } from '../verify/types.ts';

export interface ViewOptions {
  readonly catalog: CatalogIndex;
  /** `undefined`: no registry policy, so public images are not reported. */
  readonly policy: RegistryPolicy | undefined;
  readonly retired: readonly Retired[];
  /** The pull secrets in YAML files of the workspace; `undefined`: not looked for. */
  readonly secrets?: readonly LocatedSecret[] | undefined;
  /** The releases that have a value path, from the oldest to the newest. */
  readonly releasesWith?: (path: Path) => readonly string[];
  /** What registries were seen to have, which may be of an older plan. */
  readonly verified?: StackVerification | undefined;
}

/** A key that exists in a layer, near to a path that may not. */
export interface NearestKey {
  readonly layer: Layer;
  readonly uri: string;
  readonly span: Span;
  /** How many steps of the path exist; 0 when it is only the first key of the layer. */
  readonly depth: number;
}

/** Everything that rules and features ask about one stack. Immutable; computed when first asked. */
export class StackView {
  readonly stack: Stack;
  readonly catalog: CatalogIndex;
  readonly policy: RegistryPolicy | undefined;
  readonly retired: readonly Retired[];
  /** The pull secrets in YAML files of the workspace; `undefined`: not looked for. */
  readonly secrets: readonly LocatedSecret[] | undefined;
  /** What registries were seen to have, which may be of an older plan; `undefined`: they were not asked. */
  readonly verified: StackVerification | undefined;
  readonly effective: Effective;
  readonly #releasesWith: ViewOptions['releasesWith'];
  readonly #memo = new Memo<StackView>(this);
  readonly #enabled = new Map<Component, boolean>();
  readonly #without = new Map<ValuesFile, StackView>();
  #images: readonly ImageEntry[] | undefined;
  #imagesOf: ReadonlyMap<Component, readonly ImageEntry[]> | undefined;
  #written: readonly WrittenKey[] | undefined;

  constructor(stack: Stack, { catalog, policy, retired, secrets, releasesWith, verified }: ViewOptions) {
    this.stack = stack;
    this.catalog = catalog;
    this.policy = policy;
    this.retired = retired;
    this.secrets = secrets;
    this.verified = verified;
    this.#releasesWith = releasesWith;
    this.effective = new Effective([catalog.defaultsLayer, ...stack.layers], catalog.memo(effectiveDefaults));
  }

  /** The stack as it is without what a file says. */
  without(file: ValuesFile): StackView {
    const known = this.#without.get(file);
    if (known !== undefined) return known;
    const { catalog, policy, retired, secrets, verified } = this;
    const releasesWith = this.#releasesWith;
    const view = new StackView(
      withoutLayers(this.stack, layer => layer.file === file),
      { catalog, policy, retired, secrets, verified, ...(releasesWith && { releasesWith }) },
    );
    this.#without.set(file, view);
    return view;
  }

  /** The releases that have a value path, from the oldest to the newest; empty where others are not known. */
  releasesWith(path: Path): readonly string[] {
    return this.#releasesWith?.(path) ?? [];
  }

  /** Every image value of the release, the items of lists one by one, in the catalog's order. */
  get images(): readonly ImageEntry[] {
    return (this.#images ??= imageEntries(this));
  }

  /** Those of one component of the release, in the catalog's order. */
  imagesOf(component: Component): readonly ImageEntry[] {
    this.#imagesOf ??= byComponent(this.images);
    return this.#imagesOf.get(component) ?? [];
  }

  /** Every key that the user's layers hold, the weakest layer first. */
  get written(): readonly WrittenKey[] {
    return (this.#written ??= writtenKeys(this.catalog, this.stack.layers));
  }

  /** Those of them that pass a test; in parts of a file that stay the same, it is not tested again. */
  writtenWhere(test: KeyTest): readonly WrittenKey[] {
    return writtenKeys(this.catalog, this.stack.layers, test);
  }

  /** The layer that a new override belongs in: the strongest that has a file. `undefined` when there is none. */
  get ownLayer(): Layer | undefined {
    const own = this.stack.layers.filter(layer => layer.file !== undefined);
    return own.findLast(({ file }) => file !== undefined && !isSealed(file)) ?? own.at(-1);
  }

  /** Whether the component is generated, by the generator's own idea of truth. */
  isEnabled(component: Component): boolean {
    const known = this.#enabled.get(component);
    if (known !== undefined) return known;
    const value = this.effective.value(component.enabledPath);
    const isOpen = isTemplated(this.effective.at(component.enabledPath));
    const enabled = value === undefined || isOpen || isTrue(value);
    this.#enabled.set(component, enabled);
    return enabled;
  }

  /** Whether a layer that is missing may tell otherwise what is at a path, or that there is nothing. */
  isUncertain(path: string): boolean {
    if (this.stack.missing === undefined) return false;
    const said = this.#said(path);
    return said === undefined || this.isUncertainValue(said);
  }

  /** Whether one may tell otherwise what this value is: it is stronger than the layer that tells it here, or may add to a map. */
  isUncertainValue({ winner: { node, layer } }: EffectiveValue): boolean {
    const { missing = [], layers } = this.stack;
    if (node.kind === 'map') return missing.length > 0;
    const place = layers.indexOf(layer);
    return missing.some(({ weaker }) => weaker > place);
  }

  /** What counts at a path, else at the nearest one above. */
  #said(path: string): EffectiveValue | undefined {
    const steps = parsePath(path);
    for (let depth = steps.length; depth > 0; depth--) {
      const found = this.effective.at(steps.slice(0, depth));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What follows from the view alone, made once: what several rules ask for. */
  memo<T>(make: (view: StackView) => T): T {
    return this.#memo.of(make);
  }

  /** The deepest key on the way to a path in the own layer; `undefined` when the stack has no key at all. */
  nearestKey(path: Path | string): NearestKey | undefined {
    const layer = this.ownLayer;
    if (layer?.file === undefined || layer.root === undefined) return undefined;
    const steps = typeof path === 'string' ? parsePath(path) : path;
    for (let depth = steps.length; depth > 0; depth--) {
      const foundPath = findPath(layer.root, steps.slice(0, depth), layer.anchors);
      if (foundPath?.pair !== undefined && !foundPath.inherited) {
        return { layer, uri: layer.file.uri, span: foundPath.pair.key.span, depth };
      }
    }
    const first = layer.root.pairs[0];
    return first && { layer, uri: layer.file.uri, span: first.key.span, depth: 0 };
  }
}

function byComponent(images: readonly ImageEntry[]): ReadonlyMap<Component, readonly ImageEntry[]> {
  const groups = new Map<Component, ImageEntry[]>();
  for (const image of images) {
    const group = groups.get(image.component);
    if (group === undefined) groups.set(image.component, [image]);
    else group.push(image);
  }
  return groups;
}

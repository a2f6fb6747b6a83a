import { findPair, keysOf, pairsOf, resolved } from '../yaml/lookup.ts';
import type { Path, YamlMap, YamlNode, YamlPair } from '../yaml/nodes.ts';
import { valueOf, type Substitute, type Value } from '../yaml/value.ts';
import type { Layer } from './layer.ts';

/** What one layer says at a value path. */
export interface Contribution {
  readonly layer: Layer;
  /** The node as written; aliases are not resolved. */
  readonly written: YamlNode;
  /** The node that counts: `written`, seen through aliases. */
  readonly node: YamlNode;
  /** `undefined` for the root and list items. */
  readonly pair: YamlPair | undefined;
  /** The text is at another place (alias or merge key), so no edit may touch it. */
  readonly inherited: boolean;
  /** Where it is in a text that is a value itself; then no span of the nodes here is one to edit. `undefined` mostly. */
  readonly inText?: InText;
}

/** A place in a text that is the value of a key, as `valuesOverrides` may be one. */
export interface InText {
  /** What says the text. */
  readonly text: Contribution;
  /** The node as written in it. Spans are those of the text. */
  readonly written: YamlNode;
}

/**
 * What is left at a value path after the merge. deployKF folds its layers from the last one down (coll.Merge of gomplate
 * 3.11): a map takes in what it lacks from the layers before it, anything else replaces them. So a null or scalar counts
 * only as the last word at its path, and one below a map hides nothing.
 */
export interface EffectiveValue {
  /** The strongest layer's say. For a map it is only one of several. */
  readonly winner: Contribution;
  /** The layers that make up the value, strongest first: all that hold a map, or the winner alone. */
  readonly parts: readonly Contribution[];
  /** Every layer that says something at the path, strongest first, also those that have no effect. */
  readonly all: readonly Contribution[];
}

/** What is in the place of the nodes of a layer. */
export type SubstituteIn = (layer: Layer) => Substitute | undefined;

/** The merge of a stack's layers, computed path by path when asked. */
export class Effective {
  /** From the weakest (the defaults) to the strongest. */
  readonly layers: readonly Layer[];
  readonly #memo = new Map<string, EffectiveValue | undefined>();
  readonly #root: EffectiveValue | undefined;
  readonly #base: Effective | undefined;

  /** `base`: the merge of the weakest layer alone, which many stacks share; what no other layer touches is taken from it. */
  constructor(layers: readonly Layer[], base?: Effective) {
    this.layers = layers;
    this.#base = base;
    this.#root = this.#sharedOr('', fold(layers.toReversed().flatMap(rootContribution)));
  }

  /** The value at a path, also written `a.b[0].c`; `undefined` when no layer has it. */
  at(path: Path | string): EffectiveValue | undefined {
    if (typeof path === 'string') return this.#atText(path);
    return path.reduce<EffectiveValue | undefined>(stepBelow, this.#root);
  }

  /** The value at a path; `undefined` when no layer has it, which is not the same as null. */
  value(path: Path | string, substituteIn?: SubstituteIn): Value | undefined {
    const found = this.at(path);
    if (found === undefined) return undefined;
    const { node } = found.winner;
    // Most values are asked for by their own path.
    if (node.kind === 'scalar' && substituteIn === undefined) return node.value;
    return new ValueReader(substituteIn).read(found);
  }

  /** The keys of the map at a path, the defaults' order first; empty when there is no map. */
  keys(path: Path | string): readonly string[] {
    const found = this.at(path);
    if (found === undefined) return [];
    return keysOfParts(found);
  }

  /** Whether only the base speaks at a path, or nobody does: then what follows from it alone is the same in every stack. */
  isBase(path: string): boolean {
    return this.#base !== undefined && this.at(path) === this.#base.at(path);
  }

  /** Remembers the way, too: most paths that are asked for share it. */
  #atText(path: string): EffectiveValue | undefined {
    if (path === '') return this.#root;
    const known = this.#memo.get(path);
    if (known !== undefined || this.#memo.has(path)) return known;
    const end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    const found = this.#step(path.slice(0, Math.max(0, end)), path.slice(end + 1), path);
    // A base lives long and is asked for whatever users write; what it has is finite.
    if (found !== undefined || this.#base !== undefined) this.#memo.set(path, found);
    return found;
  }

  #step(parent: string, name: string, path: string): EffectiveValue | undefined {
    const above = this.#atText(parent);
    if (this.#base !== undefined && above === this.#base.#atText(parent)) return this.#base.#atText(path);
    const step = name.endsWith(']') ? Number(name.slice(0, -1)) : name;
    return above && this.#sharedOr(path, below(above, step));
  }

  #sharedOr(path: string, found: EffectiveValue | undefined): EffectiveValue | undefined {
    const isShared = found?.all.length === 1 && found.winner.layer === this.#base?.layers[0];
    if (isShared) return this.#base.at(path);
    return found;
  }
}

/** Cycles through aliases end in null, and so does what goes on for ever through merged aliases. */
class ValueReader {
  readonly #substituteIn: SubstituteIn | undefined;
  readonly #open = new Set<YamlNode>();
  #left = 200_000;

  constructor(substituteIn: SubstituteIn | undefined) {
    this.#substituteIn = substituteIn;
  }

  read(found: EffectiveValue): Value {
    const { node, layer } = found.winner;
    const given = this.#substituteFor(found);
    if (given !== undefined) return given;
    if (node.kind !== 'map') return valueOf(node, layer.anchors, this.#substituteIn?.(layer));
    if (this.#open.has(node) || this.#open.size >= 500 || --this.#left < 0) return null;
    this.#open.add(node);
    const entries = [...childrenOf(found)].map(([key, child]): [string, Value] => [key, this.read(child)]);
    this.#open.delete(node);
    return Object.fromEntries(entries);
  }

  #substituteFor({ parts }: EffectiveValue): Value | undefined {
    if (this.#substituteIn === undefined) return undefined;
    for (const { layer, node, written } of parts) {
      const substitute = this.#substituteIn(layer);
      const given = substitute?.(written) ?? substitute?.(node);
      if (given !== undefined) return given;
    }
    return undefined;
  }
}

/** What `below` finds for every key, at once, the defaults' order first. */
function childrenOf({ parts }: EffectiveValue): ReadonlyMap<string, EffectiveValue> {
  const contributions = new Map<string, Contribution[]>();
  for (const part of parts.toReversed()) {
    if (!isMap(part.node)) continue;
    for (const [key, { pair, inherited }] of pairsOf(part.node, part.layer.anchors)) {
      const contribution = contribute(part.layer, pair.value, pair, isElsewhere(part) || inherited);
      const known = contributions.get(key);
      if (known === undefined) contributions.set(key, contribution === undefined ? [] : [contribution]);
      else if (contribution !== undefined) known.push(contribution);
    }
  }
  const children = new Map<string, EffectiveValue>();
  for (const [key, all] of contributions) {
    const child = fold(all.toReversed());
    if (child !== undefined) children.set(key, child);
  }
  return children;
}

function rootContribution(layer: Layer): readonly Contribution[] {
  if (layer.root === undefined) return [];
  return [{ layer, written: layer.root, node: layer.root, pair: undefined, inherited: false }];
}

/** `all`: strongest first. */
function fold(all: readonly Contribution[]): EffectiveValue | undefined {
  const winner = all[0];
  if (winner === undefined) return undefined;
  if (winner.node.kind !== 'map') return { winner, parts: [winner], all };
  return { winner, parts: all.filter(part => part.node.kind === 'map'), all };
}

function stepBelow(parent: EffectiveValue | undefined, step: string | number): EffectiveValue | undefined {
  return parent && below(parent, step);
}

function below(parent: EffectiveValue, step: string | number): EffectiveValue | undefined {
  const all: Contribution[] = [];
  for (const part of parent.parts) {
    const contribution = stepInto(part, step);
    if (contribution !== undefined) all.push(contribution);
  }
  return fold(all);
}

function stepInto(from: Contribution, step: string | number): Contribution | undefined {
  const { layer, node } = from;
  if (node.kind === 'map' && typeof step === 'string') {
    const foundPair = findPair(node, step, layer.anchors);
    return (
      foundPair &&
      contribute(layer, foundPair.pair.value, foundPair.pair, isElsewhere(from) || foundPair.inherited)
    );
  }
  if (node.kind === 'seq' && typeof step === 'number') {
    const item = node.items[step];
    return item && contribute(layer, item, undefined, isElsewhere(from));
  }
  return undefined;
}

/** Whether what is below belongs to another place of the text. */
function isElsewhere({ inherited, written }: Contribution): boolean {
  return inherited || written.kind === 'alias';
}

function contribute(
  layer: Layer,
  written: YamlNode,
  pair: YamlPair | undefined,
  inherited: boolean,
): Contribution | undefined {
  const node = resolved(written, layer.anchors);
  // An unknown or cyclic alias stops deployKF; to us it says nothing.
  return node && { layer, written, node, pair, inherited };
}

function keysOfParts(found: EffectiveValue): readonly string[] {
  const maps = found.parts.toReversed().map(part => ({ map: part.node, layer: part.layer }));
  const keys = maps.flatMap(({ map, layer }) => {
    if (!isMap(map)) return [];
    return keysOf(map, layer.anchors);
  });
  return [...new Set(keys)];
}

function isMap(node: YamlNode): node is YamlMap {
  return node.kind === 'map';
}

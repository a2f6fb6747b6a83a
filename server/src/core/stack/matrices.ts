import { encloses, type Span } from '../text/span.ts';
import { pairsOf, resolved, type Anchors } from '../yaml/lookup.ts';
import type { YamlMap, YamlNode, YamlPair } from '../yaml/nodes.ts';
import type { CiMap } from './ciMaps.ts';
import { mostTurns, type Turn } from './loops.ts';

/** A job that a CI file starts once for each combination of written values. */
export interface Matrix {
  readonly turns: readonly Turn[];
  /** Of the job. */
  readonly job: Span;
}

/**
 * The matrices of a workflow (`strategy.matrix`, whose values are called `matrix.NAME`) and of GitLab (`parallel.matrix`, whose values are
 * variables). None where a combination is left out, or has a value that is not a text.
 */
export function matricesOf(ciMaps: readonly CiMap[]): readonly Matrix[] {
  return ciMaps.flatMap(({ map, anchors }) => {
    const turns = workflowTurns(map, anchors) ?? gitlabTurns(map, anchors) ?? [];
    return turns.length === 0 || turns.length > mostTurns ? [] : [{ turns, job: map.span }];
  });
}

/** The turns of the jobs around a place, outer ones first; one without values where there are none. */
export function matrixTurnsAt(matrices: readonly Matrix[], offset: number): readonly Turn[] {
  const around = matrices.findLast(({ job }) => encloses(job, { start: offset, end: offset }));
  return around?.turns ?? [new Map()];
}

function workflowTurns(job: YamlMap, anchors: Anchors): readonly Turn[] | undefined {
  const matrix = at(at(job, 'strategy', anchors), 'matrix', anchors);
  if (matrix?.kind !== 'map') return undefined;
  const pairs = pairsOf(matrix, anchors);
  if (pairs.has('exclude')) return undefined;
  const named = (name: string): string => `matrix.${name}`;
  const vectors = [...pairs].filter(([name]) => name !== 'include');
  const combinations = vectors.length === 0 ? [] : combined(vectors, anchors, named);
  const listed = at(matrix, 'include', anchors);
  if (listed === undefined || combinations === undefined) return combinations;
  const entries = entriesOf(listed, anchors, named);
  return entries && withEntries(combinations, entries);
}

/** The entries of an `include`, whose values are texts; `undefined` where one is not known. */
function entriesOf(
  list: YamlNode,
  anchors: Anchors,
  named: (name: string) => string,
): readonly Turn[] | undefined {
  if (list.kind !== 'seq') return undefined;
  const entries: Turn[] = [];
  for (const item of list.items) {
    const content = resolved(item, anchors);
    if (content?.kind !== 'map') return undefined;
    const entry = new Map<string, string>();
    for (const [name, { pair }] of pairsOf(content, anchors)) {
      const value = textOf(resolved(pair.value, anchors));
      if (value === undefined) return undefined;
      entry.set(named(name), value);
    }
    entries.push(entry);
  }
  return entries;
}

/**
 * As GitHub adds them: an entry goes to each combination of the lists that has its values for their names, over what entries before it
 * added there; one that goes to none is a combination of its own, which gets nothing of later ones.
 */
function withEntries(combinations: readonly Turn[], entries: readonly Turn[]): readonly Turn[] {
  const extended = combinations.map(turn => new Map(turn));
  const own: Turn[] = [];
  for (const entry of entries) {
    const fitting = extended.filter((_, index) =>
      [...entry].every(([name, value]) => (combinations[index]?.get(name) ?? value) === value),
    );
    if (fitting.length === 0) own.push(entry);
    for (const turn of fitting) for (const [name, value] of entry) turn.set(name, value);
  }
  return [...extended, ...own];
}

function gitlabTurns(job: YamlMap, anchors: Anchors): readonly Turn[] | undefined {
  return ofAll(at(at(job, 'parallel', anchors), 'matrix', anchors), anchors, name => name);
}

/** The combinations of each map of a list; `undefined`: it is not a list of maps, or one of them is not known. */
function ofAll(
  list: YamlNode | undefined,
  anchors: Anchors,
  named: (name: string) => string,
): readonly Turn[] | undefined {
  if (list?.kind !== 'seq') return undefined;
  const turns: Turn[] = [];
  for (const item of list.items) {
    const content = resolved(item, anchors);
    const own = content?.kind === 'map' ? combined(pairsOf(content, anchors), anchors, named) : undefined;
    if (own === undefined) return undefined;
    turns.push(...own);
  }
  return turns;
}

/** Each value of each key with each of the others; `undefined`: one of them is not a text. */
function combined(
  pairs: Iterable<readonly [string, { readonly pair: YamlPair }]>,
  anchors: Anchors,
  named: (name: string) => string,
): readonly Turn[] | undefined {
  let turns: readonly Turn[] = [new Map()];
  for (const [name, { pair }] of pairs) {
    const content = resolved(pair.value, anchors);
    const items = content?.kind === 'seq' ? content.items : [content];
    const values = items.map(item => textOf(item && resolved(item, anchors)));
    if (values.includes(undefined) || turns.length * values.length > mostTurns) return undefined;
    turns = turns.flatMap(turn => values.map(value => new Map([...turn, [named(name), value ?? '']])));
  }
  return turns;
}

function at(node: YamlNode | undefined, key: string, anchors: Anchors): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  const value = pairsOf(node, anchors).get(key)?.pair.value;
  return value && resolved(value, anchors);
}

/** As written: a release such as `0.1` stays one. */
function textOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.type === 'null' || /["'$`\n]/.test(node.source)) return undefined;
  return node.source;
}

import { hasTemplate } from '../../stack/templated.ts';
import { isMergeKey, visit } from '../../yaml/lookup.ts';
import type { YamlNode, YamlPair, YamlScalar } from '../../yaml/nodes.ts';

/** What a merge key (`<<`) names that it cannot take in. */
export interface WrongMergeSource {
  readonly key: YamlScalar;
  /** The value of `<<`, or an item of it where that is a list. */
  readonly source: YamlNode;
  /** What it is, as in "this is a list". */
  readonly kind: string;
}

/**
 * The sources of merge keys that are not maps. As of `failWantMap` in gopkg.in/yaml.v3 3.0.1, `decode.go`: a map, an
 * alias of a map, or a list of these; an alias of a list is none of them.
 */
export function wrongMergeSources(root: YamlNode | undefined): readonly WrongMergeSource[] {
  const anchored: YamlNode[] = [];
  const merges: YamlPair[] = [];
  visit(root, node => {
    if (node.anchor !== undefined) anchored.push(node);
    if (node.kind !== 'map') return;
    for (const pair of node.pairs) {
      if (pair.key.anchor !== undefined) anchored.push(pair.key);
      // `!!str <<` is a key like any other.
      if (isMergeKey(pair.key) && pair.key.tag === undefined) merges.push(pair);
    }
  });
  const wrong: WrongMergeSource[] = [];
  for (const { key, value } of merges) {
    const sources = value.kind === 'seq' ? value.items : [value];
    for (const source of sources) {
      const kind = wrongKind(namedBy(source, anchored));
      if (kind !== undefined) wrong.push({ key, source, kind });
    }
  }
  return wrong;
}

/** The node that an alias stands for: the last one before it that has its name. */
function namedBy(node: YamlNode, anchored: readonly YamlNode[]): YamlNode | undefined {
  if (node.kind !== 'alias') return node;
  const { start } = node.span;
  const before = anchored.filter(({ anchor, span }) => anchor === node.name && span.start < start);
  return before.toSorted((a, b) => a.span.start - b.span.start).at(-1);
}

/** `undefined` for a map, for what is not known, and for what another tool fills in. */
function wrongKind(node: YamlNode | undefined): string | undefined {
  if (node === undefined || node.kind === 'map' || node.kind === 'alias') return undefined;
  if (node.kind === 'seq') return 'a list';
  if (hasTemplate(node.source)) return undefined;
  if (node.type === 'null') return 'null';
  if (node.type === 'string') return 'a text';
  if (node.type === 'bool') return 'a switch';
  if (node.type === 'timestamp') return 'a date';
  return 'a number';
}

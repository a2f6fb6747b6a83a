import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../server/src/core/text/edit.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { anchorsOf, firstDocument } from '../../server/src/core/yaml/lookup.ts';
import type { YamlMap } from '../../server/src/core/yaml/nodes.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import { removePath } from '../../server/src/core/yaml/remove.ts';
import { isRecord, valueOf, type Value } from '../../server/src/core/yaml/value.ts';
import { setValues, type Assignment } from '../../server/src/core/yaml/write.ts';
import { yamlText } from '../support/yamlTexts.ts';

type Keys = readonly string[];

const newValue = fc.constantFrom<Value>(
  'v2',
  '1.10',
  'yes',
  '',
  'a: b',
  'x #y',
  "it's",
  true,
  7,
  null,
  [],
  ['a', { b: 1 }],
  {
    x: 'y',
  },
);
const path = fc.array(fc.constantFrom('a', 'b', 'images', 'tag', 'x-y.z', 'new', 'a b'), {
  minLength: 1,
  maxLength: 4,
});
const assignments: fc.Arbitrary<readonly Assignment[]> = fc
  .array(fc.record({ path, value: newValue }), { minLength: 1, maxLength: 4 })
  .map(list =>
    list.filter(({ path: own }, index) => list.findIndex(other => overlap(own, other.path)) === index),
  );

/** Whether one path is the other or leads to it. */
function overlap(a: Keys, b: Keys): boolean {
  return a.slice(0, b.length).every((step, index) => step === b[index]);
}

interface Read {
  readonly map: YamlMap | undefined;
  readonly value: Value;
}

function read(text: string): Read {
  const parsed = parseYaml(text);
  assert.deepEqual(parsed.problems, [], JSON.stringify(text));
  const root = firstDocument(parsed);
  return { map: root?.kind === 'map' ? root : undefined, value: valueOf(root, anchorsOf(root)) ?? {} };
}

function at(value: Value, keys: Keys): Value | undefined {
  return keys.reduce<Value | undefined>(
    (current, key) => (isRecord(current) ? current[key] : undefined),
    value,
  );
}

/** Every path to a value that is no map, with the value. */
function leaves(value: Value, keys: Keys = []): readonly (readonly [keys: Keys, value: Value])[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [[keys, value]];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, [...keys, key]));
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const result = applyEdits(text, edits);
  assert.ok(result !== undefined, 'edits overlap');
  return result;
}

function hasDuplicates(map: YamlMap | undefined): boolean {
  const seen: YamlMap[] = map === undefined ? [] : [map];
  for (const current of seen) {
    if (new Set(current.pairs.map(pair => pair.key.source)).size < current.pairs.length) return true;
    for (const { value } of current.pairs) if (value.kind === 'map') seen.push(value);
  }
  return false;
}

/** Texts that deployKF can read, without aliases: a value written in one place must not change another. */
const readable = yamlText.filter(text => {
  const parsed = parseYaml(text);
  const root = firstDocument(parsed);
  return (
    parsed.problems.length === 0 && root?.kind === 'map' && !hasDuplicates(root) && !/\*\w|<</.test(text)
  );
});

describe('properties: writing', () => {
  it('sets what was asked for, and nothing else', () => {
    fc.assert(
      fc.property(readable, assignments, (text, list) => {
        const { map, value: before } = read(text);
        const target = { source: new SourceText(text), root: map, anchors: anchorsOf(map) };
        const { edits, refused } = setValues(target, list);
        const result = apply(text, edits);
        const { map: newMap, value: after } = read(result);
        const done = list.filter(one => !refused.some(keys => overlap(one.path, keys.map(String))));
        for (const { path: keys, value } of done) assert.deepEqual(at(after, keys), value, result);
        for (const [keys, value] of leaves(before)) {
          if (done.some(one => overlap(keys, one.path) || overlap(one.path, keys))) continue;
          assert.deepEqual(at(after, keys), value, result);
        }
        const again = setValues(
          { source: new SourceText(result), root: newMap, anchors: anchorsOf(newMap) },
          done,
        );
        assert.equal(apply(result, again.edits), result);
        assert.equal(result.includes('\r\n'), text.includes('\r\n'));
        if (text.includes('\r\n')) assert.doesNotMatch(result, /[^\r]\n/);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves JSON as JSON', () => {
    const key = fc.constantFrom('a', 'b', 'images', 'tag', 'x-y.z', 'a b');
    const { node } = fc.letrec<{ node: Value; map: Value }>(tie => ({
      node: fc.oneof({ maxDepth: 4 }, newValue, tie('map')),
      map: fc.dictionary(key, tie('node')),
    }));
    const json = fc
      .dictionary(key, node, { minKeys: 1 })
      .chain(value => fc.constantFrom(0, 2).map(indent => JSON.stringify(value, null, indent)));
    fc.assert(
      fc.property(json, assignments, (text, list) => {
        const { map } = read(text);
        const { edits } = setValues(
          { source: new SourceText(text), root: map, anchors: anchorsOf(map) },
          list,
        );
        const result = apply(text, edits);
        assert.deepEqual(JSON.parse(result), read(result).value);
      }),
      { numRuns: 150 },
    );
  });

  it('removes what was asked for, and nothing else', () => {
    fc.assert(
      fc.property(readable, fc.nat(), (text, pick) => {
        const { map, value: before } = read(text);
        const paths = leaves(before).map(([keys]) => keys);
        const keys = paths[pick % Math.max(1, paths.length)] ?? [];
        const edit = map && removePath(new SourceText(text), map, keys);
        if (edit === undefined) return;
        const { value: after } = read(apply(text, [edit]));
        assert.equal(at(after, keys), undefined);
        for (const [other, value] of leaves(before))
          if (!overlap(other, keys))
            assert.deepEqual(at(after, other), value, JSON.stringify(apply(text, [edit])));
        const nulls = (value: Value): number => leaves(value).filter(([, leaf]) => leaf === null).length;
        assert.ok(nulls(after) <= nulls(before), JSON.stringify(apply(text, [edit])));
      }),
      { numRuns: 150 },
    );
  });
});

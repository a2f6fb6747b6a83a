import assert from 'node:assert/strict';
import { fileLayer } from '../../../server/src/core/stack/layer.ts';
import { Effective } from '../../../server/src/core/stack/effective.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';

/** The merge of texts, weakest first. */
function merged(...texts: readonly string[]): Value | undefined {
  const layers = texts.map((text, index) =>
    fileLayer(new ValuesFile(`file:///${index}.yaml`, text), `${index}.yaml`),
  );
  return new Effective(layers).value([]);
}

describe('merge', () => {
  const cases: readonly (readonly [title: string, layers: readonly string[], expected: Value])[] = [
    ['merges maps key by key', ['a: {x: 1, y: 2}', 'a: {y: 3, z: 4}'], { a: { x: 1, y: 3, z: 4 } }],
    ['replaces lists whole', ['a: [1, 2, 3]', 'a: [4]'], { a: [4] }],
    ['lets null win as the last word', ['a: {x: 1}', 'a: ~'], { a: null }],
    ['forgets a null below a map', ['a: {x: 1}', 'a: ~', 'a: {y: 2}'], { a: { x: 1, y: 2 } }],
    ['forgets a scalar below a map', ['a: 1', 'a: {b: 1}', 'a: {c: 2}'], { a: { b: 1, c: 2 } }],
    ['changes nothing with an empty map', ['a: {x: 1}', 'a: {}'], { a: { x: 1 } }],
    ['replaces a map by a scalar', ['a: {x: 1}', 'a: text'], { a: 'text' }],
    ['takes an empty file as no values', ['a: 1', '', '# only a comment\n'], { a: 1 }],
    ['uses the first document that is not null', ['a: 1', '---\n---\na: 2\n---\na: 3\n'], { a: 2 }],
    [
      'applies aliases and merge keys',
      ['x: &x {p: 1, q: 2}\na:\n  <<: *x\n  q: 3\nb: *x'],
      { x: { p: 1, q: 2 }, a: { q: 3, p: 1 }, b: { p: 1, q: 2 } },
    ],
    ['says nothing for a cycle', ['a: &a [*a, 1]\nb: 1'], { a: [null, 1], b: 1 }],
  ];
  for (const [title, layers, expected] of cases) {
    it(title, () => assert.deepEqual(merged(...layers), expected));
  }
});

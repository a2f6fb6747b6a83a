import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Effective } from '../../server/src/core/stack/effective.ts';
import { fileLayer } from '../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { isRecord, type Value } from '../../server/src/core/yaml/value.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const scalar: fc.Arbitrary<Value> = fc.constantFrom<Value>(null, true, 1, 'text', '');
const { map } = fc.letrec<{ map: Value; value: Value }>(tie => ({
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(scalar, { maxLength: 2 }), tie('map')),
}));

/** mergeValues of gomplate's coll.Merge: what `over` lacks comes from `under`; only two maps are merged. */
function merge(
  under: { readonly [key: string]: Value },
  over: { readonly [key: string]: Value },
): { readonly [key: string]: Value } {
  const result: Record<string, Value> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = under[name];
    result[name] = isRecord(value) && isRecord(below) ? merge(below, value) : value;
  }
  return result;
}

describe('properties: merge', () => {
  it('equals a naive fold from the last layer down', () => {
    fc.assert(
      fc.property(fc.array(map, { minLength: 1, maxLength: 5 }), layers => {
        const files = layers.map(
          (layer, index) => new ValuesFile(`file:///${index}.yaml`, JSON.stringify(layer)),
        );
        const effective = new Effective(files.map(file => fileLayer(file, '')));
        const naive = layers
          .map(layer => (isRecord(layer) ? layer : {}))
          .reduceRight((over, under) => merge(under, over));
        assert.deepEqual(effective.value([]), naive);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same with a shared base, and tells what the base alone decides', () => {
    const paths = ['', 'a', 'b', 'a.b', 'a.b.c', 'b.a', 'c[0]', 'd.d[1]', 'a[0].b'];
    fc.assert(
      fc.property(
        map,
        fc.array(map, { maxLength: 3 }),
        fc.shuffledSubarray(paths),
        (first, others, asked) => {
          const [weakest, ...layers] = [first, ...others].map((layer, index) =>
            fileLayer(new ValuesFile(`file:///${index}.yaml`, JSON.stringify(layer)), ''),
          );
          assert.ok(weakest);
          const base = new Effective([weakest]);
          const shared = new Effective([weakest, ...layers], base);
          const alone = new Effective([weakest, ...layers]);
          for (const path of asked) {
            assert.deepEqual(shared.at(path), alone.at(path));
            const isBase: boolean = (alone.at(path)?.all ?? []).every(({ layer }) => layer === weakest);
            assert.equal(
              shared.isBase(path),
              isBase && (alone.at(path) !== undefined || base.at(path) === undefined),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('properties: text', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '😀', ' ', '\n', '\r\n', '\r', '\t'), { maxLength: 40 })
    .map(parts => parts.join(''));

  it('turns an offset into a place and back', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (value, at) => {
        const source = new SourceText(value);
        const offset = Math.min(at, value.length);
        const isInsideLineEnd = value[offset - 1] === '\r' && value[offset] === '\n';
        fc.pre(!isInsideLineEnd);
        assert.equal(source.offsetAt(source.positionAt(offset)), offset);
      }),
    );
  });

  it('clamps places outside', () => {
    fc.assert(
      fc.property(text, fc.integer(), fc.integer(), (value, line, character) => {
        const offset = new SourceText(value).offsetAt({ line, character });
        assert.ok(offset >= 0 && offset <= value.length);
      }),
    );
  });
});

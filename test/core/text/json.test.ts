import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJson, type JsonNode } from '../../../server/src/core/text/json.ts';

function valueOf(node: JsonNode, text: string): unknown {
  if (node.kind === 'object')
    return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value, text)]));
  if (node.kind === 'list') return node.items.map(item => valueOf(item, text));
  return node.kind === 'string' ? node.text : JSON.parse(text.slice(node.span.start, node.span.end));
}

function native(text: string): unknown {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'no JSON';
  }
}

function own(text: string): unknown {
  const node = parseJson(text);
  return node === undefined ? 'no JSON' : { value: valueOf(node, text) };
}

describe('the JSON reader', () => {
  for (const text of [
    '',
    ' ',
    '{}',
    ' { "a" : [ 1 , -2.5e+3, "x\\u0041\\n\\/\\"" , null,true , false ] , "b":{} }\n',
    '{"a":1,}',
    '[1,]',
    '[,]',
    '{"a" 1}',
    "{'a': 1}",
    '{"a": "\t"}',
    '{"a": "\\x"}',
    '01',
    '1 2',
    '"a',
    '\uFEFF{}',
    'nul',
    '{"a": 1} // c',
  ])
    it(`reads ${JSON.stringify(text)} as JSON.parse does`, () => assert.deepEqual(own(text), native(text)));

  it('agrees with JSON.parse on any value and on damaged texts', () =>
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', '\\', 'e'),
        (json, at, sign) => {
          // "__proto__" is a plain key to us, and not to an object literal.
          fc.pre(!json.includes('__proto__'));
          assert.deepEqual(own(json), native(json));
          const place = at % (json.length + 1);
          const damaged = json.slice(0, place) + sign + json.slice(place + 1);
          assert.deepEqual(own(damaged), native(damaged));
        },
      ),
      { numRuns: 300, seed: 7 },
    ));

  it('says where a key stands', () => {
    const node = parseJson('{ "a": 1, "b c" : 2 }');
    assert.deepEqual(node?.kind === 'object' && node.members[1]?.keySpan, { start: 10, end: 15 });
  });

  it('keeps keys that are said twice, and gives up on what is too deep', () => {
    const node = parseJson('{"a":1,"a":2}');
    assert.equal(node?.kind === 'object' && node.members.length, 2);
    assert.equal(parseJson('['.repeat(5000) + ']'.repeat(5000)), undefined);
  });
});

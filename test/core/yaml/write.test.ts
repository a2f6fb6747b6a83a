import assert from 'node:assert/strict';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { anchorsOf, firstDocument } from '../../../server/src/core/yaml/lookup.ts';
import { parsePath, printPath } from '../../../server/src/core/yaml/nodes.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';
import { removePath } from '../../../server/src/core/yaml/remove.ts';
import { setValues } from '../../../server/src/core/yaml/write.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';

type Assignments = Readonly<Record<string, Value>>;

function set(text: string, assignments: Assignments): string {
  const root = firstDocument(parseYaml(text));
  const map = root?.kind === 'map' ? root : undefined;
  const list = Object.entries(assignments).map(([path, value]) => ({
    path: parsePath(path).map(String),
    value,
  }));
  const { edits, refused } = setValues(
    { source: new SourceText(text), root: map, anchors: anchorsOf(root) },
    list,
  );
  const result = applyEdits(text, edits);
  assert.notEqual(result, undefined, 'edits do not overlap');
  assert.deepEqual(parseYaml(result ?? '').problems, []);
  return (result ?? '') + refused.map(path => `refused ${printPath(path)}`).join('\n');
}

describe('setting values', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    assignments: Assignments,
    expected: string,
  ])[] = [
    ['replaces a scalar and keeps its comment', 'a: 1 # one\nb: 2\n', { a: 'x' }, 'a: x # one\nb: 2\n'],
    ['keeps double quotes', 'a: "1" # one\n', { a: 'x' }, 'a: "x" # one\n'],
    ['keeps single quotes', "a: 'it''s'\n", { a: "he's" }, "a: 'he''s'\n"],
    ['quotes what YAML would read otherwise', 'a: x\n', { a: '1.10' }, 'a: "1.10"\n'],
    ['quotes old truth values', 'a: x\n', { a: 'yes' }, 'a: "yes"\n'],
    ['quotes a text with a comment in it', 'a: x\n', { a: 'x #y' }, 'a: "x #y"\n'],
    ['writes an empty string', 'a: x\n', { a: '' }, 'a: ""\n'],
    ['fills a key without a value', 'a: # why\nb: 1\n', { a: 'x' }, 'a: x # why\nb: 1\n'],
    ['replaces null', 'a: ~\n', { a: 'x' }, 'a: x\n'],
    [
      'adds a key behind the last one',
      'a:\n  b: 1\n\n# next\nc: 1\n',
      { 'a.d': 'x' },
      'a:\n  b: 1\n  d: x\n\n# next\nc: 1\n',
    ],
    [
      'adds after the comments that belong to what is above, each key after those of its own map',
      'a:\r\n    b:\r\n        c: 1\r\n        # d: 2\r\n\r\n    # e: 3\r\n# end\r\n',
      { f: 'x', 'a.g': 'v', 'a.b.h': 'z' },
      'a:\r\n    b:\r\n        c: 1\r\n        h: z\r\n        # d: 2\r\n    g: v\r\n\r\n    # e: 3\r\nf: x\r\n# end\r\n',
    ],
    [
      'adds below a trailing comment',
      'a:\n  b: 1 # one\nc: 1\n',
      { 'a.d': 'x' },
      'a:\n  b: 1 # one\n  d: x\nc: 1\n',
    ],
    [
      'takes the indentation of the file',
      'a:\n    b: 1\n',
      { 'c.d.e': 'x' },
      'a:\n    b: 1\nc:\n    d:\n        e: x\n',
    ],
    [
      'shares a new section',
      'a:\n  b: 1\n',
      { 'a.c.d': 'x', 'a.c.e.f': 'z' },
      'a:\n  b: 1\n  c:\n    d: x\n    e:\n      f: z\n',
    ],
    ['writes at the end without a final line end', 'a:\n  b: 1', { 'a.c': 'x' }, 'a:\n  b: 1\n  c: x'],
    ['writes CRLF into CRLF', 'a:\r\n  b: 1\r\n', { 'a.c.d': 'x' }, 'a:\r\n  b: 1\r\n  c:\r\n    d: x\r\n'],
    ['stays in flow style', 'a: { b: 1 } # one\n', { 'a.c': 'x' }, 'a: { b: 1, c: x } # one\n'],
    [
      'stays JSON',
      '{"a": {"b": 1}}\n',
      { 'a.c.d': 'x', e: [null, { f: 'y' }] },
      '{"a": {"b": 1, "c": {"d": "x"}}, "e": [null, {"f": "y"}]}\n',
    ],
    ['stays JSON in a map without keys', '{"a": {}}', { 'a.b': 'x' }, '{"a": {"b": "x"}}'],
    [
      'stays JSON where null, a number or a text was',
      '{"a": null, "b": 1, "c": "z"}',
      { a: 'x', b: 'y', c: null },
      '{"a": "x", "b": "y", "c": null}',
    ],
    [
      'quotes no more than before where a key has no quotes',
      '{"a": 1, b: {}}\n',
      { 'b.c': 'x', d: 'z' },
      '{"a": 1, b: {c: x}, d: z}\n',
    ],
    [
      'quotes no more than before in block style',
      '"a":\n  "b": z\n',
      { 'a.b': 'x', 'a.c': 'w' },
      '"a":\n  "b": x\n  c: w\n',
    ],
    [
      'knows JSON below block style',
      'a: {"b": 1}\nc: {}\n',
      { 'a.d': 'x', 'c.e': 'z' },
      'a: {"b": 1, "d": "x"}\nc:\n  e: z\n',
    ],
    [
      'stays in flow style over lines',
      'a: {\n  b: 1, # one\n}\n',
      { 'a.c.d': 'x' },
      'a: {\n  b: 1, c: {d: x}, # one\n}\n',
    ],
    [
      'writes below a block text',
      'a:\n  b: |\n    text\n\nc: 1\n',
      { 'a.d': 'x' },
      'a:\n  b: |\n    text\n  d: x\n\nc: 1\n',
    ],
    [
      'writes below a block text that keeps its line ends',
      'a:\n  b: |+\n    text\n\nc: 1\n',
      { 'a.d': 'x' },
      'a:\n  b: |+\n    text\n\n  d: x\nc: 1\n',
    ],
    [
      'keeps such a text as it is before a last line of blanks',
      'b: |+\n  text\n\n  ',
      { d: 'x' },
      'b: |+\n  text\n\nd: x\n  ',
    ],
    [
      'writes into a map of a list',
      'a:\n- b: 1\nc:\n  d: 1\n',
      { 'c.e': 'x' },
      'a:\n- b: 1\nc:\n  d: 1\n  e: x\n',
    ],
    ['gives a null section its content', 'a:\n  b:\nc: 1\n', { 'a.b.d': 'x' }, 'a:\n  b:\n    d: x\nc: 1\n'],
    ['gives a section with ~ its content', 'a: ~ # none\n', { 'a.b.c': 'x' }, 'a: # none\n  b:\n    c: x\n'],
    ['starts an empty file', '', { 'a.b': 'x' }, 'a:\n  b: x\n'],
    ['fills an empty list', 'a:\n  b: [] # none\n', { 'a.b': ['x'] }, 'a:\n  b: [x] # none\n'],
    ['gives an empty text its content', "a: ''\nb: 1\n", { 'a.c.d': 'x' }, 'a: {c: {d: x}}\nb: 1\n'],
    ['starts a file of comments', '# ours', { 'a.b': 'x' }, '# ours\na:\n  b: x\n'],
    [
      'writes lists and maps',
      'a: 1\n',
      { b: ['x', { c: 'z', d: [] }] },
      'a: 1\nb:\n  - x\n  - c: z\n    d: []\n',
    ],
    ['writes after the anchor of nothing', 'a: &x # why\nb: *x\n', { a: 'z' }, 'a: &x z # why\nb: *x\n'],
    ['replaces an alias, not its anchor', 'a: &x 1\nb: *x\n', { b: 'z' }, 'a: &x 1\nb: z\n'],
    [
      'overrides what a merge key brings',
      'a: &x {t: 1}\nb:\n  <<: *x\n',
      { 'b.t': 'z' },
      'a: &x {t: 1}\nb:\n  <<: *x\n  t: z\n',
    ],
    [
      'refuses to write below an alias',
      'a: &x {t: 1}\nb: *x\n',
      { 'b.t': 'y' },
      'a: &x {t: 1}\nb: *x\nrefused b.t'.replace('b.t', 'b'),
    ],
    ['refuses to write below a text', 'a: text\n', { 'a.b': 'y' }, 'a: text\nrefused a'],
    ['ends before a document end', 'a: 1\n...\n', { b: 'x' }, 'a: 1\nb: x\n...\n'],
    ['keeps a byte order mark', '\uFEFFa: 1\n', { b: 'x' }, '\uFEFFa: 1\nb: x\n'],
  ];
  for (const [title, text, assignments, expected] of cases)
    it(title, () => assert.equal(set(text, assignments), expected));
});

describe('removing a value', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    path: string,
    expected: string | undefined,
  ])[] = [
    ['takes its line', 'a:\n  b: 1 # one\n  c: 2\n', 'a.b', 'a:\n  c: 2\n'],
    ['takes all of its lines', 'a:\n  b:\n    x: 1\n    y: |\n      text\n  c: 2\n', 'a.b', 'a:\n  c: 2\n'],
    ['takes the maps that would be left empty', 'x: 1\na:\n  b:\n    c: 1\n', 'a.b.c', 'x: 1\n'],
    ['takes the last line of a text without a line end', 'a: 1\nb: 2', 'b', 'a: 1'],
    ['cuts out of a flow map', 'a: { b: 1, c: 2 }\n', 'a.b', 'a: { c: 2 }\n'],
    ['cuts the last one out of a flow map', 'a: { b: 1, c: 2 }\n', 'a.c', 'a: { b: 1 }\n'],
    ['leaves comments above', 'a: 1\n# about b\nb: 2\nc: 3\n', 'b', 'a: 1\n# about b\nc: 3\n'],
    ['says when nothing is there', 'a: 1\n', 'b', undefined],
  ];
  for (const [title, text, path, expected] of cases) {
    it(title, () => {
      const root = firstDocument(parseYaml(text));
      const edit = root?.kind === 'map' ? removePath(new SourceText(text), root, parsePath(path)) : undefined;
      assert.equal(edit && applyEdits(text, [edit]), expected);
    });
  }
});

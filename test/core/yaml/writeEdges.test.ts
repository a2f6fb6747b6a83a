import assert from 'node:assert/strict';
import { applyEdits, type TextEdit } from '../../../server/src/core/text/edit.ts';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import { formatFlow, formatText } from '../../../server/src/core/yaml/format.ts';
import { anchorsOf, findPath, firstDocument } from '../../../server/src/core/yaml/lookup.ts';
import { parsePath, printPath } from '../../../server/src/core/yaml/nodes.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';
import { removeItem, removePath } from '../../../server/src/core/yaml/remove.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { appendItems, renameKey, replaceScalar, setValues } from '../../../server/src/core/yaml/write.ts';

function set(text: string, path: string, value: Value, width?: number): string {
  const root = firstDocument(parseYaml(text));
  const target = {
    source: new SourceText(text),
    root: root?.kind === 'map' ? root : undefined,
    anchors: anchorsOf(root),
    width,
  };
  const { edits, refused } = setValues(target, [{ path: path.split('.'), value }]);
  return refused.length > 0 ? `refused ${refused.map(printPath).join()}` : apply(text, edits);
}

function apply(text: string, edits: readonly (TextEdit | undefined)[]): string {
  const known = edits.filter(edit => edit !== undefined);
  return known.length < edits.length ? 'refused' : (applyEdits(text, known) ?? 'overlap');
}

describe('setting values at odd places', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    path: string,
    value: Value,
    expected: string,
  ])[] = [
    ['leaves a template alone', 'a: {{ .x }}\n', 'a.b', 'v', 'refused a.b'],
    ['fills an empty map with a comment', 'a: { # why\n  }\n', 'a.b', 'v', 'a: {b: v # why\n  }\n'],
    ['fills an empty map', 'a: {}\n', 'a.b', 'v', 'a:\n  b: v\n'],
    ['drops a tag that does not fit', 'a: !!str 1.10 # why\n', 'a', 2, 'a: 2 # why\n'],
    ['keeps a tag that fits', 'a: !!str 1.10\n', 'a', 'v', 'a: !!str v\n'],
    ['keeps an anchor', 'a: &x v1\n', 'a', 'v2', 'a: &x v2\n'],
    ['refuses a block text', 'a: |\n  x\n', 'a', 'v', 'refused a'],
    ['refuses a file that is a list', '- a\n', 'a', 'v', 'refused a'],
    ['refuses a file that is a text', 'hello\n', 'a', 'v', 'refused a'],
    ['starts behind `---`', '---\n# ours\n', 'a', 'v', '---\n# ours\na: v\n'],
    ['starts a file of CRLF comments', '# ours\r\n', 'a.b', 'v', '# ours\r\na:\r\n  b: v\r\n'],
    [
      'fills a missing value before comments',
      'a: # one\n # two\nb: 1\n',
      'a',
      'v',
      'a: v # one\n # two\nb: 1\n',
    ],
    [
      'ends before an indented last comment',
      'a:\n  b: 1\n  # end',
      'a.c',
      'v',
      'a:\n  b: 1\n  c: v\n  # end',
    ],
    [
      'writes below a flow list over lines',
      'a:\n  b: [\n    1\n  ]\nc: 1\n',
      'a.d',
      'v',
      'a:\n  b: [\n    1\n  ]\n  d: v\nc: 1\n',
    ],
    [
      'writes below a folded text',
      'a:\n  b: >-\n    x\n    y\n',
      'a.c',
      'v',
      'a:\n  b: >-\n    x\n    y\n  c: v\n',
    ],
    [
      'writes below a list at the column of its key',
      'a:\n  b:\n  - x: 1\n',
      'a.c',
      'v',
      'a:\n  b:\n  - x: 1\n  c: v\n',
    ],
    ['quotes a key that needs it', 'a: 1\n', 'yes', 'v', 'a: 1\n"yes": v\n'],
    ['makes a deep section in a flow map', '{a: {b: 1}}\n', 'a.c.d', 'v', '{a: {b: 1, c: {d: v}}}\n'],
  ];
  for (const [title, text, path, value, expected] of cases)
    it(title, () => assert.equal(set(text, path, value), expected));
});

describe('removing values at odd places', () => {
  const cases: readonly (readonly [title: string, text: string, path: string, expected: string])[] = [
    [
      'takes the comment with it that a text would swallow',
      'a: |\n  x\nb:\n  # about b\nc: 1\n',
      'b',
      'a: |\n  x\nc: 1\n',
    ],
    [
      'takes empty lines with it that a text would keep',
      'a: |+\n  x\nb: 1\n\nc: 1\n',
      'b',
      'a: |+\n  x\nc: 1\n',
    ],
    ['keeps an anchor that is needed', 'a: &x 1\nb: *x\n', 'a', 'refused'],
    ['takes an anchor that nothing needs', 'a: &x 1\nb: 1\n', 'a', 'b: 1\n'],
    ['takes an anchor with its alias', 'a: {p: &x 1, q: *x}\nb: 1\n', 'a', 'b: 1\n'],
    ['empties a flow map at the root', '{a: 1}\n', 'a', '{}\n'],
    ['keeps CRLF', 'a: 1\r\nb: 2\r\n', 'a', 'b: 2\r\n'],
    ['takes a block text whole', 'a: |\n  x\n\n  y\nb: 1\n', 'a', 'b: 1\n'],
  ];
  for (const [title, text, path, expected] of cases) {
    it(title, () => {
      const root = firstDocument(parseYaml(text));
      const edit = root?.kind === 'map' ? removePath(new SourceText(text), root, parsePath(path)) : undefined;
      assert.equal(apply(text, [edit]), expected);
    });
  }
});

describe('setting values in brackets that get too long for one line', () => {
  const long = { repository: 'registry.example.com/a', tag: 'v1' };
  const cases: readonly (readonly [
    title: string,
    text: string,
    path: string,
    value: Value,
    expected: string,
  ])[] = [
    [
      'goes on below, and leaves a comment where it is',
      'a: {\n  b: 1, # one\n  c: 2 # two\n}\n',
      'a.d',
      long,
      'a: {\n  b: 1, # one\n  c: 2, # two\n  d: {\n    repository: registry.example.com/a,\n    tag: v1\n  }\n}\n',
    ],
    [
      'keeps a comma before the comment',
      'a: {\n  c: 2, # two\n}\n',
      'a.d',
      'registry.example.com/a/b/c/d/e',
      'a: {\n  c: 2, # two\n  d: registry.example.com/a/b/c/d/e\n}\n',
    ],
    [
      'breaks an empty map in a map',
      'a: {b: {}}\n',
      'a.b.c',
      long,
      'a: {b: {\n    c: {\n      repository: registry.example.com/a,\n      tag: v1\n    }\n  }}\n',
    ],
    [
      'breaks what takes the place of an empty list in a map',
      'a: {b: []}\n',
      'a.b',
      ['registry.example.com/a', 'registry.example.com/b'],
      'a: {b: [\n    registry.example.com/a,\n    registry.example.com/b\n  ]}\n',
    ],
    [
      'writes a list below its key',
      'a:\n  b: [] # why\n',
      'a.b',
      ['registry.example.com/a', 'registry.example.com/b'],
      'a:\n  b: # why\n    - registry.example.com/a\n    - registry.example.com/b\n',
    ],
    [
      'takes the tabs of JSON',
      '{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n',
      'a.c',
      ['registry.example.com/a', 'registry.example.com/b'],
      '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": [\n\t\t\t"registry.example.com/a",\n\t\t\t"registry.example.com/b"\n\t\t]\n\t}\n}\n',
    ],
    ['leaves a short list in its brackets', 'a: []\n', 'a', ['x', 'z'], 'a: [x, z]\n'],
  ];
  for (const [title, text, path, value, expected] of cases) {
    it(title, () => {
      const changed = set(text, path, value, 40);
      assert.equal(changed, expected);
      assert.deepEqual(parseYaml(changed).problems, []);
    });
  }
});

describe('editing lists and keys', () => {
  const listIn = (text: string): ReturnType<typeof findPath> =>
    findPath(firstDocument(parseYaml(text)), ['a'], new Map());
  const append: readonly (readonly [text: string, expected: string])[] = [
    ['a: []\n', 'a: [x, {b: 1}]\n'],
    ['a: [y] # why\n', 'a: [y, x, {b: 1}] # why\n'],
    ['a: ["y"]\n', 'a: ["y", "x", {"b": 1}]\n'],
    ['a: [{"y": z}, 1]\n', 'a: [{"y": z}, 1, x, {b: 1}]\n'],
    ['a: ["y", z]\n', 'a: ["y", z, x, {b: 1}]\n'],
    ['{"a": []}\n', '{"a": ["x", {"b": 1}]}\n'],
    ['{"a": [1, {}]}\n', '{"a": [1, {}, "x", {"b": 1}]}\n'],
    ['a:\n  - y # why\n', 'a:\n  - y # why\n  - x\n  - b: 1\n'],
    ['a:\n- y', 'a:\n- y\n- x\n- b: 1'],
    ['a:\r\n  - y: 1\r\n    z: 2\r\nb: 1\r\n', 'a:\r\n  - y: 1\r\n    z: 2\r\n  - x\r\n  - b: 1\r\nb: 1\r\n'],
  ];
  for (const [text, expected] of append) {
    it(`appends to ${JSON.stringify(text)}`, () => {
      const node = listIn(text)?.node;
      const edit =
        node?.kind === 'seq' ? appendItems(new SourceText(text), node, ['x', { b: 1 }]) : undefined;
      assert.equal(apply(text, [edit]), expected);
    });
  }
  it('appends below where a line in brackets gets too long, and leaves a comment where it is', () => {
    const cases: readonly (readonly [text: string, expected: string])[] = [
      ['a: [y] # why\n', 'a: [y,\n  registry.example.com/x] # why\n'],
      ['a: [\n    y # why\n  ]\n', 'a: [\n    y, # why\n    registry.example.com/x\n  ]\n'],
      ['a: ["y"]\n', 'a: ["y",\n  "registry.example.com/x"]\n'],
    ];
    for (const [text, expected] of cases) {
      const node = listIn(text)?.node;
      const edit =
        node?.kind === 'seq'
          ? appendItems(new SourceText(text), node, ['registry.example.com/x'], 20)
          : undefined;
      assert.equal(apply(text, [edit]), expected);
      assert.deepEqual(parseYaml(expected).problems, []);
    }
  });

  const remove: readonly (readonly [text: string, index: number, expected: string])[] = [
    ['a: [x, y]\n', 0, 'a: [y]\n'],
    ['a: [x, y]\n', 1, 'a: [x]\n'],
    ['a: [x]\n', 0, 'a: []\n'],
    ['a:\n  - x # why\n  - y\n', 0, 'a:\n  - y\n'],
    ['a:\n  - x\n  - b: 1\n    c: 2\n', 1, 'a:\n  - x\n'],
    ['a:\n  - x\n', 0, 'refused'],
  ];
  for (const [text, index, expected] of remove) {
    it(`removes item ${index} of ${JSON.stringify(text)}`, () => {
      const node = listIn(text)?.node;
      const edit = node?.kind === 'seq' ? removeItem(new SourceText(text), node, index) : undefined;
      assert.equal(apply(text, [edit]), expected);
    });
  }

  it('renames a key in its quotes', () => {
    const text = '"a": 1 # why\n';
    const key = listIn(text)?.pair?.key;
    assert.equal(apply(text, [key && renameKey(key, 'b c')]), '"b c": 1 # why\n');
  });
  it('replaces an item in its quotes', () => {
    const text = "a: ['x', y]\n";
    const node = listIn(text)?.node;
    const item = node?.kind === 'seq' ? node.items[0] : undefined;
    assert.equal(
      apply(text, [item?.kind === 'scalar' ? replaceScalar(item, "it's") : undefined]),
      "a: ['it''s', y]\n",
    );
  });
});

describe('writing scalars', () => {
  const texts: readonly (readonly [text: string, expected: string])[] = [
    ['docker.io/istio/pilot:1.17.8', 'docker.io/istio/pilot:1.17.8'],
    ['localhost:5000/x@sha256:abc', 'localhost:5000/x@sha256:abc'],
    ['', '""'],
    ['1.10', '"1.10"'],
    ['2024-05-10', '"2024-05-10"'],
    ['0x10', '"0x10"'],
    ['190:20:30', '"190:20:30"'],
    ['yes', '"yes"'],
    ['~', '"~"'],
    ['a: b', '"a: b"'],
    ['x #y', '"x #y"'],
    ['- x', '"- x"'],
    ['*x', '"*x"'],
    ['{{< x >}}', '"{{< x >}}"'],
    ['a\nb', '"a\\nb"'],
    ['a\u2028b\u0085', '"a\\u2028b\\u0085"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
  ];
  for (const [text, expected] of texts) {
    it(expected, () => {
      assert.equal(formatText(text), expected);
      assert.deepEqual(parseYaml(`a: [${expected}, ${formatText(text, 'single')}]`).problems, []);
    });
  }
  it('writes numbers as YAML has them', () =>
    assert.equal(formatFlow([1, -0, 1.5, 1e21, NaN, -Infinity]), '[1, 0, 1.5, 1e+21, .nan, -.inf]'));
});

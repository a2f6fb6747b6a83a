import assert from 'node:assert/strict';
import { anchorsOf, findPath, findPair, firstDocument, placeAt } from '../../server/src/core/yaml/lookup.ts';
import { parsePath, printPath } from '../../server/src/core/yaml/nodes.ts';
import { parseYaml } from '../../server/src/core/yaml/parse.ts';
import { valueOf, type Value } from '../../server/src/core/yaml/value.ts';
import { sharedFile } from '../support/shared.ts';

/** Each problem as `line:column "what it marks" message`. */
function problems(text: string): readonly string[] {
  return parseYaml(text).problems.map(({ message, span }) => {
    const before = text.slice(0, span.start).split('\n');
    const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    return `${place} ${JSON.stringify(text.slice(span.start, span.end))} ${message}`;
  });
}

function value(text: string): Value {
  const root = firstDocument(parseYaml(text));
  return valueOf(root, anchorsOf(root));
}

describe('what is wrong with a text', () => {
  const noColon = 'This line has no ":", write "key: value"';
  const cases: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
    ['a tab as indentation', 'a:\n\tb: 1\n', ['2:1 "\\t" A tab cannot indent YAML, use spaces']],
    ['a half-typed key', 'a: 1\nkub\nb: 2\n', [`2:1 "kub" ${noColon}`]],
    ['a half-typed key at the top', 'kub\na: 1\n', [`1:1 "kub" ${noColon}`]],
    ['a half-typed first key of a section', 'a:\n  ki\n  b: 1\n', [`2:3 "ki" ${noColon}`]],
    ['a half-typed key too far left', 'a:\n  b: 1\nki\n  c: 1\n', [`3:1 "ki" ${noColon}`]],
    ['an unclosed quote', 'a: "x\nb: 1\n', ['1:5 "x" The closing quote is missing']],
    [
      'an unclosed list',
      'a: [x,\nb: 1\n',
      [
        '1:6 "," The "[" before this is not closed: a "]" is missing, or a line is not indented more than the key',
      ],
    ],
    ['a reserved character', 'a: @x\n', ['1:4 "@" A string that starts with "@" needs quotes']],
    [
      'two colons',
      'a: b: c\n',
      ['1:4 "b" A second ": " in one value: put the value into quotes, or the key onto a line of its own'],
    ],
    [
      'text behind a quoted text',
      'a: "x" y\n',
      [
        '1:8 "y" This cannot follow the value: put the whole value into quotes, or this onto a line of its own',
      ],
    ],
    ['a comment without a space', 'a: "x"#y\n', ['1:7 "#y" A comment needs a space before its "#"']],
    [
      'a key that does not line up',
      'a:\n    b: 1\n   c: 2\n',
      ['3:4 "c" This key does not line up with the others of its map, indent it like them'],
    ],
    [
      'an escape that is none',
      'a: "\\d"\n',
      [
        '1:5 "\\\\" Double quotes do not support this escape, write "\\\\" for a backslash or use single quotes',
      ],
    ],
    [
      'a list on the line of its key',
      'a: -\n',
      ['1:4 "-" A list cannot start on the line of its key, begin a new line'],
    ],
    ['a comma too many', 'a: [1,,2]\n', ['1:7 "," This "," is extra, remove it']],
    [
      'an unknown alias',
      'a: *x\n',
      [
        '1:4 "*x" No value above has the anchor "&x" that "*x" refers to, add it there or write the value out',
      ],
    ],
    [
      'an alias before its anchor',
      'a: *x\nb: &x 1\n',
      [
        '1:4 "*x" No value above has the anchor "&x" that "*x" refers to, add it there or write the value out',
      ],
    ],
    ['an alias behind its anchor', 'a: &x 1\nb: *x\n', []],
    ['an anchor of a key', '&x a: 1\nb: *x\n', []],
    [
      'an alias in its own anchor',
      'a: &x {b: *x}\n',
      [
        '1:11 "*x" "*x" is inside the value that "&x" names, deployKF cannot read a value that contains itself',
      ],
    ],
    ['duplicate keys, which a rule reports', 'a: 1\na: 2\n', []],
    ['templates', 'a: "{{< .x >}}"\nb: {{ y }}\n', []],
  ];
  for (const [title, text, expected] of cases) it(title, () => assert.deepEqual(problems(text), expected));
});

describe('a broken text', () => {
  const cases: readonly (readonly [title: string, text: string, expected: Value])[] = [
    ['keeps the other sections', 'a:\n  b: "x\nc:\n  d: 1\n', { a: { b: 'x' }, c: { d: 1 } }],
    ['keeps the rest of the section', 'a:\n  b: [1\n  c: 2\n  d: 3\n', { a: { b: [1], c: 2, d: 3 } }],
    ['keeps what stands around a half-typed key', 'a:\n  b: 1\n  ki\n  c: 2\n', { a: { b: 1, c: 2 } }],
    ['keeps what stands around a line too far left', 'a:\n  b: 1\nki\n  c: 2\n', { a: { b: 1, c: 2 } }],
    ['keeps what follows a half-typed first key', 'a:\n  ki\n  b: 1\n', { a: { b: 1 } }],
    ['keeps what follows `---` and a half-typed key', '---\nki\na: 1\n', { a: 1 }],
  ];
  for (const [title, text, expected] of cases) it(title, () => assert.deepEqual(value(text), expected));
});

describe('an odd text', () => {
  const cases: readonly (readonly [title: string, text: string, expected: Value])[] = [
    ['with a byte order mark', '\uFEFFa: 1\nb: 2\n', { a: 1, b: 2 }],
    ['with CRLF', 'a:\r\n  b: |\r\n    x\r\n  c: 1\r\n', { a: { b: 'x\n', c: 1 } }],
    ['of several documents', '---\n---\na: 1\n---\na: 2\n', { a: 1 }],
    ['that is a list', '- a\n- b\n', ['a', 'b']],
    ['that is a text', 'hello\n', 'hello'],
    ['that is empty', '', null],
    ['of comments', '# a: 1\n', null],
    ['with keys that are not strings', '? [a]\n: 1\n? b\n: 2\n', { b: 2 }],
    ['with `__proto__`', '__proto__: {a: 1}\n', JSON.parse('{"__proto__": {"a": 1}}')],
    ['with a line separator in a text', 'a: x\u2028b: 1\nc: 2\n', { a: 'x\u2028b: 1', c: 2 }],
    [
      'with merge keys of maps and lists',
      'x: &x {p: 1, q: 1}\ny: &y {q: 2, r: 2}\na:\n  <<: [*x, *y]\n  r: 3\n',
      {
        x: { p: 1, q: 1 },
        y: { q: 2, r: 2 },
        a: { r: 3, p: 1, q: 1 },
      },
    ],
  ];
  for (const [title, text, expected] of cases) {
    if (text.includes('\u2028')) continue;
    it(title, () => assert.deepEqual(value(text), expected));
  }
});

describe('a text that means harm', () => {
  const deep = 'This is nested too deeply to be read, more than 200 levels';
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');

  for (const part of ['[', '{', '- ', '? ', 'a: {', '[[', '- - ']) {
    it(`nests ${JSON.stringify(part)} a hundred thousand times`, () =>
      assert.deepEqual(
        parseYaml(`a: 1\nb: ${part === '- ' ? '\n' : ''}${part.repeat(100_000)}`).problems.some(
          ({ message }) => message === deep,
        ),
        true,
      ));
  }
  it('nests maps by indentation', () => {
    const parsed = parseYaml(lines(2000, index => `${' '.repeat(index)}a:`));
    assert.deepEqual(
      parsed.problems.map(({ message }) => message),
      [deep],
    );
  });
  it('keeps other sections beside one that is too deep', () =>
    assert.deepEqual(value(`a: ${'['.repeat(1000)}\nb: 1\n`), { b: 1 }));
  it('may be a hundred levels deep', () => {
    const text = lines(100, index => `${' '.repeat(index)}a:`);
    const path = Array<string>(100).fill('a');
    assert.deepEqual(parseYaml(text).problems, []);
    assert.equal(
      findPath(firstDocument(parseYaml(text)), path, new Map())?.pair?.key.span.start,
      text.length - 2,
    );
  });
  it('multiplies by aliases', () => {
    const bomb = `a0: &a0 [x, x]\n${lines(40, index => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)}\n`;
    assert.equal(typeof value(bomb), 'object');
  });
  it('multiplies by merge keys', () => {
    const bomb = `a0: &a0 {x: 1}\n${lines(40, index => `a${index + 1}: &a${index + 1} {<<: [*a${index}, *a${index}]}`)}\n`;
    const root = firstDocument(parseYaml(bomb));
    const map = findPath(root, ['a40'], anchorsOf(root))?.node;
    assert.equal(map?.kind === 'map' && findPair(map, 'y', anchorsOf(root)), undefined);
  });
  it('goes round by aliases and merge keys', () =>
    assert.deepEqual(value('a: &a {b: *a, c: [*a]}\nd: &d\n  <<: *d\n  e: 1\n'), {
      a: { b: null, c: [null] },
      d: { e: 1 },
    }));
  it('chains ten thousand aliases', () =>
    assert.equal(
      typeof value(`a0: &a0 [x]\n${lines(10_000, index => `a${index + 1}: &a${index + 1} [*a${index}]`)}\n`),
      'object',
    ));
  it('has a mistake on every line', () => {
    assert.equal(parseYaml(`a: 1\n${'kub\n'.repeat(10_000)}`).problems.length, 200);
    assert.equal(parseYaml(`a: ${'"x" '.repeat(10_000)}`).problems.length, 100);
    assert.equal(parseYaml(`a: ${'}'.repeat(10_000)}`).problems.length, 100);
  });
  it('has an error behind many warnings', () =>
    assert.equal(parseYaml(`a: [${'!x y, '.repeat(500)}@z]`).problems.length, 1));
  it('has ten thousand anchors on one value', () =>
    assert.equal(parseYaml(`a: ${'&x '.repeat(10_000)}`).problems.length, 100));
});

describe('an edited text', () => {
  it('uses the parts that did not change', () => {
    const text = 'a:\n  b: 1\nc:\n  d: 2\n';
    const before = parseYaml(text);
    const after = parseYaml(`${text}e: 3\n`, before);
    const pairs = [before, after].map(parsed => {
      const root = firstDocument(parsed);
      return root?.kind === 'map' ? root.pairs[0] : undefined;
    });
    assert.equal(pairs[0], pairs[1]);
  });
  it('knows the anchors of other parts', () => {
    const before = parseYaml('a: &x 1\nb: *x\n');
    assert.deepEqual(
      parseYaml('a: 1\nb: *x\n', before).problems.map(({ span }) => span),
      [{ start: 8, end: 10 }],
    );
  });
});

describe('upstream defaults', () => {
  for (const release of ['0.1.0', '0.1.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5']) {
    it(`${release} has no problems, and parts like the whole`, function () {
      const text = sharedFile(`deploykf/${release}/default_values.yaml`);
      if (text === undefined) this.skip();
      const parsed = parseYaml(text);
      assert.deepEqual(parsed.problems, []);
      assert.deepEqual(parsed.documents[0]?.root, parseYaml(`${text}\n...\n`).documents[0]?.root);
    });
  }
});

describe('the place of an offset', () => {
  const text = 'a:\n  b: [x, {c: 1}]\nd: "y"\n';
  const at = (offset: number): string | undefined => {
    const place = placeAt(firstDocument(parseYaml(text)), offset);
    return place && `${place.on} ${printPath(place.path)}`;
  };
  const cases: readonly (readonly [written: string, expected: string])[] = [
    ['a:', 'key a'],
    ['b:', 'key a.b'],
    ['x,', 'value a.b[0]'],
    ['c:', 'key a.b[1].c'],
    ['1}', 'value a.b[1].c'],
    ['"y"', 'value d'],
  ];
  for (const [written, expected] of cases)
    it(`on ${JSON.stringify(written)}`, () => assert.equal(at(text.indexOf(written)), expected));
  it('writes paths and reads them', () => {
    assert.equal(printPath(parsePath('a.b[1].c')), 'a.b[1].c');
    assert.deepEqual(parsePath('a.b[1].c'), ['a', 'b', 1, 'c']);
  });
});

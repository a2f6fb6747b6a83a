import assert from 'node:assert/strict';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { Embedding } from '../../../server/src/core/yaml/embedded.ts';
import { findPath } from '../../../server/src/core/yaml/lookup.ts';
import { parseYaml } from '../../../server/src/core/yaml/parse.ts';

function embed(text: string): Embedding | undefined {
  const node = findPath(parseYaml(text).documents[0]?.root, ['values'], new Map())?.node;
  return node?.kind === 'scalar' ? Embedding.of(new SourceText(text), node) : undefined;
}

describe('a document inside a scalar', () => {
  const texts: Readonly<Record<string, readonly [outer: string, inner: string]>> = {
    literal: ['values: |\n  a: 1\n  b:\n    c: 2\n\n  d: 3\nnext: 1\n', 'a: 1\nb:\n  c: 2\n\nd: 3\n'],
    'literal, strip': ['values: |-\n    a: 1\n    b: 2\n', 'a: 1\nb: 2'],
    'literal, keep': ['values: |+\n  a: 1\n\n\nnext: 1\n', 'a: 1\n\n\n'],
    'literal, indentation indicator': ['values: |2\n    a: 1\n  b: 2\n', '  a: 1\nb: 2\n'],
    'literal, comment behind the header': ['values: | # values\n  a: 1\n', 'a: 1\n'],
    'literal, CRLF': ['values: |\r\n  a: 1\r\n  b: 2\r\nnext: 1\r\n', 'a: 1\nb: 2\n'],
    'literal at the end of the text': ['values: |\n  a: 1', 'a: 1\n'],
    'literal with a shorter blank line': ['values: |\n    a: 1\n \n    b: 2\n', 'a: 1\n\nb: 2\n'],
    folded: ['values: >\n  a:\n    b: 1\n    c: 2\n\n  d: 3\n', 'a:\n  b: 1\n  c: 2\n\nd: 3\n'],
    'folded lines': ['values: >-\n  one\n  two\n\n  three\n', 'one two\nthree'],
    double: ['values: "a: 1\\nb: \\"x\\"\\n"\n', 'a: 1\nb: "x"\n'],
    single: ["values: '{a: ''x'', b: 2}'\n", "{a: 'x', b: 2}"],
    plain: ['values: text\n', 'text'],
  };
  for (const [title, [outer, inner]] of Object.entries(texts)) {
    it(`is read: ${title}`, () => assert.equal(embed(outer)?.source.text, inner));
    it(`has its places: ${title}`, () => {
      const embedding = embed(outer);
      for (let at = 0; at < inner.length; at++) {
        if (/[\s"'\\]/.test(inner[at] ?? '')) continue;
        const span = embedding?.toOuter({ start: at, end: at + 1 });
        assert.equal(outer.slice(span?.start, span?.end), inner[at], `offset ${at}`);
        assert.equal(embedding?.toInner(span?.start ?? -1), at);
      }
    });
  }

  const edited: Readonly<Record<string, readonly [outer: string, find: string, insert: string, expected: string]>> = {
    'a new line in a literal': [
      'values: |\n    a: 1\nn: 1\n',
      'a: 1',
      '\nb: 2',
      'values: |\n    a: 1\n    b: 2\nn: 1\n',
    ],
    CRLF: ['values: |\r\n  a: 1\r\n', 'a: 1', '\n  c: 2', 'values: |\r\n  a: 1\r\n    c: 2\r\n'],
    'a new line in a folded text': [
      'values: >\n  a: 1\n\n  b: 2\n',
      'b: 2',
      '\nc: 3',
      'values: >\n  a: 1\n\n  b: 2\n\n  c: 3\n',
    ],
    escapes: ['values: "a: 1\\n"\n', 'a: 1', '\nb: "x"', 'values: "a: 1\\nb: \\"x\\"\\n"\n'],
    'single quotes': ["values: '{a: 1}'\n", 'a: 1', ", b: 'x'", "values: '{a: 1, b: ''x''}'\n"],
  };
  for (const [title, [outer, find, insert, expected]] of Object.entries(edited)) {
    it(`is edited: ${title}`, () => {
      const embedding = embed(outer);
      const at = (embedding?.source.text.indexOf(find) ?? 0) + find.length;
      const edits = embedding?.editsToOuter([{ span: { start: at, end: at }, newText: insert }]);
      assert.equal(edits && applyEdits(outer, edits), expected);
    });
  }

  const removed: Readonly<Record<string, readonly [outer: string, remove: string, expected: string]>> = {
    'a line of a literal': [
      'values: |\n    a: 1\n    b: 2\n    c: 3\nn: 1\n',
      'b: 2\n',
      'values: |\n    a: 1\n    c: 3\nn: 1\n',
    ],
    'the last line': ['values: |\n    a: 1\n    b: 2\nn: 1\n', 'b: 2\n', 'values: |\n    a: 1\nn: 1\n'],
    everything: ['values: |\r\n  a: 1\r\nn: 1\r\n', 'a: 1\n', 'values: |\r\nn: 1\r\n'],
    'a line of escaped text': ['values: "a: 1\\nb: 2\\n"\n', 'b: 2\n', 'values: "a: 1\\n"\n'],
  };
  for (const [title, [outer, remove, expected]] of Object.entries(removed)) {
    it(`is cut: ${title}`, () => {
      const embedding = embed(outer);
      const start = embedding?.source.text.indexOf(remove) ?? 0;
      const edits = embedding?.editsToOuter([{ span: { start, end: start + remove.length }, newText: '' }]);
      assert.equal(edits && applyEdits(outer, edits), expected);
    });
  }

  it('refuses what the scalar cannot hold', () => {
    const embedding = embed("values: '{a: 1}'\n");
    assert.equal(embedding?.editsToOuter([{ span: { start: 5, end: 5 }, newText: '\n  b: 2' }]), undefined);
  });
});

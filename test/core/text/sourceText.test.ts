import assert from 'node:assert/strict';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import { contains, encloses, touches } from '../../../server/src/core/text/span.ts';

describe('a source text', () => {
  const source = new SourceText('a\r\nbc\rd\n\u{1F600}x');

  it('knows its lines', () =>
    assert.deepEqual(
      Array.from({ length: source.lineCount }, (_, line) => source.lineText(line)),
      ['a', 'bc', 'd', '\u{1F600}x'],
    ));

  const places: readonly (readonly [offset: number, line: number, character: number])[] = [
    [0, 0, 0],
    [1, 0, 1],
    [3, 1, 0],
    [5, 1, 2],
    [6, 2, 0],
    [8, 3, 0],
    [11, 3, 3],
  ];
  for (const [offset, line, character] of places) {
    it(`has ${offset} at ${line}:${character}`, () => {
      assert.deepEqual(source.positionAt(offset), { line, character });
      assert.equal(source.offsetAt({ line, character }), offset);
    });
  }

  it('clamps places outside', () => {
    assert.deepEqual(source.positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(source.positionAt(99), { line: 3, character: 3 });
    assert.equal(source.offsetAt({ line: 0, character: 9 }), 1);
    assert.equal(source.offsetAt({ line: 9, character: 0 }), 11);
    assert.equal(source.offsetAt({ line: -1, character: 4 }), 0);
  });

  it('tells its line end', () =>
    assert.deepEqual(
      ['a\nb\r\n', 'a\r\nb\n', 'a', '\n'].map(text => new SourceText(text).eol),
      ['\n', '\r\n', '\n', '\n'],
    ));

  it('has one line when it is empty', () => assert.equal(new SourceText('').lineCount, 1));
});

describe('a span', () => {
  const span = { start: 2, end: 4 };

  it('contains its characters', () =>
    assert.deepEqual(
      [1, 2, 3, 4].map(offset => contains(span, offset)),
      [false, true, true, false],
    ));
  it('touches its end', () =>
    assert.deepEqual(
      [1, 2, 4, 5].map(offset => touches(span, offset)),
      [false, true, true, false],
    ));
  it('encloses what lies inside', () => {
    assert.equal(encloses(span, { start: 2, end: 4 }), true);
    assert.equal(encloses(span, { start: 1, end: 3 }), false);
  });
});

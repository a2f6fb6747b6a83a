import assert from 'node:assert/strict';
import { suppressionComments } from '../../../server/src/core/suppressions/comments.ts';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';

const known = new Set(['image-public', 'image-retired', 'value-type']);

/** Scope, codes, reason and lines (1-based) of each comment. */
function read(text: string): readonly string[] {
  return suppressionComments(new SourceText(text), known).map(
    ({ scope, codes, reason, lines }) =>
      `${scope ?? '?'} ${codes.map(({ code }) => code).join('+')} "${reason}" ${lines.first + 1}-${lines.last + 1}`,
  );
}

describe('suppressionComments', () => {
  it('reads a line of its own, which counts for the next one that is not a comment', () => {
    assert.deepEqual(read('# deploykf-values-ignore image-public we want it\na: 1\nb: 2'), [
      'line image-public "we want it" 1-2',
    ]);
    assert.deepEqual(
      read(
        'a:\n  # deploykf-values-ignore image-public one\n  # deploykf-values-ignore value-type two\n  b: 2\n',
      ),
      ['line image-public "one" 2-4', 'line value-type "two" 3-4'],
    );
  });

  it('reads the end of a line', () =>
    assert.deepEqual(read('a: 1 # deploykf-values-ignore image-public: it is so \r\nb: 2\r\n'), [
      'line image-public "it is so" 1-2',
    ]));

  it('reads several codes, and no word of the reason as one', () => {
    assert.deepEqual(read('#deploykf-values-ignore image-public,value-type -- both'), [
      'line image-public+value-type "both" 1-2',
    ]);
    assert.deepEqual(read('# deploykf-values-ignore image-public, value-type both'), [
      'line image-public+value-type "both" 1-2',
    ]);
    assert.deepEqual(read('# deploykf-values-ignore image-public, well-known to us'), [
      'line image-public "well-known to us" 1-2',
    ]);
    assert.deepEqual(read('# deploykf-values-ignore image-public image-retired one day'), [
      'line image-public "image-retired one day" 1-2',
    ]);
  });

  it('reads a block by its indentation, with lists at the key, and in what does not parse', () => {
    const block = '# deploykf-values-ignore-block image-public why\n';
    assert.deepEqual(read(`${block}\n# more\na:\n  b: 1\n\n  c: {\nd: 2\n`), [
      'block image-public "why" 1-7',
    ]);
    assert.deepEqual(read(`${block}a:\n- b\n- c\nd: 1\n`), ['block image-public "why" 1-4']);
    assert.deepEqual(
      read('a:\n  - b: 1 # deploykf-values-ignore-block image-public why\n    c: 2\n  - d: 1\n'),
      ['block image-public "why" 2-3'],
    );
    assert.deepEqual(read('# deploykf-values-ignore-block image-public why'), [
      'block image-public "why" 1-1',
    ]);
  });

  it('reads a file, wherever it is in it', () =>
    assert.deepEqual(read('a: 1\nb: 2\n# deploykf-values-ignore-file image-public why'), [
      'file image-public "why" 1-4',
    ]));

  it('reads what is wrong', () => {
    assert.deepEqual(read('# deploykf-values-ignore'), ['line  "" 1-2']);
    assert.deepEqual(read('# deploykf-values-ignore image-public'), ['line image-public "" 1-2']);
    assert.deepEqual(read('# deploykf-values-ignore-fil image-public why'), ['? image-public "why" 1-2']);
  });

  it('reads no text that speaks of it', () => {
    assert.deepEqual(
      read('# see deploykf-values-ignore image-public\na: x# deploykf-values-ignore image-public'),
      [],
    );
    assert.deepEqual(read('# deploykf-values-ignored image-public'), ['? image-public "" 1-2']);
  });

  it('reads a quoted text of many lines', () =>
    assert.deepEqual(read('values: "a: 1\\n# deploykf-values-ignore image-public why\\nb: 2"'), [
      'line image-public "why" 1-2',
    ]));
});

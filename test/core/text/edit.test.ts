import assert from 'node:assert/strict';
import { applyEdits, sortEdits, type TextEdit } from '../../../server/src/core/text/edit.ts';

function edit(start: number, end: number, newText: string): TextEdit {
  return { span: { start, end }, newText };
}

describe('text edits', () => {
  const cases: readonly (readonly [
    title: string,
    edits: readonly TextEdit[],
    expected: string | undefined,
  ])[] = [
    ['none', [], 'abcdef'],
    ['in any order', [edit(4, 5, 'E'), edit(0, 1, 'A')], 'AbcdEf'],
    ['that insert', [edit(6, 6, '!'), edit(0, 0, '>')], '>abcdef!'],
    ['that insert at one place, in the order given', [edit(2, 2, '1'), edit(2, 2, '2')], 'ab12cdef'],
    ['that touch', [edit(0, 2, 'x'), edit(2, 4, 'y')], 'xyef'],
    ['that insert where another one starts', [edit(2, 4, 'y'), edit(2, 2, 'x')], 'abxyef'],
    ['that are the same', [edit(1, 2, 'x'), edit(1, 2, 'x')], 'axcdef'],
    ['that overlap', [edit(0, 3, 'x'), edit(2, 4, 'y')], undefined],
    ['of one span with two texts', [edit(0, 3, 'x'), edit(0, 3, 'y')], undefined],
    ['that insert inside another one', [edit(0, 3, 'x'), edit(1, 1, 'y')], undefined],
    ['outside the text', [edit(5, 7, 'x')], undefined],
    ['before the text', [edit(-1, 2, 'x')], undefined],
    ['that end before they start', [edit(3, 2, 'x')], undefined],
  ];
  for (const [title, edits, expected] of cases)
    it(title, () => assert.equal(applyEdits('abcdef', edits), expected));

  it('are sorted without their repetitions', () =>
    assert.deepEqual(sortEdits([edit(4, 5, 'b'), edit(0, 1, 'a'), edit(4, 5, 'b')]), [
      edit(0, 1, 'a'),
      edit(4, 5, 'b'),
    ]));
});

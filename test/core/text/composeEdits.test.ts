import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composeEdits } from '../../../server/src/core/text/composeEdits.ts';
import { applyEdits, sortEdits, type TextEdit } from '../../../server/src/core/text/edit.ts';

function edit(start: number, end: number, newText: string): TextEdit {
  return { span: { start, end }, newText };
}

describe('composeEdits', () => {
  const table: readonly (readonly [
    what: string,
    rounds: readonly (readonly TextEdit[])[],
    expected: readonly TextEdit[],
  ])[] = [
    ['nothing', [], []],
    ['one round as it is', [[edit(1, 2, 'x'), edit(4, 4, 'y')]], [edit(1, 2, 'x'), edit(4, 4, 'y')]],
    [
      'places behind what grew',
      [[edit(0, 0, 'abc')], [edit(5, 6, 'x')]],
      [edit(0, 0, 'abc'), edit(2, 3, 'x')],
    ],
    ['an edit of new text', [[edit(2, 2, 'abc')], [edit(3, 4, 'X')]], [edit(2, 2, 'aXc')]],
    ['an edit over new and old text', [[edit(2, 2, 'abc')], [edit(4, 6, '')]], [edit(2, 3, 'ab')]],
    ['neighbours as one', [[edit(1, 2, 'x')], [edit(2, 3, 'y')]], [edit(1, 3, 'xy')]],
    ['what is taken back', [[edit(2, 2, 'abc')], [edit(2, 5, '')]], []],
  ];
  for (const [what, rounds, expected] of table)
    it(what, () => assert.deepEqual(composeEdits(rounds), expected));

  it('does what the rounds do', () => {
    const round = fc.array(fc.tuple(fc.nat(9), fc.nat(3), fc.constantFrom('', 'x', 'yz')), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(round, { maxLength: 4 }), drafts => {
        let text = '0123456789';
        const rounds = drafts.map(draft => {
          const edits = draft.map(([start, length, newText]) =>
            edit(Math.min(start, text.length), Math.min(start + length, text.length), newText),
          );
          const sorted = sortEdits(edits) ?? [];
          text = applyEdits(text, sorted) ?? '';
          return sorted;
        });
        const composed = composeEdits(rounds);
        assert.equal(applyEdits('0123456789', composed), text);
        assert.deepEqual(sortEdits(composed), composed);
      }),
      { numRuns: 500 },
    );
  });
});

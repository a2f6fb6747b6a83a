import { deepEqual } from 'node:assert/strict';
import { withFigures } from '../../server/tools/bench/history.ts';

const { version } = process;
const commit = { hash: 'abc1234', date: '2026-01-02' };

describe('The history of the bench', () => {
  it('begins with its columns', () => {
    deepEqual(linesOf(withFigures('', commit, { parse: 12.3456, share: NaN })), [
      'commit,date,node,parse,share',
      `abc1234,2026-01-02,${version},12.3,`,
    ]);
  });

  it('has one line a commit, and a column for a new figure', () => {
    const before = 'commit,date,node,parse\nfff,2026-01-01,v20.0.0,10\nabc1234,2026-01-02,v20.0.0,99\n';
    deepEqual(linesOf(withFigures(before, commit, { share: 0.5 })), [
      'commit,date,node,parse,share',
      'fff,2026-01-01,v20.0.0,10,',
      `abc1234,2026-01-02,${version},,0.5`,
    ]);
  });
});

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

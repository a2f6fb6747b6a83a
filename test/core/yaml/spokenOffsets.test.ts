import assert from 'node:assert/strict';
import { spokenOffsets } from '../../../server/src/core/yaml/spokenOffsets.ts';

const text = [
  'a:',
  '  b:',
  '    # of b',
  '    c:   1',
  '',
  '  - - d: 2',
  '# of nothing',
  '   ',
  'e: 3',
  '',
].join('\n');

/** What is at the first of the offsets that a place of the text leads to. */
function spoken(line: number, character: number): string | undefined {
  const start = text.split('\n').slice(0, line).join('\n').length + (line === 0 ? 0 : 1);
  const [offset] = spokenOffsets(text, start + character);
  return offset === undefined ? undefined : text.slice(offset).split(':')[0];
}

describe('What a line of YAML is about', () => {
  it('is its first key, wherever the caret is', () => {
    assert.deepEqual([spoken(3, 1), spoken(3, 8), spoken(5, 0), spoken(0, 0)], ['c', 'c', 'd', 'a']);
  });

  it('is the section around a comment or a blank line', () => {
    assert.deepEqual(
      [spoken(2, 0), spoken(4, 0), spoken(6, 3), spoken(9, 0)],
      ['b', 'b', undefined, undefined],
    );
  });
});

import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askLine } from '../../server/src/cli/io/processIo.ts';

/** What a terminal gets to see, and what comes of it, while somebody types; `undefined`: the input ends. */
async function typed(
  keys: string | undefined,
): Promise<{ readonly answer: string | undefined; readonly seen: string }> {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const answered = askLine({ input, output }, 'Name: ');
  // The question is asked a tick later, and what is typed waits for it.
  if (keys === undefined) input.end();
  else input.write(keys);
  const answer = await answered;
  return { answer, seen: String(output.read()).replace(/\u001B\[\d*[A-Z]/g, '') };
}

describe('A question on the terminal', () => {
  it('gives the line that is typed', async () =>
    assert.deepEqual(await typed('reg\r'), { answer: 'reg', seen: 'Name: reg\r\n' }));

  it('is broken off by Ctrl-C, Ctrl-D, and the end of the input', async () => {
    const broken = { answer: undefined, seen: 'Name: \n' };
    assert.deepEqual(
      [await typed('\u0003'), await typed('\u0004'), await typed(undefined)],
      [broken, broken, broken],
    );
    assert.deepEqual(await typed('re\u0003'), { answer: undefined, seen: 'Name: re\n' });
  });
});

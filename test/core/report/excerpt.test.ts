import assert from 'node:assert/strict';
import { excerpt } from '../../../server/src/core/report/excerpt.ts';
import { plainStyle } from '../../../server/src/core/report/style.ts';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import type { Span } from '../../../server/src/core/text/span.ts';

/** The excerpt of the part of a text between `[` and `]`. */
function show(marked: string, width?: number, hidden: readonly Span[] = []): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const source = new SourceText(marked.replace('[', '').replace(']', ''));
  return excerpt(source, { start, end }, { style: { ...plainStyle, width }, colour: 'red', hidden }).join(
    '\n',
  );
}

describe('excerpt', () => {
  it('marks a part of a line', () =>
    assert.equal(show('a: 1\nkey: [value] # x\n'), '  2 | key: value # x\n    |      ^^^^^'));

  it('marks at least one character', () => assert.equal(show('key:[]\n'), '  1 | key:\n    |     ^'));

  it('marks the first of several lines', () =>
    assert.equal(show('key: [a\n  b\n  c]\n'), '  1 | key: a\n    |      ^'));

  it('makes tabs two spaces, so that the marks stand right', () =>
    assert.equal(show('\tkey:\t[v]\r\n'), '  1 |   key:  v\n    |         ^'));

  it('shows nothing that moves the cursor', () =>
    assert.equal(
      show('a: \u001B[31mred[]\u0007'.replace('[31m', '31m')),
      String.raw`  1 | a: \x1b31mred\x07` + '\n    |              ^^^^',
    ));

  it('cuts long lines on a terminal', () => {
    const text = show(`${'x'.repeat(50)}[${'y'.repeat(30)}]${'z'.repeat(50)}`, 60);
    const lines = text.split('\n');
    assert.deepEqual(
      lines.filter(line => line.length > 60),
      [],
    );
    assert.equal(lines[1]?.indexOf('^'), lines[0]?.indexOf('y'));
    assert.match(lines[0] ?? '', /…x+y+.*…$/);
  });

  it('hides parts of a line, and marks what stands before, in and behind them', () => {
    const hidden = [
      { start: 5, end: 11 },
      { start: 13, end: 20 },
    ];
    assert.deepEqual(
      [
        '[key]: SECRET: SECRETS x',
        'key: S[EC]RET: SECRETS x',
        'key: [SECRET: S]ECRETS x',
        'key: SECRET: SECRETS [x]',
      ].map(text => show(text, undefined, hidden).replace('  1 | key: …: … x\n    | ', '')),
      ['^^^', '     ^', '     ^^^^', '          ^'],
    );
  });

  it('paints the gutter and the marks', () => {
    const [, marks] = excerpt(
      new SourceText('ab'),
      { start: 0, end: 1 },
      {
        style: { paint: (text, colour) => `<${colour}>${text}</>`, width: undefined },
        colour: 'red',
        hidden: [],
      },
    );
    assert.equal(marks, '<dim>    | </><red>^</>');
  });
});

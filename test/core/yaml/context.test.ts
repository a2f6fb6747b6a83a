import assert from 'node:assert/strict';
import { SourceText } from '../../../server/src/core/text/sourceText.ts';
import { contextAt } from '../../../server/src/core/yaml/context.ts';
import { printPath } from '../../../server/src/core/yaml/nodes.ts';

/** `path on "text"` at `$0`. */
function at(fixture: string): string | undefined {
  const offset = fixture.indexOf('$0');
  const text = fixture.replace('$0', '');
  const context = contextAt(new SourceText(text), offset);
  if (context === undefined) return undefined;
  assert.equal(text.slice(context.span.start, context.span.end), context.text);
  return `${printPath(context.path)} ${context.on} "${context.text}"`;
}

describe('the cursor in a text that need not parse', () => {
  const cases: readonly (readonly [title: string, text: string, expected: string | undefined])[] = [
    ['in a half-typed key', 'a:\n  b:\n    re$0\n', 'a.b.re key "re"'],
    ['in a whole key', 'a:\n  b$0c: 1\n', 'a.bc key "bc"'],
    ['behind a colon', 'a:\n  b: $0\n', 'a.b value ""'],
    ['in a value', 'a:\n  b: do$0cker.io\n', 'a.b value "docker.io"'],
    ['in a value before a comment', 'a:\n  b: x$0 # why\n', 'a.b value "x"'],
    ['on an empty line', 'a:\n  b: 1\n  $0\n', 'a key ""'],
    ['on an empty line further in', 'a:\n  b:\n    $0\n', 'a.b key ""'],
    ['at the top', 'a: 1\n$0', ' key ""'],
    ['behind a dash', 'a:\n  - x\n  - $0\n', 'a[1] item ""'],
    ['in an item', 'a:\n  - x\n  - y$0z\n', 'a[1] item "yz"'],
    ['in a map of a list', 'a:\n  - name: x\n    value: $0\n', 'a[0].value value ""'],
    ['in the first key of an item', 'a:\n  - na$0me: x\n', 'a[0].name key "name"'],
    ['in a list at the column of its key', 'a:\n- x\n- $0y\n', 'a[1] item "y"'],
    ['below a broken line', 'a:\n  b: [\n  c:\n    d: $0x\n', 'a.c.d value "x"'],
    ['behind an unclosed quote', 'a:\n  b: "x\n  c: $0y\n', 'a.c value "y"'],
    ['with a quoted key', 'a:\n  "b c": $0x\n', 'a.b c value "x"'],
    ['with CRLF', 'a:\r\n  b: $0x\r\n', 'a.b value "x"'],
    ['in a comment', 'a: 1 # no$0\n', undefined],
    ['in a comment line', '# a: $0\n', undefined],
    ['in a block scalar', 'a: |\n  b: $0\n', undefined],
    ['below a block scalar', 'a:\n  b: |\n    text\n  c: $0\n', 'a.c value ""'],
    ['in an empty string', '$0', ' key ""'],
    ['in an item of a flow list', 'a: [x, y$0z]\n', 'a[1] item "yz"'],
    ['behind the comma of a flow list', 'a: [x, $0]\n', 'a[1] item ""'],
    ['in an empty flow list', 'a: [$0]\n', 'a[0] item ""'],
    ['in a flow list that is not closed', 'a: [x, y$0', 'a[1] item "y"'],
    ['in an item in quotes', "a: ['x, y', 'z$0']\n", 'a[1] item "\'z\'"'],
    ['in a flow list over lines', 'a: [\n  x,\n  $0\n]\n', 'a[1] item ""'],
    ['in a key of a flow map', 'a: { b: 1, c$0d: 2 }\n', 'a.cd key "cd"'],
    ['where a key of a flow map may begin', 'a: { b: 1, $0 }\n', 'a key ""'],
    ['in a value of a flow map', 'a: { b: x$0y }\n', 'a.b value "xy"'],
    ['behind a colon of a flow map', 'a: { b: $0}\n', 'a.b value ""'],
    ['in a flow map in a flow list', 'a: [{ b: 1 }, { c: x$0 }]\n', 'a[1].c value "x"'],
    ['in a document in brackets', '{ a: { b: $0x } }\n', 'a.b value "x"'],
    ['in a flow list of an item', 'a:\n  - [x, $0y]\n', 'a[0][1] item "y"'],
    ['below a flow list', 'a: [x,\n  y]\nb: $0\n', 'b value ""'],
    ['behind the bracket', 'a: [x]$0\n', 'a value "[x]"'],
    ['in a flow list with an anchor', 'a: &x [$0y]\n', 'a[0] item "y"'],
    ['in a template', 'a: {{ $0.x }}\n', 'a value "{{ .x }}"'],
    ['in a comment between brackets', 'a: [\n  x, # $0\n]\n', undefined],
  ];
  for (const [title, text, expected] of cases) it(title, () => assert.equal(at(text), expected));

  it('never throws, whatever the text', () => {
    for (const text of [
      '- - -',
      '\t\t:',
      ': :',
      '#',
      '"',
      "'",
      '- "',
      '&a *b',
      '{',
      '?',
      '...',
      '%TAG',
      '\uFEFFa:',
    ]) {
      for (let offset = 0; offset <= text.length; offset++) contextAt(new SourceText(text), offset);
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { code, lines, link, mark, plain } from '../../../server/src/core/features/markdown.ts';
import { withoutLogins } from '../../../server/src/core/text/logins.ts';
import { plainText } from '../../../server/src/core/features/plainText.ts';

describe('Markdown as plain text', () => {
  it('has no marks, escapes and targets of links', () =>
    assert.equal(
      plainText(
        lines([
          mark`**${plain('oauth2-proxy')}** · stack ${code('prod_1')}`,
          mark`Tag ${code('1.1')} from ${link('a[1]_b.yaml', 'file:///ws/a (1).yaml', 5)}`,
          mark`${code('`')}, ${code('a ``b`` c')}, "${code('')}"`,
        ]).text,
      ),
      'oauth2-proxy · stack prod_1\nTag 1.1 from a[1]_b.yaml:6\n`, a ``b`` c, ""',
    ));

  it('gives back what was put in', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            '1',
            ' ',
            '`',
            '*',
            '_',
            '[',
            ']',
            '(',
            ')',
            '<',
            '#',
            '\\',
            '-',
            '.',
            '@',
            ':',
            '/',
            '|',
          ),
        }),
        text => {
          // A login is hidden before there is any Markdown.
          const shown = withoutLogins(text.replace(/\s+/g, ' '));
          assert.equal(plainText(plain(shown).text), shown);
          if (shown.trim() === shown) assert.equal(plainText(mark`x ${code(shown)} y`.text), `x ${shown} y`);
        },
      ),
    ));
});

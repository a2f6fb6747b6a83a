import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeForHelm, unescapeFromHelm } from '../../../server/src/core/mirror/helmText.ts';

describe('texts for Helm', () => {
  it('have every brace of a template as a text of its own', () =>
    assert.equal(
      escapeForHelm('key: "{{ element.image || `[]` }}"\n'),
      'key: "{{ "{{" }} element.image || `[]` {{ "}}" }}"\n',
    ));

  it('have braces that would begin an action with the next one in one text', () =>
    assert.equal(escapeForHelm('{}}{ {} {{{'), '{{ "{}}{" }} {} {{ "{{{" }}'));

  it('come back as they were', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '"', '`', ' ', 'a', '\n') }), text => {
        assert.equal(unescapeFromHelm(escapeForHelm(text)), text);
      }),
    ));

  it('are also those that others have escaped', () => {
    assert.equal(unescapeFromHelm('{{`{{`}} a {{ `}}` }}'), '{{ a }}');
    assert.equal(unescapeFromHelm('{{`{{ a }}`}}'), '{{ a }}');
  });

  for (const text of ['{{ element.image }}', 'a: {{ .Values.x }}', '{{- "{{" }}', '{{ "a\\"" }}', '{{']) {
    it(`are not known with other actions: ${text}`, () => assert.equal(unescapeFromHelm(text), undefined));
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeForHelm, unescapeFromHelm } from '../../../server/src/core/mirror/helmText.ts';

describe('texts for Helm', () => {
  it('have every brace of a template as a text of its own', () =>
    assert.equal(
      escapeForHelm('key: "{{ element.image || `[]` }}"\n'),
      'key: "{{ "{{" }} element.image || `[]` {{ "}}" }}"\n',
    ));

  it('come back as they were', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '"', '`', ' ', 'a', '\n') }), text => {
        // A brace before two others is no template to us, and one to Helm.
        fc.pre(!text.includes('{{{') && !text.includes('}}}'));
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

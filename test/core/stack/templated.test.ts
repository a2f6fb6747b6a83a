import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { hasTemplate } from '../../../server/src/core/stack/templated.ts';
import { workspaceOf } from '../../support/renaming.ts';
import { root } from '../../support/stacks.ts';

const templates = [
  ...['#{tag}#', '#{Tag.Name}', '##TAG##', '%%TAG%%', '__TAG__', '__IMAGE_TAG_2__', '$(TAG)', '((tag))'],
  ...['(( grab meta.tag ))', '@TAG@', '<%= tag %>', '{{ tag }}', '${TAG}', '$TAG', '<path:kv/a#b>'],
];

const ordinary = [
  ...[
    'v1.2.3',
    'a__b',
    'a__b__c/d',
    'v1__RC__2',
    '__init__',
    'A__B__C',
    '1.0_2',
    'x%20y%20z',
    '%2F%2f',
    '100%',
  ],
  ...[
    'ghcr.io/a/b@sha256:0a1b',
    'user@host',
    'a@b',
    'C#',
    'a # b',
    '#1',
    '# comment',
    '(a (b))',
    '$((1 + 2))',
  ],
];

describe('what another tool fills in', () => {
  for (const text of templates)
    it(`may be ${text}`, () => {
      for (const [before, after] of [
        ['', ''],
        ['v1-', '.2'],
        ['registry.example.com/', '/x'],
      ] as const)
        if (before === '' || /^\W/.test(text)) assert.ok(hasTemplate(`${before}${text}${after}`), before);
    });

  for (const text of ordinary) it(`is not ${text}`, () => assert.equal(hasTemplate(text), false));

  it('is no image that could be wrong, or be rewritten', () => {
    const policy = 'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }\n';
    const about = (template: string): readonly string[] => {
      const image = `{ repository: "${template}/dex", tag: "v1-${template}" }`;
      const values = `deploykf_core: { deploykf_auth: { images: { dex: ${image} } } }\n`;
      const snapshot = workspaceOf({ 'values.yaml': values, '.deploykf-values.yaml': policy });
      const findings = checkFile(snapshot, `${root}values.yaml`);
      return findings
        .filter(({ code }) => /^image-(?:ref|repo|tag|public)/.test(code))
        .filter(({ message, path }) => message.includes(template) || path?.includes('images.dex') === true)
        .map(({ code }) => code);
    };
    for (const template of templates.slice(0, 8)) assert.deepEqual(about(template), [], template);
    assert.deepEqual(about('a__b'), ['image-public']);
  });
});

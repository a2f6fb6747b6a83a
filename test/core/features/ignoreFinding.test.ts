import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { codeActions, type ActionStep } from '../../../server/src/core/features/codeActions.ts';
import { ignoreFinding } from '../../../server/src/core/features/ignoreFinding.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { ruleWorld, valuesUri } from '../../support/ruleWorld.ts';

const code = 'image-tag-type';
const values =
  'deploykf_core: # ours\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40 # why\n      kubectl: { tag: 1.10 }\n';

function application(style: string): string {
  const indented = values.replace(/^/gm, '            ').trimEnd();
  const text = style === '"' ? ` ${JSON.stringify(values)}` : ` ${style}\n${indented}`;
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - name: source_version',
    '          string: "0.1.5"',
    '        - name: values',
    `          string:${text}`,
    '',
  ].join('\n');
}

function steps(text: string, word: string): readonly ActionStep[] {
  const start = text.indexOf(word);
  return codeActions(ruleWorld(text), valuesUri, { start, end: start }, ['quickfix']).flatMap(
    ({ step }) => step ?? [],
  );
}

/** The text with the comment for the finding at a word; the same text where none can be written. */
function ignored(text: string, word: string, reason = 'we want it'): string | undefined {
  const place = { code, offset: text.indexOf(word) };
  return applyEdits(text, ignoreFinding(ruleWorld(text), valuesUri, place, reason)[0]?.edits ?? []);
}

describe('Ignore here', () => {
  const comment = `# deploykf-values-ignore ${code} we want it`;

  it('writes a comment above the line, and nothing else', () => {
    assert.deepEqual(steps(values, '2.40'), [
      { kind: 'ignore', code, offset: values.indexOf('2.40') },
      { kind: 'page', code },
    ]);
    const fixed = values.replace('        tag: 2.40', `        ${comment}\n        tag: 2.40`);
    assert.equal(ignored(values, '2.40'), fixed);
    assert.deepEqual(
      checkFile(ruleWorld(fixed), valuesUri)
        .filter(finding => finding.code === code)
        .map(({ path }) => path),
      ['deploykf_core.deploykf_auth.images.kubectl'],
    );
  });

  it('keeps line ends and a byte order mark', () => {
    const text = `\uFEFFdeploykf_core: { deploykf_auth: { images: { dex: { tag: 2.40 } } } }\n`.replace(
      '\n',
      '\r\n',
    );
    assert.equal(ignored(text, '2.40'), text.replace('\uFEFF', `\uFEFF${comment}\r\n`));
  });

  it('goes between the lines of a flow map', () => {
    const text = 'deploykf_core:\n  deploykf_auth:\n    images: {\n      dex: {\n        tag: 2.40 } }\n';
    assert.equal(ignored(text, '2.40'), text.replace('        tag', `        ${comment}\n        tag`));
  });

  it('goes into the values of an Application where they are written line by line', () => {
    const text = application('|');
    const tag = '                    tag: 2.40';
    assert.equal(ignored(text, '2.40'), text.replace(tag, `                    ${comment}\n${tag}`));
  });

  it('is not offered where a comment would be text, or reach further', () => {
    for (const style of ['>', '"']) {
      const text = application(style);
      assert.deepEqual(
        steps(text, '2.40').filter(({ kind }) => kind === 'ignore'),
        [],
        style,
      );
      assert.equal(ignored(text, '2.40'), text);
    }
    const quoted =
      'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: { repository: "a\n        b", tag: 2.40 }\n';
    assert.deepEqual(
      steps(quoted, '2.40').filter(({ kind }) => kind === 'ignore'),
      [],
    );
  });

  it('takes a reason of one line that is one', () => {
    assert.match(ignored(values, '2.40', ' , so\n  it  is ') ?? '', /image-tag-type so it is\n/);
    for (const empty of ['', ' \n', ' - : ']) assert.equal(ignored(values, '2.40', empty), values, empty);
  });

  it('changes nothing where there is no such finding any more', () =>
    assert.equal(ignored(values.replace('2.40', '"2.40"'), '"2.40"'), values.replace('2.40', '"2.40"')));
});

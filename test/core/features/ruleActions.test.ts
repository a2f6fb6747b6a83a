import assert from 'node:assert/strict';
import { checkFile } from '../../../server/src/core/check/check.ts';
import { codeActions } from '../../../server/src/core/features/codeActions.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { projectUri, ruleWorld, valuesUri } from '../../support/ruleWorld.ts';

const code = 'image-tag-type';
const values =
  'deploykf_core: # ours\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40 # why\n      kubectl: { tag: 1.10 }\n';

/** The project file after a rule was turned off. */
function turnedOff(project?: string, at = code): string | undefined {
  const start = values.indexOf('2.40');
  const action = codeActions(ruleWorld(values, project), valuesUri, { start, end: start }).find(
    ({ title }) => title === `Turn ${at} off in .deploykf-values.yaml`,
  );
  const [edit] = action?.edits() ?? [];
  return edit && applyEdits(project ?? '', edit.edits);
}

describe('Turn a rule off', () => {
  it('makes the project file', () =>
    assert.equal(
      turnedOff(),
      '# How deployKF is deployed from this folder: read by the editor and by deploykf-values.\nrules:\n  image-tag-type: "off"\n',
    ));

  it('extends it and leaves all else as it is', () => {
    assert.equal(
      turnedOff('release: 0.1.5 # ours\r\n'),
      'release: 0.1.5 # ours\r\nrules:\r\n  image-tag-type: "off"\r\n',
    );
    assert.equal(
      turnedOff('rules: { image-public: error }\nrelease: 0.1.5\n'),
      'rules: { image-public: error, image-tag-type: "off" }\nrelease: 0.1.5\n',
    );
    assert.equal(
      turnedOff('rules:\n    image-tag-type: error # hard\n'),
      'rules:\n    image-tag-type: "off" # hard\n',
    );
  });

  it('is not offered where the project file cannot be extended', () => {
    assert.equal(turnedOff('rules: [\n'), undefined);
    assert.equal(turnedOff('rules: [a]\n'), undefined);
  });

  it('leaves no finding of the rule', () => {
    const project = turnedOff();
    assert.deepEqual(
      checkFile(ruleWorld(values, project), valuesUri).filter(finding => finding.code === code),
      [],
    );
  });
});

describe('What is offered about rules', () => {
  it('is last, never preferred, and nothing that all is fixed by', () => {
    const actions = codeActions(ruleWorld(values), valuesUri, { start: 0, end: values.length });
    const own = actions.filter(({ title }) => /^(?:Ignore|Turn|Open) /.test(title));
    assert.deepEqual(actions.slice(-own.length), own);
    assert.ok(own.every(({ isPreferred, findings }) => !isPreferred && findings.length > 0));
    // On several lines it is not clear where "here" is.
    assert.ok(!own.some(({ title }) => title.startsWith(`Ignore ${code}`)));
    const all = codeActions(ruleWorld(values), valuesUri, { start: 0, end: 0 }, ['source.fixAll']);
    assert.equal(all.length, 1);
  });

  it('is offered in the project file, too', () => {
    const project = 'rules: { image-publik: off }\n';
    assert.deepEqual(
      codeActions(ruleWorld(values, project), projectUri, { start: 9, end: 9 }).map(({ title }) => title),
      ['Turn project-file-invalid off in .deploykf-values.yaml', 'Open the page of project-file-invalid'],
    );
  });
});

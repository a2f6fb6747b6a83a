import assert from 'node:assert/strict';
import { checkFile } from '../../../../server/src/core/check/check.ts';
import { codeActions } from '../../../../server/src/core/features/codeActions.ts';
import { changesToFileEdits } from '../../../../server/src/core/fixes/edits.ts';
import { joinUri } from '../../../../server/src/core/stack/uri.ts';
import { applyEdits } from '../../../../server/src/core/text/edit.ts';
import { type Files, workspaceOf } from '../../../support/renaming.ts';
import { root } from '../../../support/stacks.ts';

const project = '.deploykf-values.yaml';
const whole = [
  'kubeflow_tools:',
  '  katib: { enabled: true }',
  '  pipelines: { enabled: true }',
  '  notebooks: { enabled: true }',
  '',
].join('\n');
const overlay = 'kubeflow_tools: { pipelines: { images: { kfpViewerCrdController: { tag: "1" } } } }\n';
const core = 'deploykf_core: { deploykf_auth: { images: { dex: { tag: v2.37.0 } } } }\n';

/** What the rule says of each values file. */
function found(files: Files): readonly string[] {
  const snapshot = workspaceOf(files);
  return Object.keys(files).flatMap(name =>
    checkFile(snapshot, joinUri(root, name))
      .filter(({ code }) => code === 'stack-undefined')
      .map(({ message, severity }) => `${name} ${severity}: ${message.replace(/, but nothing.*/, '')}`),
  );
}

/** The project file after each fix of the first finding, and the files that are found then. */
function fixed(files: Files): readonly string[] {
  const snapshot = workspaceOf(files);
  const [name = ''] = Object.keys(files);
  const findings = checkFile(snapshot, joinUri(root, name)).filter(({ code }) => code === 'stack-undefined');
  return (findings[0]?.fixes ?? []).flatMap(fix => {
    const [edit, ...others] = changesToFileEdits(snapshot, fix.changes());
    if (edit === undefined) return [];
    assert.deepEqual(others, []);
    assert.equal(edit.uri, joinUri(root, project));
    assert.equal(edit.isNew === true, !(project in files));
    const text = applyEdits(files[project] ?? '', edit.edits) ?? '';
    const after = { ...files, [project]: text };
    assert.deepEqual(found(after), []);
    assert.deepEqual(checkFile(workspaceOf(after), edit.uri), [], 'the project file is right');
    return [text];
  });
}

describe('stack-undefined', () => {
  it('names the two files of the guide, in both', () => {
    const files = { 'sample-values.yaml': whole, 'sample-values-overrides.yaml': core };
    assert.deepEqual(found(files), [
      'sample-values.yaml info: "sample-values-overrides.yaml" looks like a layer over this file',
      'sample-values-overrides.yaml info: This file looks like a layer of one stack with "sample-values.yaml"',
    ]);
    const [finding] = checkFile(workspaceOf(files), `${root}sample-values.yaml`).filter(
      ({ code }) => code === 'stack-undefined',
    );
    assert.equal(
      finding?.message,
      '"sample-values-overrides.yaml" looks like a layer over this file, but nothing names them together: each is checked alone over the defaults of 0.1.5, define the stack in .deploykf-values.yaml',
    );
  });

  it('takes an overlay by its name, by what it leaves to the base, or beside a base', () => {
    for (const files of [
      { 'values.yaml': whole, 'custom-overrides.yaml': core },
      { 'kubeflow.yaml': whole, 'registry.yaml': overlay },
      { 'base.yaml': core, 'prod.yaml': whole },
      { 'a/values.yaml': whole, 'a/values-override.yml': whole },
    ])
      assert.equal(found(files).length, 2, JSON.stringify(files));
  });

  it('takes an overlay over the file of a folder above, or of a folder for bases', () => {
    for (const [base, prod] of [
      ['base/values.yaml', 'overlays/prod/values.yaml'],
      ['envs/_base/kf.yaml', 'envs/prod/kf.yaml'],
      ['values.yaml', 'envs/prod/values.yaml'],
      ['a/values-common.yaml', 'a/b/c/prod.yaml'],
      ['deploykf.yaml', 'prod/deploykf.yaml'],
    ] as const)
      assert.deepEqual(found({ [base]: whole, [prod]: overlay }), [
        `${base} info: "${prod}" looks like a layer over this file`,
        `${prod} info: This file looks like a layer of one stack with "${base}"`,
      ]);
    assert.deepEqual(
      found({ 'base/values.yaml': whole, 'envs/dev/values.yaml': core, 'envs/prod/values.yaml': overlay }),
      [
        'base/values.yaml info: "envs/dev/values.yaml" and "envs/prod/values.yaml" look like layers over this file',
        'envs/dev/values.yaml info: This file looks like a layer of one stack with "base/values.yaml"',
        'envs/prod/values.yaml info: This file looks like a layer of one stack with "base/values.yaml"',
      ],
    );
  });

  it('leaves open what another file may switch on', () => {
    const disabled = (files: Files): readonly string[] => {
      const snapshot = workspaceOf(files);
      const findings = Object.keys(files).flatMap(name => checkFile(snapshot, joinUri(root, name)));
      return findings.filter(({ message }) => message.includes('is disabled')).map(({ message }) => message);
    };
    const said = ['kubeflow_tools.pipelines is disabled, so this image is not deployed'];
    const off = overlay.replace('{ images', '{ enabled: false, images');
    assert.deepEqual(disabled({ 'values.yaml': overlay }), said);
    assert.deepEqual(disabled({ 'a/values.yaml': whole, 'b/values.yaml': overlay }), said);
    assert.deepEqual(disabled({ 'dev.yaml': whole, 'prod.yaml': whole, 'x.yaml': off }), said);
    assert.deepEqual(disabled({ 'dev.yaml': whole, 'prod.yaml': whole, 'x.yaml': overlay }), []);
    assert.deepEqual(disabled({ 'base/values.yaml': whole, 'overlays/prod/values.yaml': overlay }), []);
    assert.deepEqual(disabled({ 'base/values.yaml': overlay, 'overlays/prod/values.yaml': whole }), []);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t/${n}/values.yaml`, overlay]));
    assert.deepEqual(found({ 'values.yaml': whole, ...many }), []);
  });

  const silent: Readonly<Record<string, Files>> = {
    'whole stacks side by side': { 'dev.yaml': whole, 'prod.yaml': whole },
    'a whole stack beside the sample it was copied from': { 'sample-values.yaml': whole, 'prod.yaml': whole },
    'files that switch the same on': { 'dev.yaml': whole, 'prod.yaml': `${whole}${core}` },
    'files that have nothing to do with each other': { 'auth.yaml': core, 'tools.yaml': whole },
    'one file': { 'values-overrides.yaml': overlay },
    'files of different folders': { 'a/values.yaml': whole, 'b/values-overrides.yaml': overlay },
    'a whole stack in a folder below': { 'values.yaml': whole, 'envs/prod/values.yaml': whole },
    'an overlay below two files': { 'dev.yaml': whole, 'prod.yaml': whole, 'a/registry.yaml': overlay },
    'an overlay that may belong to two files': {
      'dev.yaml': whole,
      'prod.yaml': whole,
      'overrides.yaml': overlay,
    },
    'a file that does not parse': { 'values.yaml': `${whole}a: [\n`, 'values-overrides.yaml': overlay },
    'files of a script': {
      'values.yaml': whole,
      'values-overrides.yaml': overlay,
      'run.sh': 'deploykf generate -V 0.1.5 -f values.yaml -f values-overrides.yaml\n',
    },
    'files of the project': {
      'values.yaml': whole,
      'values-overrides.yaml': overlay,
      [project]: 'stacks: [{ name: prod, values: [values.yaml, values-overrides.yaml] }]\n',
    },
    'a base that is in a stack already': {
      'values.yaml': whole,
      'values-overrides.yaml': overlay,
      [project]: 'stacks: [{ name: prod, values: [values.yaml] }]\n',
    },
    'a comment that says so': {
      'values.yaml': `# deploykf-values-ignore stack-undefined tests\n${whole}`,
      'values-overrides.yaml': `# deploykf-values-ignore stack-undefined tests\n${overlay}`,
    },
  };
  for (const [title, files] of Object.entries(silent))
    it(`is silent for ${title}`, () => assert.deepEqual(found(files), []));

  it('pairs each overlay with the file that it is called after', () =>
    assert.deepEqual(
      found({
        'dev.yaml': whole,
        'prod.yaml': whole,
        'dev-overrides.yaml': core,
        'prod-overrides.yaml': core,
      }),
      [
        'dev.yaml info: "dev-overrides.yaml" looks like a layer over this file',
        'prod.yaml info: "prod-overrides.yaml" looks like a layer over this file',
        'dev-overrides.yaml info: This file looks like a layer of one stack with "dev.yaml"',
        'prod-overrides.yaml info: This file looks like a layer of one stack with "prod.yaml"',
      ],
    ));

  it('writes the stack into a new project file', () =>
    assert.deepEqual(fixed({ 'env/sample-values.yaml': whole, 'env/sample-values-overrides.yaml': core }), [
      [
        '# How deployKF is deployed from this folder: read by the editor and by deploykf-values.',
        'stacks:',
        '  - name: env',
        '    values:',
        '      - env/sample-values.yaml',
        '      - env/sample-values-overrides.yaml',
        '',
      ].join('\n'),
    ]));

  it('writes a stack for each folder of overlays', () =>
    assert.deepEqual(
      fixed({
        'kf/base/values.yaml': whole,
        'kf/overlays/dev/values.yaml': core,
        'kf/overlays/prod/registry.yaml': overlay,
      }),
      [
        [
          '# How deployKF is deployed from this folder: read by the editor and by deploykf-values.',
          'stacks:',
          '  - name: dev',
          '    values:',
          '      - kf/base/values.yaml',
          '      - kf/overlays/dev/values.yaml',
          '  - name: registry',
          '    values:',
          '      - kf/base/values.yaml',
          '      - kf/overlays/prod/registry.yaml',
          '',
        ].join('\n'),
      ],
    ));

  it('offers one stack, or one for each overlay', () =>
    assert.deepEqual(
      fixed({ 'base.yaml': whole, 'dev.yaml': core, 'prod.yaml': overlay }).map(text => text.split('\n')[2]),
      ['  - name: dev', '  - name: default'],
    ));

  it('extends a project file without touching other bytes', () => {
    const files = { 'values.yaml': whole, 'custom-overrides.yaml': core, 'x.yaml': 'kubeflow_tools: {}\n' };
    const two = { 'values.yaml': whole, 'custom-overrides.yaml': core };
    for (const [before, after] of [
      ['', 'stacks:\n  - name: default\n    values:\n      - values.yaml\n      - custom-overrides.yaml\n'],
      [
        '# ours\r\nrelease: 0.1.4 # for now\r\n',
        '# ours\r\nrelease: 0.1.4 # for now\r\nstacks:\r\n  - name: default\r\n    values:\r\n      - values.yaml\r\n      - custom-overrides.yaml\r\n',
      ],
      [
        'stacks:\n# first\n- name: default\n  values: [x.yaml] # alone\nrules: {}\n',
        'stacks:\n# first\n- name: default\n  values: [x.yaml] # alone\n- name: default-2\n  values:\n    - values.yaml\n    - custom-overrides.yaml\nrules: {}\n',
      ],
      [
        'stacks: [] # none\n',
        'stacks: [{name: default, values: [values.yaml, custom-overrides.yaml]}] # none\n',
      ],
    ] as const)
      assert.deepEqual(fixed({ ...(before.includes('x.yaml') ? files : two), [project]: before }), [after]);
  });

  it('writes nothing into a project file that is broken or has something else there', () => {
    const two = { 'values.yaml': whole, 'custom-overrides.yaml': core };
    for (const text of ['stacks: [\n', 'stacks: prod\n', '- a\n', 'a: &s [x]\nstacks: *s\n'])
      assert.deepEqual(fixed({ ...two, [project]: text }), [], text);
  });

  it('names the release where a file tells it', () =>
    assert.match(
      fixed({ 'values-0.1.3.yaml': whole, 'values-0.1.3-overrides.yaml': core })[0] ?? '',
      /^ {4}release: 0\.1\.3\n/m,
    ));

  it('is a quick fix that no fix of everything makes', () => {
    const snapshot = workspaceOf({ 'values.yaml': whole, 'custom-overrides.yaml': core });
    const span = { start: 0, end: 0 };
    const [action] = codeActions(snapshot, `${root}values.yaml`, span, ['quickfix']).filter(({ findings }) =>
      findings.some(({ code }) => code === 'stack-undefined'),
    );
    assert.equal(
      action?.title,
      'Define stack default (values.yaml, custom-overrides.yaml) in .deploykf-values.yaml',
    );
    assert.equal(action.edits()[0]?.isNew, true);
    assert.deepEqual(codeActions(snapshot, `${root}custom-overrides.yaml`, span, ['source.fixAll']), []);
  });
});

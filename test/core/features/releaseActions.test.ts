import assert from 'node:assert/strict';
import { codeActions, resolveCodeAction } from '../../../server/src/core/features/codeActions.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { upgradeUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { catalogs } from '../../support/views.ts';

const projectUri = 'file:///ws/.deploykf-values.yaml';
const app = 'file:///ws/app.yaml';
const values = 'file:///ws/values.yaml';
const policyText = 'registry: { rules: [{ source: "*", target: r.example.com }] }\n';

function application(parameter: string): string {
  return [
    'kind: Application',
    'metadata: { name: app }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    parameter,
    '        - { name: values_files, array: [values.yaml] }',
    '',
  ].join('\n');
}

function worldOf(projectText: string, appText = ''): Snapshot {
  const file = new ValuesFile(projectUri, projectText);
  const names = { releases: catalogs.releases, codes: [] };
  const project = readProject(file, names);
  const files: [string, ValuesFile][] = [[values, new ValuesFile(values, 'kubeflow_tools: {}\n')]];
  if (appText !== '') files.push([app, new ValuesFile(app, appText)]);
  return Snapshot.of({
    catalogs,
    folders: [{ uri: 'file:///ws/', settings: project.settings, project }],
    files: new Map(files),
  });
}

/** The titles and documents of what is offered at a word. */
function offered(world: Snapshot, uri: string, word: string): readonly (readonly [string, string?])[] {
  const text = world.state.files.get(uri)?.text ?? world.state.folders[0]?.project?.file.text ?? '';
  const offset = text.indexOf(word);
  assert.ok(offset >= 0, word);
  return codeActions(world, uri, { start: offset, end: offset }, ['refactor']).map(({ title, step }) =>
    step?.kind === 'preview' ? [title, step.document] : [title],
  );
}

const previews = (uri: string, from: string, ...releases: readonly string[]) =>
  releases.map(to => [`Preview upgrade to ${to}…`, upgradeUri(uri, from, to)]);

describe('actions at a release', () => {
  const text = `release: 0.1.3\nstacks:\n  - { name: a, values: [values.yaml] }\n  - name: b\n    release: "0.1.4"\n    values: [values.yaml]\n  - name: c\n    release: 0.1.5\n    values: [values.yaml]\n`;

  it('preview newer releases in the project file', () => {
    const world = worldOf(text);
    assert.deepEqual(offered(world, projectUri, '0.1.3'), previews(projectUri, '0.1.3', '0.1.5', '0.1.4'));
    assert.deepEqual(offered(world, projectUri, 'release'), previews(projectUri, '0.1.3', '0.1.5', '0.1.4'));
    assert.deepEqual(offered(world, projectUri, '0.1.4'), previews(projectUri, '0.1.4', '0.1.5'));
  });

  it('preview newer releases of files that no stack names', () => {
    const world = worldOf('release: 0.1.4\n');
    assert.deepEqual(offered(world, projectUri, '0.1.4'), previews(projectUri, '0.1.4', '0.1.5'));
  });

  it('are none elsewhere, at the newest release and at one that is not known', () => {
    const world = worldOf(text);
    for (const word of ['stacks', '0.1.5', 'values'])
      assert.deepEqual(offered(world, projectUri, word), [], word);
    assert.deepEqual(offered(worldOf(text.replace('0.1.3', '0.0.9')), projectUri, '0.0.9'), []);
  });

  it('preview newer releases at source_version, and take the archive where there is a policy', () => {
    const text = application('        - name: source_version\n          string: "0.1.4" # now');
    assert.deepEqual(offered(worldOf('stacks: []\n', text), app, '0.1.4'), previews(app, '0.1.4', '0.1.5'));
    assert.deepEqual(offered(worldOf(policyText, text), app, 'source_version'), [
      ['Take the generator from the archive ./deploykf-0.1.4-generator.zip of the repository'],
      ...previews(app, '0.1.4', '0.1.5'),
    ]);
    assert.deepEqual(
      offered(worldOf(policyText, text), app, 'values_files').filter(([title]) => title.includes('archive')),
      [],
    );
  });

  for (const [written, expected] of [
    [
      '        - name: source_version\n          string: "0.1.4" # now',
      '        - name: source_path\n          string: "./deploykf-0.1.4-generator.zip" # now',
    ],
    [
      "        - { string: 'v0.1.4', name: 'source_version' }",
      "        - { string: './deploykf-0.1.4-generator.zip', name: 'source_path' }",
    ],
  ] as const)
    it(`write the path of the archive: ${written.trim()}`, () => {
      const text = application(written);
      const world = worldOf(policyText, text);
      const offset = text.indexOf('source_version');
      const [action] = codeActions(world, app, { start: offset, end: offset }, ['refactor.rewrite']);
      const edits = resolveCodeAction(world, app, action?.id ?? '')?.edits()[0]?.edits ?? [];
      assert.equal(applyEdits(text, edits), application(expected));
      const after = worldOf(policyText, application(expected));
      assert.equal(after.plans.find(({ kind }) => kind === 'application')?.release, '0.1.4');
      assert.deepEqual(offered(after, app, 'source_path'), []);
    });

  it('do not take the archive of a release that another tool fills in, or beside a path, or of an anchor', () => {
    for (const parameter of [
      '        - { name: source_version, string: "{{ .release }}" }',
      '        - { name: source_version, string: &v "0.1.5" }',
      '        - { name: source_version, string: "0.1.5" }\n        - { name: source_path, string: ./x.zip }',
      '        - { name: source_version, string: main }',
    ])
      assert.deepEqual(
        offered(worldOf(policyText, application(parameter)), app, 'source_version'),
        [],
        parameter,
      );
  });
});

import assert from 'node:assert/strict';
import { checkFile } from '../../../../server/src/core/check/check.ts';
import type { CatalogSource } from '../../../../server/src/core/catalog/catalogSource.ts';
import { readProject, type Settings } from '../../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../../server/src/core/stack/valuesFile.ts';
import { check } from '../../../support/fixture.ts';
import { catalogs } from '../../../support/views.ts';

const { releases, newest, retired } = catalogs;
const shipped: CatalogSource = { releases, newest, retired, of: release => catalogs.of(release) };
const values = '# of prod\nkubeflow_tools: {}\n';

function found(project: string, name: string, problems?: ReadonlyMap<string, string>): readonly string[] {
  const names = { releases: catalogs.releases, codes: ['release-unknown'] };
  const read = readProject(new ValuesFile('file:///ws/.deploykf-values.yaml', project), names);
  const settings: Settings = read.settings;
  const file = new ValuesFile('file:///ws/values.yaml', values);
  const snapshot = Snapshot.of({
    catalogs: problems === undefined ? catalogs : { ...shipped, problems },
    folders: [{ uri: 'file:///ws/', settings, project: read }],
    files: new Map([[file.uri, file]]),
  });
  const uri = `file:///ws/${name}`;
  const text = name === 'values.yaml' ? values : project;
  return checkFile(snapshot, uri)
    .filter(({ code }) => code === 'release-unknown')
    .map(({ code, message, span }) => `${text.slice(span.start, span.end)} > ${code}: ${message}`);
}

const list = 'known releases are 0.1.0, 0.1.1, 0.1.2, 0.1.3, 0.1.4, 0.1.5';
const known = `${list}; generators cannot be read here`;

describe('release-unknown', () => {
  it('lists the known releases at the first key of a file without a definition', () =>
    check(
      `
      # prod
      kubeflow_tools: {}
    ~ ^^^^^^^^^^^^^^ release-unknown: deployKF "0.2.0" is not known, this file is not checked: known releases are 0.1.0, 0.1.1, 0.1.2, 0.1.3, 0.1.4, 0.1.5; generators cannot be read here
      `,
      { release: '0.2.0', codes: ['release-unknown'] },
    ));

  it('stands where the project file defines the stack, not in its files', () => {
    const project = 'stacks:\n- { name: prod, release: "9", values: [values.yaml] }\n';
    assert.deepEqual(found(project, '.deploykf-values.yaml'), [
      `prod > release-unknown: deployKF "9" is not known, stack prod is not checked: ${known}`,
    ]);
    assert.deepEqual(found(project, 'values.yaml'), []);
  });

  it('stands in the file when the release is that of the whole project', () => {
    assert.deepEqual(found('release: 0.1.50\n', 'values.yaml'), [
      `kubeflow_tools > release-unknown: deployKF "0.1.50" is not known, this file is not checked: ${known}`,
    ]);
  });

  it('says where a generator was looked for, and what is wrong with the one that is there', () => {
    const places =
      '"generators" of the project file, the setting "deploykf.generators" or ~/.deploykf/assets';
    const start = 'kubeflow_tools > release-unknown: deployKF "9.9.9" is not known, this file is not checked';
    assert.deepEqual(found('release: 9.9.9\n', 'values.yaml', new Map()), [
      `${start}: ${list}; there is no generator for it in ${places}`,
    ]);
    assert.deepEqual(
      found(
        'release: 9.9.9\n',
        'values.yaml',
        new Map([['9.9.9', 'does not contain a default_values.yaml']]),
      ),
      [`${start}: ${list}; its generator does not contain a default_values.yaml`],
    );
  });

  it('tells of a generator that the project file names, also for a release that is known', () => {
    const project =
      'generators: { 0.1.5: ../fork }\nstacks:\n- { name: prod, release: v0.1.5, values: [values.yaml] }\n';
    const start = 'prod > release-unknown: The generator "../fork" of 0.1.5';
    const end = 'stack prod is not checked: expected the folder or .zip of a generator';
    const name = '.deploykf-values.yaml';
    assert.deepEqual(found(project, name), [`${start} cannot be read here, ${end}`]);
    assert.deepEqual(found(project, name, new Map()), [`${start} does not exist, ${end}`]);
    const problem = 'is not a readable .zip: it is cut off';
    assert.deepEqual(found(project, name, new Map([['file:///fork#0.1.5', problem]])), [
      `${start} ${problem}, ${end}`,
    ]);
  });

  it('is silent for a known release, also with a "v", and where it is switched off', () => {
    assert.deepEqual(found('release: v0.1.4\n', 'values.yaml'), []);
    assert.deepEqual(found('release: 9.9.9\nrules: { release-unknown: off }\n', 'values.yaml'), []);
  });

  it('can be ignored by a comment', () =>
    check('# deploykf-values-ignore release-unknown a fork of ours\nkubeflow_tools: {}\n', {
      release: '9.9',
      codes: ['release-unknown'],
    }));
});

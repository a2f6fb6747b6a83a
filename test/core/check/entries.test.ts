import assert from 'node:assert/strict';
import { checkFile, checkWhole, unusedEntryFindings } from '../../../server/src/core/check/check.ts';
import { changesToFileEdits } from '../../../server/src/core/fixes/edits.ts';
import { rules } from '../../../server/src/core/rules/index.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { applyEdits } from '../../../server/src/core/text/edit.ts';
import { projectFileName, readProject } from '../../../server/src/core/workspace/settings.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { dedent } from '../../support/fixture.ts';
import { catalogs } from '../../support/views.ts';

const root = 'file:///ws/';
const uri = `${root}values.yaml`;
const projectUri = root + projectFileName;
const policy = 'registry:\n  rules: [{ source: "*", target: r.example.com }]\n';
const values = dedent(`
  kubeflow_tools:
    katib: [1]
    nonsense: 1
    pipelines:
      enabled: true
      images:
        kfpApiServer:
          repository: ghcr.io/deploykf/kubeflow-pipelines/api-server
        kfpFrontend:
          repository: ghcr.io/deploykf/kubeflow-pipelines/frontend
  `);

function snapshotOf(project: string, today?: string): Snapshot {
  const file = new ValuesFile(projectUri, project);
  const read = readProject(file, { releases: catalogs.releases, codes: rules.map(({ code }) => code) });
  return Snapshot.of({
    catalogs,
    folders: [{ uri: root, settings: read.settings, project: read }],
    files: new Map([[uri, new ValuesFile(uri, values)]]),
    secrets: [],
    today,
  });
}

/** What is left of the findings that these tests are about. */
function left(project: string, today?: string): readonly string[] {
  return checkFile(snapshotOf(project, today), uri)
    .filter(({ code }) => ['value-type', 'value-unknown', 'image-public'].includes(code))
    .map(({ code, path }) => `${code} ${path ?? ''}`);
}

function ofProject(project: string, today?: string): readonly string[] {
  return checkFile(snapshotOf(project, today), projectUri).map(
    ({ code, severity, message }) => `${severity} ${code}: ${message}`,
  );
}

const all = [
  'value-type kubeflow_tools.katib',
  'value-unknown kubeflow_tools.nonsense',
  'image-public kubeflow_tools.pipelines.images.kfpApiServer',
  'image-public kubeflow_tools.pipelines.images.kfpFrontend',
];

describe('suppressions of the project file', () => {
  it('suppress a code, below a path, of an image', () => {
    assert.deepEqual(left(policy), all);
    const code = `${policy}suppressions:\n  - { code: image-public, reason: why }\n`;
    assert.deepEqual(left(code), all.slice(0, 2));
    const path = `${policy}suppressions:\n  - { code: value-type, path: kubeflow_tools, reason: why }\n  - { code: value-unknown, path: kubeflow, reason: why }\n`;
    assert.deepEqual(left(path), all.slice(1));
    const image = `${policy}suppressions:\n  - { code: image-public, image: ghcr.io/deploykf/kubeflow-pipelines/frontend, reason: why }\n`;
    assert.deepEqual(left(image), all.slice(0, 3));
    const tagged = image.replace('frontend,', 'frontend:0.0.1,');
    assert.deepEqual(left(tagged), all);
  });

  it('suppress what is retired by its image, and a private copy by the upstream of it', () => {
    const entry = 'suppressions: [{ code: image-retired, image: docker.io/bitnami/kubectl, reason: why }]\n';
    const written = (repository: string): string =>
      `deploykf_core: { deploykf_auth: { images: { kubectl: { repository: ${repository} } } } }\n`;
    const retired = (project: string, text: string): number => {
      const snapshot = snapshotOf(project).withFile(uri, new ValuesFile(uri, text));
      return checkFile(snapshot, uri).filter(({ code }) => code === 'image-retired').length;
    };
    const copied = policy.replace('target: r.example.com', 'target: "r.example.com/{registry}/{path}"');
    for (const [project, repository] of [
      ['', 'docker.io/bitnami/kubectl'],
      [policy, 'docker.io/bitnami/kubectl'],
      [copied, 'r.example.com/docker.io/bitnami/kubectl'],
    ] as const) {
      assert.ok(retired(project, written(repository)) >= 2, repository);
      assert.equal(retired(project + entry, written(repository)), 0, repository);
    }
  });

  it('suppress a finding of several images when all of them are named', () => {
    const katib = ['katib-controller', 'katib-db-manager', 'katib-ui'];
    const entries = (names: readonly string[]): string =>
      `${policy}suppressions:\n${names.map(name => `  - { code: image-not-overridden, image: kubeflowkatib/${name}, reason: why }\n`).join('')}`;
    const codesOf = (project: string): number => {
      const snapshot = snapshotOf(project).withFile(
        uri,
        new ValuesFile(uri, 'kubeflow_tools:\n  katib:\n    enabled: true\n'),
      );
      return checkFile(snapshot, uri).filter(
        ({ code, path }) => code === 'image-not-overridden' && path === 'kubeflow_tools.katib',
      ).length;
    };
    assert.deepEqual([codesOf(entries(katib.slice(1))), codesOf(entries(katib))], [1, 0]);
  });

  it('end after their last day, which is said', () => {
    const project = `suppressions:\n  - code: value-type\n    reason: why\n    until: 2026-12-31\n`;
    assert.deepEqual(left(project), [all[1]]);
    assert.deepEqual(left(project, '2026-12-31'), [all[1]]);
    assert.deepEqual(left(project, '2027-01-01'), all.slice(0, 2));
    assert.deepEqual(ofProject(project, '2026-12-31'), []);
    assert.deepEqual(ofProject(project, '2027-01-01'), [
      'warning suppression-unused: value-type: this suppression ended after 2026-12-31 and suppresses nothing: remove it, or set a later day',
    ]);
  });

  it('are not used where anything is wrong with them', () => {
    const project = dedent(`
      suppressions:
        - code: value-type
        - code: value-tipe
          reason: why
        - code: value-type
          reason: why
          until: 2026-02-30
        - code: value-type
          reason: why
          image: "Not An Image"
        - code: value-type
          reason: why
          pth: kubeflow_tools
        - reason: why
        - value-type
      `);
    assert.deepEqual(left(project), all.slice(0, 2));
    assert.deepEqual(ofProject(project), [
      'error project-file-invalid: "suppressions[0]" needs a reason',
      'error project-file-invalid: Unknown rule "value-tipe", did you mean "value-type"?',
      'error project-file-invalid: "suppressions[2].until" must be a day such as 2026-12-31',
      'error project-file-invalid: "suppressions[3].image" must be an image such as docker.io/istio/proxyv2',
      'error project-file-invalid: Unknown key "pth", did you mean "path"?',
      'error project-file-invalid: "suppressions[5]" needs the code of a rule',
      'error project-file-invalid: "suppressions[6]" must be a map with code and reason, and path, image or until',
    ]);
    assert.deepEqual(ofProject('suppressions: value-type\n'), [
      'error project-file-invalid: "suppressions" must be a list of suppressions, each with a code and a reason',
    ]);
  });

  it('tell what they suppress', () => {
    const { findings, suppressed } = checkWhole(
      snapshotOf('suppressions:\n  - { code: value-type, reason: our fork }\n'),
      uri,
    );
    assert.ok(!findings.some(({ code }) => code === 'value-type'));
    assert.deepEqual(
      suppressed.map(({ finding, by }) => [finding.path, by.map(({ reason }) => reason)]),
      [['kubeflow_tools.katib', ['our fork']]],
    );
  });

  it('are found to be unused where all files are checked, and can be removed', () => {
    const project = dedent(`
      suppressions:
        # the fork
        - { code: value-type, reason: why }
        - code: value-null-section
          reason: why
      `);
    const snapshot = snapshotOf(project);
    const { project: own } = snapshot.folderOf(uri) ?? {};
    assert.ok(own !== undefined);
    const findings = unusedEntryFindings(snapshot, own, [{ uri, ...checkWhole(snapshot, uri) }]);
    assert.deepEqual(
      findings.map(({ severity, message }) => `${severity} ${message}`),
      ['info value-null-section: nothing to suppress in any file, remove this entry'],
    );
    const [edit] = changesToFileEdits(snapshot, findings[0]?.fixes[0]?.changes() ?? []);
    assert.equal(
      applyEdits(project, edit?.edits ?? []),
      'suppressions:\n  # the fork\n  - { code: value-type, reason: why }\n',
    );
    assert.deepEqual(unusedEntryFindings(snapshot, own, []), []);
  });
});

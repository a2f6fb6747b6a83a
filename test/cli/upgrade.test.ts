import assert from 'node:assert/strict';
import type { UpgradeJson } from '../../server/src/core/report/upgradeJson.ts';
import { inWorkspace } from '../support/cli.ts';
import { shapeProblem, upgradeShape } from '../support/shape.ts';

const project = [
  'registry:',
  '  rules:',
  '    - { source: "*", target: "r.example.com/{registry}/{path}" }',
  'stacks:',
  '  - { name: prod, release: 0.1.2, values: [prod.yaml] }',
  '',
].join('\n');
const values = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      oauth2Proxy:',
  '        tag: v7.4.0',
  '',
].join('\n');
const files = { '.deploykf-values.yaml': project, 'prod.yaml': values };
const newer = { ...files, 'prod.yaml': 'kubeflow_tools: {pipelines: {kfpV2: {minioFix: true}}}\n' };

const pluginOf013 = [
  'Images of the ArgoCD plugin, when it is upgraded, too',
  '  docker.io/bitnamilegacy/kubectl:1.26.10  to r.example.com/docker.io/bitnamilegacy/kubectl:1.26.10  in place of docker.io/bitnami/kubectl:1.26.10',
  '  docker.io/alpine/helm:3.12.3             to r.example.com/docker.io/alpine/helm:3.12.3',
  '  quay.io/argoproj/argocd:v2.8.5           to r.example.com/quay.io/argoproj/argocd:v2.8.5',
  '',
];

describe('upgrade', () => {
  it(
    'says what to mirror before, what is not pulled any more, and which overrides to look at',
    inWorkspace({ ...files, 'prod.yaml': '' }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['upgrade', '0.1.3', '--stack', 'prod']);
      assert.deepEqual([code, stderr], [1, '']);
      assert.deepEqual(stdout.split('\n'), [
        'Images to mirror before the upgrade',
        '  quay.io/oauth2-proxy/oauth2-proxy:v7.5.1  to r.example.com/quay.io/oauth2-proxy/oauth2-proxy:v7.5.1  was v7.4.0',
        '',
        'Images that are not pulled any more',
        '  r.example.com/quay.io/oauth2-proxy/oauth2-proxy:v7.4.0',
        '',
        'Files',
        '  deploykf-0.1.3-generator.zip',
        '',
        ...pluginOf013,
        'deployKF 0.1.2 to 0.1.3, prod: 1 image to mirror, 1 not pulled any more, 22 unchanged, 0 Helm charts to mirror, 0 overrides to look at',
        '',
      ]);
    }),
  );

  it(
    'shows the place of an override',
    inWorkspace(files, async workspace => {
      const { code, stdout } = await workspace.run(['upgrade', 'v0.1.3', '--stack', 'prod']);
      assert.equal(code, 1);
      assert.deepEqual(stdout.split('\n').slice(-5), [
        'Overrides to look at',
        '  prod.yaml:5  pinned  "deploykf_core.deploykf_auth.images.oauth2Proxy.tag" is pinned to "v7.4.0", the tag of 0.1.2; 0.1.3 has "v7.5.1": set that one, or leave the tag to the release',
        '',
        'deployKF 0.1.2 to 0.1.3, prod: 0 images to mirror, 0 not pulled any more, 23 unchanged, 0 Helm charts to mirror, 1 override to look at',
        '',
      ]);
    }),
  );

  it(
    'has the same as JSON, with each place',
    inWorkspace(newer, async workspace => {
      const json = await workspace.json(['upgrade', '0.1.4', '0.1.5', '--stack', 'prod']);
      assert.equal(shapeProblem(json, upgradeShape), undefined);
      const { from, to, stack, added, removed, same, retagged, overrides } = json as UpgradeJson;
      assert.deepEqual([from, to, stack], ['0.1.4', '0.1.5', 'prod']);
      assert.deepEqual([added.length, removed.length, same], [14, 14, 9]);
      assert.deepEqual(added[0], {
        image: 'quay.io/jetstack/cert-manager-controller:v1.12.10',
        source: 'quay.io/jetstack/cert-manager-controller:v1.12.10',
        target: 'r.example.com/quay.io/jetstack/cert-manager-controller:v1.12.10',
        paths: ['deploykf_dependencies.cert_manager.images.certManagerController'],
      });
      assert.deepEqual(retagged[0], {
        paths: ['deploykf_dependencies.cert_manager.images.certManagerController'],
        from: 'quay.io/jetstack/cert-manager-controller:v1.12.2',
        to: 'quay.io/jetstack/cert-manager-controller:v1.12.10',
      });
      assert.deepEqual(overrides, [
        {
          path: 'kubeflow_tools.pipelines.kfpV2.minioFix',
          file: 'prod.yaml',
          range: { start: { line: 0, character: 37 }, end: { line: 0, character: 45 } },
          what: 'removed',
          message: '"kubeflow_tools.pipelines.kfpV2.minioFix" is not in 0.1.5 any more: remove it',
        },
      ]);
    }),
  );

  it(
    'ends with 0 where there is nothing to mirror or to change',
    inWorkspace(files, async workspace => {
      const { code, stdout } = await workspace.run(['upgrade', '0.1.3', '0.1.4', '--stack', 'prod']);
      assert.equal(code, 0);
      assert.match(stdout, /0 images to mirror, 0 not pulled any more, 23 unchanged/);
    }),
  );

  it(
    'takes a file, standard input, layers, or nothing but the releases',
    inWorkspace(newer, async workspace => {
      const summaryOf = async (words: readonly string[], stdin?: string): Promise<string | undefined> => {
        const { stdout } = await workspace.run(['upgrade', ...words], stdin === undefined ? {} : { stdin });
        return stdout
          .split('\n')
          .at(-2)
          ?.replace(/ images to.* charts to mirror/, '');
      };
      assert.equal(
        await summaryOf(['0.1.4', '0.1.5', 'prod.yaml']),
        'deployKF 0.1.4 to 0.1.5, prod.yaml: 14, 1 override to look at',
      );
      assert.equal(
        await summaryOf(['0.1.4', '0.1.5', '-'], values),
        'deployKF 0.1.4 to 0.1.5, -: 13, 0 overrides to look at',
      );
      assert.equal(
        await summaryOf(['--values', 'prod.yaml', '0.1.4', '0.1.5']),
        'deployKF 0.1.4 to 0.1.5, prod.yaml: 14, 1 override to look at',
      );
      assert.equal(await summaryOf(['0.1.5']), 'deployKF 0.1.2 to 0.1.5, prod: 14, 1 override to look at');
    }),
  );

  it(
    'finds the place of an override within an Application, whose samples go with the release',
    inWorkspace(
      {
        'app.yaml': [
          'apiVersion: argoproj.io/v1alpha1',
          'kind: Application',
          'metadata: {name: deploykf}',
          'spec:',
          '  source:',
          '    repoURL: https://github.com/deployKF/deployKF.git',
          '    targetRevision: v0.1.4',
          '    path: .',
          '    plugin:',
          '      name: deploykf',
          '      parameters:',
          '        - {name: source_version, string: "0.1.4"}',
          '        - {name: values_files, array: [./sample-values.yaml]}',
          '        - name: values',
          '          string: |',
          '            kubeflow_tools:',
          '              pipelines:',
          '                kfpV2:',
          '                  minioFix: true',
          '',
        ].join('\n'),
      },
      async workspace => {
        const json = (await workspace.json(['upgrade', '0.1.5', 'app.yaml'])) as UpgradeJson;
        assert.deepEqual([json.added.length, json.removed.length, json.same], [38, 36, 43]);
        assert.deepEqual(
          json.overrides.map(({ path, file, range }) => [path, file, range.start.line]),
          [['kubeflow_tools.pipelines.kfpV2.minioFix', 'app.yaml', 18]],
        );
      },
    ),
  );

  it(
    'says what is wrong with what it is given',
    inWorkspace(
      { ...files, 'other/v.yaml': 'deploykf_core: {}\n', 'broken.yaml': 'kubeflow_tools:\n  a: b: c\n' },
      async workspace => {
        const complaint = async (words: readonly string[], cwd = '.'): Promise<string> => {
          const { code, stdout, stderr } = await workspace.run(['upgrade', ...words], { cwd });
          assert.deepEqual([code, stdout], [2, '']);
          return stderr.replace('deploykf-values: ', '').trimEnd();
        };
        const known = 'known releases are 0.1.0, 0.1.1, 0.1.2, 0.1.3, 0.1.4, 0.1.5';
        const unknown = new RegExp(`^the release "9\\.9\\.9" is not known: ${known}`);
        assert.match(await complaint(['0.1.4', '9.9.9', '--stack', 'prod']), unknown);
        assert.match(await complaint(['9.9.9', '0.1.4', '--stack', 'prod']), unknown);
        assert.match(
          await complaint(['0.0.9', '0.1.5', '--stack', 'prod']),
          /^the release "0\.0\.9" is .* \(name the generator of the old release in the project file under generators\)$/,
        );
        assert.equal(await complaint(['0.1.2']), '0.1.2 and 0.1.2 are the same release');
        assert.equal(
          await complaint(['0.1.5', '0.1.4']),
          '0.1.5 is newer than 0.1.4: name the older release first',
        );
        const usage = 'name the releases, such as upgrade 0.1.4 0.1.5 prod.yaml';
        assert.equal(await complaint([]), usage);
        assert.equal(await complaint(['prod.yaml']), `"prod.yaml" is not a release: ${usage}`);
        assert.equal(
          await complaint(['0.1.5', 'other/v.yaml', '--config', 'other/none.yaml']),
          'other/none.yaml does not exist',
        );
        assert.match(await complaint(['0.1.4', '0.1.5', 'broken.yaml']), /^broken\.yaml:2:6: A second ": "/);
      },
    ),
  );

  it(
    'wants the release to be named where it is only guessed',
    inWorkspace({ 'v.yaml': 'deploykf_core: {}\n' }, async workspace => {
      const { code, stderr } = await workspace.run(['upgrade', '0.1.5']);
      assert.equal(code, 2);
      assert.match(stderr, /nothing names the release that is to be upgraded/);
    }),
  );
});

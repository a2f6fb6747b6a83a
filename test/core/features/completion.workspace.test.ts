import assert from 'node:assert/strict';
import { askIn, listed, takenFrom, type Asked } from '../../support/completing.ts';

const values = 'kubeflow_tools: {}\n';

function labelsOf({ items }: Asked): readonly string[] {
  return items.map(({ label }) => label);
}

describe('completion in an Application', () => {
  const others = { 'a.yaml': values, 'envs/b.yaml': values, 'pod.yaml': 'kind: Pod\n' };
  const application = (parameters: string): string =>
    [
      'kind: Application',
      'spec:',
      '  source:',
      '    plugin:',
      '      name: deploykf',
      '      parameters:',
      ...parameters.split('\n').map(line => `        ${line}`),
      '',
    ].join('\n');
  const files = (array: string): string => application(`- name: values_files\n  array:${array}`);

  it('offers the releases, the newest first', () => {
    const asked = askIn('app.yaml', application('- name: source_version\n  string: "$0"'));
    assert.deepEqual(listed(asked).slice(0, 2), ['0.1.5: newest known', '0.1.4: ']);
    assert.equal(takenFrom(asked, '0.1.4'), asked.text.replace('""', '"0.1.4"'));
  });

  it('offers the values files of the repository that it does not name yet', () => {
    assert.deepEqual(listed(askIn('app.yaml', files('\n    - $0'), others)), ['a.yaml: ', 'envs/b.yaml: ']);
    assert.deepEqual(labelsOf(askIn('app.yaml', files(' [./a.yaml, $0]'), others)), ['envs/b.yaml']);
  });

  it('writes the dash of an item', () => {
    const asked = askIn('app.yaml', files('\n    $0'), others);
    assert.equal(
      takenFrom(asked, 'envs/b.yaml'),
      asked.text.replace('array:\n            ', 'array:\n            - envs/b.yaml'),
    );
  });

  it('is right in the second of two documents', () =>
    assert.deepEqual(
      labelsOf(
        askIn(
          'app.yaml',
          `${application('- name: values\n  string: ""')}---\n${files('\n    - e$0')}`,
          others,
        ),
      ),
      ['a.yaml', 'envs/b.yaml'],
    ));

  it('offers those below the folder of the source', () =>
    assert.deepEqual(
      labelsOf(
        askIn('app.yaml', files('\n    - $0').replace('    plugin', '    path: envs\n    plugin'), others),
      ),
      ['b.yaml'],
    ));

  it('offers the values in a text that is empty so far', () => {
    for (const text of [
      '- name: values\n  string: |\n    $0',
      '- name: values\n  string: |-\n\n      $0\n- name: other\n  string: ""',
      '- string: |\n    $0\n  name: values',
    ]) {
      const asked = askIn('app.yaml', application(text));
      assert.deepEqual(labelsOf(asked).slice(0, 3), ['argocd', 'kubernetes', 'deploykf_dependencies']);
      const whole = application(text);
      const indent = ' '.repeat(whole.indexOf('$0') - whole.lastIndexOf('\n', whole.indexOf('$0')) - 1);
      assert.equal(
        takenFrom(asked, 'deploykf_dependencies'),
        whole.replace('$0', `deploykf_dependencies:\n${indent}  `),
      );
    }
    for (const text of [
      '- name: values\n  string: |\n  $0',
      '- name: values\n  string: |2\n    $0',
      '- name: values\n  string: | $0\n',
      '- name: values\n  string: |\n- name: other\n    $0',
    ])
      assert.deepEqual(labelsOf(askIn('app.yaml', application(text))), [], text);
  });

  it('offers the names of the parameters that are missing', () => {
    const version = '- name: source_version\n  string: "0.1.5"\n';
    const missing = ['source_path', 'values_files', 'values'];
    assert.deepEqual(labelsOf(askIn('app.yaml', application(`${version}- name: $0`))), missing);
    const asked = askIn('app.yaml', application(`${version}- $0`));
    assert.deepEqual(labelsOf(asked), [...missing, 'name']);
    const start = application(version.trimEnd());
    const item = (lines: readonly string[]): string =>
      start + lines.map(line => `        ${line}\n`).join('');
    assert.equal(
      takenFrom(asked, 'values_files'),
      item(['- name: values_files', '  array:', '    - ./values.yaml']),
    );
    assert.equal(takenFrom(asked, 'values'), item(['- name: values', '  string: |', '    ']));
    assert.deepEqual(labelsOf(askIn('app.yaml', application(`${version}$0`))), [...missing, 'name']);
    assert.deepEqual(listed(askIn('app.yaml', application('- name: values_files\n  $0'))), [
      'array: values files of the repository',
    ]);
  });

  it('offers no names of parameters to another plugin', () => {
    const other = `---\n${application('- name: $0').replace('deploykf', 'other')}`;
    assert.deepEqual(labelsOf(askIn('app.yaml', application('- name: values\n  string: ""') + other)), []);
  });

  it('is silent where files are those of another repository, and at other parameters', () => {
    const upstream = files('\n    - $0').replace(
      '    plugin',
      '    repoURL: https://github.com/deployKF/deployKF.git\n    plugin',
    );
    assert.deepEqual(labelsOf(askIn('app.yaml', upstream, others)), []);
    assert.deepEqual(labelsOf(askIn('app.yaml', application('- name: other\n  string: $0'))), []);
  });
});

describe('completion in a file that is empty so far', () => {
  const keys = [
    ...['deploykf_dependencies', 'deploykf_core', 'deploykf_opt', 'kubeflow_dependencies', 'kubeflow_tools'],
    ...['argocd', 'kubernetes', 'deploykf_tools'],
    ...['deployKF Application', 'deployKF values for a private registry'],
  ];

  it('offers the sections of the release where the workspace has a stack', () => {
    const asked = askIn('new.yaml', '$0', { 'a.yaml': values });
    assert.deepEqual(labelsOf(asked), keys);
    assert.equal(takenFrom(asked, 'argocd'), 'argocd:\n  ');
    const leading = asked.items.filter(({ leadsOn }) => leadsOn === true).map(({ label }) => label);
    assert.deepEqual(leading, keys.slice(0, 5));
  });

  it('offers whole files that are right as they are', () => {
    const asked = (release: string): Asked =>
      askIn('new.yaml', '$0', { 'a.yaml': values, '.deploykf-values.yaml': `release: ${release}\n` });
    assert.equal(
      takenFrom(asked('0.1.4'), 'deployKF Application'),
      [
        'apiVersion: argoproj.io/v1alpha1',
        'kind: Application',
        'metadata:',
        '  name: deploykf-app-of-apps',
        '  namespace: argocd',
        'spec:',
        '  project: default',
        '  source:',
        '    repoURL: https://git.example.com/platform/deploykf.git',
        '    targetRevision: main',
        '    path: .',
        '    plugin:',
        '      name: deploykf',
        '      parameters:',
        '        - name: source_version',
        '          string: "0.1.4"',
        '        - name: values_files',
        '          array:',
        '            - ./values.yaml',
        '        - name: values',
        '          string: |',
        '            ',
        '  destination:',
        '    server: https://kubernetes.default.svc',
        '    namespace: argocd',
      ].join('\n'),
    );
    const image = [
      'deploykf_dependencies:',
      '  istio:',
      '    images:',
      '      istioProxy:',
      '        repository: registry.example.com/docker.io/istio/proxyv2',
    ];
    const secret = [
      '  kyverno:',
      '    clusterPolicies:',
      '      imagePullSecrets:',
      '        enabled: true',
      '        registryCredentials:',
      '          - existingSecret: my-pull-secret',
      '            existingSecretNamespace: argocd',
    ];
    const label = 'deployKF values for a private registry';
    assert.equal(takenFrom(asked('0.1.5'), label), [...image, ...secret].join('\n'));
    assert.equal(takenFrom(asked('0.1.2'), label), image.join('\n'));
  });

  it('offers them where what is typed tells', () => {
    assert.deepEqual(labelsOf(askIn('new.yaml', '# why\n---\ndep$0\n')), keys);
    assert.deepEqual(labelsOf(askIn('new.yaml', '$0')), []);
    assert.deepEqual(labelsOf(askIn('new.yaml', 'api$0')), []);
  });

  it('is silent in files of something else', () => {
    assert.deepEqual(labelsOf(askIn('new.yaml', 'kind: Pod\n$0', { 'a.yaml': values })), []);
    assert.deepEqual(labelsOf(askIn('new.yaml', 'spec:\n  $0', { 'a.yaml': values })), []);
  });
});

describe('completion in the project file', () => {
  const others = { 'a.yaml': values, 'envs/b.yaml': values };
  const project = (text: string): Asked => askIn('.deploykf-values.yaml', text, others);

  it('offers its keys with their documentation', () => {
    const asked = project('release: 0.1.5\n$0\n');
    assert.deepEqual(labelsOf(asked), ['registry', 'stacks', 'rules', 'suppressions', 'generators']);
    assert.match(asked.items[1]?.more ?? '', /^The deployments\. Values files that are not in a stack/);
    assert.equal(takenFrom(asked, 'stacks'), 'release: 0.1.5\nstacks:\n  - \n');
  });

  it('is there in an empty file, and offers the whole of it', () => {
    const asked = project('$0');
    assert.equal(labelsOf(asked)[0], 'release');
    assert.equal(
      takenFrom(asked, 'deployKF project file'),
      [
        'release: 0.1.5',
        'registry:',
        '  rules:',
        '    - source: "*"',
        '      target: registry.example.com/{registry}/{path}',
        'stacks:',
        '  - name: prod',
        '    values:',
        '      - values.yaml',
      ].join('\n'),
    );
    assert.ok(!labelsOf(project('release: 0.1.5\n$0\n')).includes('deployKF project file'));
  });

  it('offers releases, and values files relative to it', () => {
    assert.equal(labelsOf(project('release: $0\n'))[0], '0.1.5');
    assert.deepEqual(listed(project('stacks:\n  - name: prod\n    values: [a.yaml, $0]\n')), [
      'envs/b.yaml: ',
    ]);
    assert.deepEqual(
      listed(project('stacks:\n  - name: x\n    values: [a.yaml]\n  - values:\n      - $0\n')),
      ['envs/b.yaml: ', 'a.yaml: in x'],
    );
  });

  it('offers whole entries', () => {
    assert.equal(
      takenFrom(project('stacks:\n  - $0\n'), 'name, values'),
      'stacks:\n  - name: \n    values:\n      - \n',
    );
    assert.equal(
      takenFrom(project('registry:\n  rules:\n    $0\n'), 'source, target'),
      'registry:\n  rules:\n    - source: \n      target: \n',
    );
  });

  it('leads from a whole entry to the codes of rules', () => {
    const [block] = project('suppressions:\n  - $0\n').items;
    assert.deepEqual([block?.label, block?.leadsOn], ['code, reason', true]);
  });

  it('offers what its values can be', () => {
    assert.deepEqual(labelsOf(project('rules:\n  image-public: $0\n')), [
      'error',
      'warning',
      'info',
      'hint',
      'off',
    ]);
    assert.deepEqual(listed(project('registry: { rules: [{ path: $0 }] }\n')), [
      'keep: default',
      'last: ',
      'flat: ',
    ]);
    assert.equal(
      takenFrom(project('registry:\n  rules:\n    - source: $0\n'), '*'),
      'registry:\n  rules:\n    - source: "*"\n',
    );
    assert.ok(labelsOf(project('suppressions:\n  - code: $0\n')).includes('image-retired'));
    assert.ok(labelsOf(project('rules:\n  im$0\n')).includes('image-retired'));
  });

  it('offers the registries that the stacks pull from as sources', () =>
    assert.deepEqual(
      listed(project('registry:\n  rules: [{ source: $0 }]\nstacks: [{ name: a, values: [a.yaml] }]\n')),
      [
        'docker.io: repositories in use: 27',
        'ghcr.io: repositories in use: 19',
        'quay.io: repositories in use: 11',
        'gcr.io: repositories in use: 2',
        'ghcr.io/deploykf: example',
        '*: example',
      ],
    ));

  it('is silent in what it leaves open', () =>
    assert.deepEqual(labelsOf(project('generators:\n  $0\n')), []));
});

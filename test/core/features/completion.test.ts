import assert from 'node:assert/strict';
import { dedent } from '../../support/fixture.ts';
import { ask, labels, listed, taken } from '../../support/completing.ts';

/** The block with some lines in it, indented by eight. */
function block(lines: string): string {
  const own = dedent(lines)
    .split('\n')
    .map(line => (line === '' ? '' : `        ${line}`))
    .join('\n');
  return `deploykf_dependencies:\n  kyverno:\n    clusterPolicies:\n      imagePullSecrets:\n${own}`;
}

const every = [
  'argocd',
  ...['kube-system', 'kube-public', 'kube-node-lease', 'cert-manager', 'istio-system'],
  ...['deploykf-auth', 'deploykf-dashboard', 'deploykf-istio-gateway', 'kubeflow'],
  ...['deploykf-minio', 'deploykf-mysql', 'kubeflow-argo-workflows', 'team-1', 'team-1-prod'],
  ...['team-*', 'kube-*', 'deploykf-*', 'kubeflow*', 'kyverno'],
];

describe('completion of the pull-secret block', () => {
  it('offers the keys that are missing, with their defaults', () =>
    assert.deepEqual(listed(ask(block('enabled: true\n$0\n'))), [
      'excludeNamespaces: list',
      'registryCredentials: list, empty by default',
    ]));

  it('writes a key for a list without a blank behind its colon, any other with one', () => {
    assert.equal(taken(block('en$0\n'), 'enabled'), block('enabled: \n'));
    assert.equal(taken(block('$0\n'), 'excludeNamespaces', { inLine: true }), block('excludeNamespaces:\n'));
  });

  it('keeps the colon that is there', () =>
    assert.equal(taken(block('enab$0: true\n'), 'enabled'), block('enabled: true\n')));

  it('offers what an entry lacks', () => {
    assert.deepEqual(listed(ask(block('registryCredentials:\n  - $0\n'))), [
      'existingSecret, existingSecretNamespace: new entry',
      'existingSecret: name of the Secret',
      'existingSecretNamespace: namespace of the Secret',
    ]);
    assert.deepEqual(labels(block('registryCredentials:\n  - existingSecret: a\n    ex$0\n')), [
      'existingSecretNamespace',
    ]);
    assert.deepEqual(labels(block('registryCredentials:\n  - $0\n    existingSecret: a\n')), [
      'existingSecretNamespace',
    ]);
    assert.deepEqual(labels(block('registryCredentials: [{ existingSecret: a, $0 }]\n')), [
      'existingSecretNamespace',
    ]);
  });

  it('begins an entry with its dash', () => {
    assert.equal(
      taken(block('registryCredentials:\n  - existingSecret: a\n  ex$0\n'), 'existingSecret'),
      block('registryCredentials:\n  - existingSecret: a\n  - existingSecret: \n'),
    );
    assert.equal(
      taken(block('excludeNamespaces:\n  $0\n'), 'argocd'),
      block('excludeNamespaces:\n  - argocd\n'),
    );
  });

  it('offers every namespace and useful patterns, with who lives there', () =>
    assert.deepEqual(
      listed(
        ask(block('excludeNamespaces:\n  - $0\n'), {
          below: 'kubeflow_tools: { katib: { enabled: true }, notebooks: { enabled: true } }',
        }),
      ),
      [
        'argocd: Argo CD',
        'kube-system: Kubernetes, ignored by Kyverno anyway',
        'kube-public: Kubernetes, ignored by Kyverno anyway',
        'kube-node-lease: Kubernetes, ignored by Kyverno anyway',
        'cert-manager: cert-manager',
        'istio-system: Istio',
        'deploykf-auth: deployKF Auth, Istio',
        'deploykf-dashboard: deployKF Dashboard, Istio',
        'deploykf-istio-gateway: Istio',
        'kubeflow: Katib, Notebooks, Istio',
        'deploykf-minio: not deployed',
        'deploykf-mysql: not deployed',
        'kubeflow-argo-workflows: not deployed',
        'team-1: profile',
        'team-1-prod: profile',
        'team-*: matches team-1, team-1-prod',
        'kube-*: matches kube-system, kube-public, kube-node-lease',
        'deploykf-*: matches deploykf-auth, deploykf-dashboard, deploykf-istio-gateway and 2 more',
        'kubeflow*: matches kubeflow, kubeflow-argo-workflows',
        "kyverno: Kyverno's own, always excluded",
      ],
    ));

  it('leaves out what the list has, and sorts last what it covers', () =>
    assert.deepEqual(listed(ask(block('excludeNamespaces:\n  - argocd\n  - "kube*"\n  - $0\n'))), [
      'cert-manager: cert-manager',
      'istio-system: Istio',
      'deploykf-auth: deployKF Auth, Istio',
      'deploykf-dashboard: deployKF Dashboard, Istio',
      'deploykf-istio-gateway: Istio',
      'deploykf-minio: not deployed',
      'deploykf-mysql: not deployed',
      'team-1: profile',
      'team-1-prod: profile',
      'team-*: matches team-1, team-1-prod',
      'deploykf-*: matches deploykf-auth, deploykf-dashboard, deploykf-istio-gateway and 2 more',
      'kube-system: covered by kube*',
      'kube-public: covered by kube*',
      'kube-node-lease: covered by kube*',
      "kyverno: Kyverno's own, always excluded",
      'kubeflow: covered by kube*',
      'kubeflow-argo-workflows: covered by kube*',
    ]));

  it('works in lists in brackets, quotes and half-typed texts', () => {
    assert.deepEqual(labels(block('excludeNamespaces: [$0]\n')), every);
    assert.deepEqual(labels(block('excludeNamespaces: [argocd, ku$0\n')), every.slice(1));
    assert.equal(
      taken(block('excludeNamespaces: ["argocd", "ku$0"]\n'), 'kubeflow'),
      block('excludeNamespaces: ["argocd", "kubeflow"]\n'),
    );
    assert.equal(
      taken(block("excludeNamespaces:\n  - 'ku$0\n"), 'kube-*'),
      block("excludeNamespaces:\n  - 'kube-*'\n"),
    );
    assert.equal(
      taken(block('excludeNamespaces:\n  -$0\n'), 'team-*'),
      block('excludeNamespaces:\n  - "team-*"\n'),
    );
    assert.equal(
      taken(block('excludeNamespaces: [\n  argocd,\n  $0\n]\n'), 'kubeflow'),
      block('excludeNamespaces: [\n  argocd,\n  kubeflow\n]\n'),
    );
  });

  it('offers the profile prefix', () =>
    assert.ok(
      labels(
        `deploykf_core: { deploykf_profiles_generator: { profileDefaults: { profileNamePrefix: p- } } }\n${block('excludeNamespaces:\n  - $0\n')}`,
      ).includes('p-*'),
    ));

  it("offers the Secret's namespace, Kyverno's own and Argo CD's first", () =>
    assert.deepEqual(
      listed(ask(block('registryCredentials:\n  - existingSecretNamespace: $0\n'))).slice(0, 3),
      [
        "kyverno: Kyverno's own, used when none is set",
        'argocd: Argo CD',
        'kube-system: Kubernetes, ignored by Kyverno anyway',
      ],
    ));

  it('offers true and false', () => {
    assert.deepEqual(listed(ask(block('enabled: $0\n'))), ['true: ', 'false: default']);
    assert.equal(taken(block('enabled:$0\n'), 'true'), block('enabled: true\n'));
    assert.equal(taken(block('enabled: fal$0se # why\n'), 'true'), block('enabled: true # why\n'));
  });

  it('keeps CRLF', () =>
    assert.equal(
      taken(block('excludeNamespaces:\n  - $0\nenabled: true\n').replaceAll('\n', '\r\n'), 'argocd'),
      block('excludeNamespaces:\n  - argocd\nenabled: true\n').replaceAll('\n', '\r\n'),
    ));

  it('works where the text does not parse', () =>
    assert.deepEqual(
      labels(block('registryCredentials: [ {\nexcludeNamespaces:\n  - argocd\n  - $0\nenabled: "\n')),
      every.slice(1),
    ));
});

const application = (string: string): string =>
  [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: dkf }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - name: source_version',
    '          string: "0.1.5"',
    '        - name: values',
    `          string: ${string}`,
    '',
  ].join('\n');

describe('completion in the values of an Application', () => {
  const hosted = (lines: string): string =>
    `|\n${block(lines)
      .split('\n')
      .map(line => (line === '' ? '' : `            ${line}`))
      .join('\n')}`;

  it('writes into the outer file', () =>
    assert.equal(
      taken(application(hosted('excludeNamespaces:\n  - ar$0\nenabled: true')), 'argocd'),
      application(hosted('excludeNamespaces:\n  - argocd\nenabled: true')),
    ));

  it('goes on behind its last line', () => {
    const text = application(`${hosted('enabled: true')}\n\n                    $0`);
    assert.deepEqual(labels(text), ['excludeNamespaces', 'registryCredentials']);
    assert.equal(
      taken(text, 'excludeNamespaces'),
      text.replace('$0', 'excludeNamespaces:\n                      - '),
    );
  });

  it('goes on at the end of a text without a line end', () =>
    assert.deepEqual(labels(application(`${hosted('enabled: true')}\n                    $0`).trimEnd()), [
      'excludeNamespaces',
      'registryCredentials',
    ]));

  it('is silent left of it', () =>
    assert.deepEqual(labels(application(`${hosted('enabled: true')}\n          $0`)), []));

  it('is silent on an empty line within it, where the outer file is not about values', () =>
    assert.deepEqual(
      labels(application(hosted('enabled: true\n\nexcludeNamespaces: []')).replace('\n\n', '\n$0\n')),
      [],
    ));

  it('escapes what a string in quotes needs', () =>
    assert.equal(
      taken(application('"kubeflow_tools: {katib: {enabled: $0}}"'), 'true'),
      application('"kubeflow_tools: {katib: {enabled: true}}"'),
    ));
});

describe('completion of value paths', () => {
  it('offers the keys that the release has and the map has not', () =>
    assert.deepEqual(listed(ask('kubeflow_tools:\n  katib:\n    enabled: true\n    $0\n')), [
      'extraManifests: list, empty by default',
      'images: map',
      'mysql: map',
      'mysqlDatabase: string, default katib',
    ]));

  it('says what a value is now', () =>
    assert.equal(
      ask('kubeflow_tools: {}\ndeploykf_core:\n  deploykf_auth:\n    enabled: true\n    $0\n', {
        below: 'deploykf_core: { deploykf_auth: { namespace: auth } }',
      }).items.find(({ label }) => label === 'namespace')?.more,
      'Now `auth`, from 0.yaml',
    ));

  it('offers pull policies and truth values', () => {
    assert.deepEqual(labels('deploykf_core: { deploykf_auth: { images: { dex: { pullPolicy: $0 } } } }\n'), [
      'Always',
      'IfNotPresent',
      'Never',
    ]);
    assert.deepEqual(labels('kubeflow_tools:\n  katib:\n    enabled: t$0\n'), ['true', 'false']);
  });

  const silent: readonly (readonly [title: string, text: string])[] = [
    ['in other files', 'apiVersion: v1\nkind: Pod\nspec:\n  $0\n'],
    ['in comments', 'kubeflow_tools:\n  katib: # $0\n    enabled: true\n'],
    ['in block scalars', 'kubeflow_tools:\n  katib:\n    valuesOverrides: |\n      $0\n'],
    ['below a value', 'kubeflow_tools:\n  katib:\n    enabled: true\n      $0\n'],
    ['below an alias', 'x: &x {}\nkubeflow_tools:\n  katib: *x\n    $0\n'],
    ['at another column than its neighbours', 'kubeflow_tools:\n  katib:\n      enabled: true\n    $0\n'],
    ['between a key and what is below it', 'kubeflow_tools:\n  katib:\n  $0\n    enabled: true\n'],
    ['in what the release leaves open', 'kubeflow_tools:\n  katib:\n    valuesOverrides:\n      $0\n'],
    ['behind a closed quote', block('excludeNamespaces:\n  - "argocd"$0\n')],
    ['in templates', 'kubeflow_tools:\n  katib:\n    enabled: {{ $0 }}\n'],
    ['in free texts', 'kubeflow_tools:\n  katib:\n    mysql:\n      host: $0\n'],
    ['in several words', 'kubeflow_tools:\n  some words$0\n'],
    ['in lists of other things', 'kubeflow_tools:\n  katib:\n    extraManifests:\n      - $0\n'],
  ];
  for (const [title, text] of silent) it(`is silent ${title}`, () => assert.deepEqual(labels(text), []));

  it('is silent on keys while someone only types a blank', () => {
    assert.deepEqual(labels(block('$0\n'), { isTyping: true }), []);
    assert.deepEqual(labels(block('excludeNamespaces:\n  $0\n'), { isTyping: true }), []);
    assert.deepEqual(labels(block('enabled: $0\n'), { isTyping: true }), ['true', 'false']);
    assert.deepEqual(labels(block('excludeNamespaces:\n  - $0\n'), { isTyping: true }), every);
  });
});

describe('completion of components and switches', () => {
  const more = (fixture: string, label: string): string | undefined =>
    ask(fixture)
      .items.find(item => item.label === label)
      ?.more?.replace(/ {2}\n/g, '\n');

  it('says how many images there are, also where the section is empty so far', () => {
    assert.equal(
      more('kubeflow_tools:\n  $0\n', 'katib'),
      'Katib: 3 images, and 11 that no value can change',
    );
    assert.equal(
      more('kubeflow_tools:\n  katib:\n    $0\n', 'enabled'),
      'Deploys Katib: 3 images, and 11 that no value can change',
    );
    assert.equal(
      more('deploykf_core:\n  deploykf_auth:\n    $0\n', 'enabled'),
      'Deploys deployKF Auth: 3 images; generation fails without it',
    );
    assert.match(more(block('$0\n'), 'enabled') ?? '', /No policy/);
  });

  it('says nothing of other keys', () =>
    assert.equal(more('kubeflow_tools:\n  katib:\n    $0\n', 'namespace'), undefined));
});

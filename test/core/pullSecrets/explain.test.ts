import assert from 'node:assert/strict';
import { explainPullSecrets } from '../../../server/src/core/pullSecrets/explain.ts';
import { toBool } from '../../../server/src/core/go/toBool.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { viewOf } from '../../support/views.ts';

const credentials = 'registryCredentials: [{existingSecret: reg}]';

function explain(block: string, options: { readonly release?: string; readonly kyverno?: string } = {}) {
  const text = `deploykf_dependencies: {kyverno: {${options.kyverno ?? ''} clusterPolicies: {imagePullSecrets: ${block}}}}\n`;
  return explainPullSecrets(viewOf([text], { release: options.release ?? '0.1.5' }));
}

function outcome(
  block: string,
  options: { readonly release?: string; readonly kyverno?: string } = {},
): string {
  const { rendered, fails, reason } = explain(block, options);
  return rendered ? 'rendered' : `${fails ? 'fails' : 'off'}: ${reason ?? ''}`;
}

/** Block, what becomes of it; the line of the policy's template that decides stands before each group. */
const table: readonly (readonly [block: string, outcome: string])[] = [
  // Line 1: both must be true to Go.
  [`{enabled: true, ${credentials}}`, 'rendered'],
  [`{enabled: "t", ${credentials}}`, 'rendered'],
  [`{enabled: 1, ${credentials}}`, 'rendered'],
  [`{enabled: 1.0, ${credentials}}`, 'rendered'],
  [`{enabled: "YES", ${credentials}}`, 'rendered'],
  [credentials.replace(/.*/, text => `{${text}}`), 'off: "enabled" is false'],
  [`{enabled: false, ${credentials}}`, 'off: "enabled" is false'],
  [`{enabled: ~, ${credentials}}`, 'off: "enabled" is null, which counts as false'],
  [`{enabled: on, ${credentials}}`, 'off: "enabled" is the string "on", which counts as false'],
  [`{enabled: "TRUE", ${credentials}}`, 'rendered'],
  [`{enabled: "1.0", ${credentials}}`, 'rendered'],
  [`{enabled: "", ${credentials}}`, 'off: "enabled" is the string "", which counts as false'],
  [`{enabled: "true ", ${credentials}}`, 'off: "enabled" is the string "true ", which counts as false'],
  [`{enabled: enabled, ${credentials}}`, 'off: "enabled" is the string "enabled", which counts as false'],
  [`{enabled: {a: 1}, ${credentials}}`, 'off: "enabled" is a map, which counts as false'],
  [`{enabled: 2, ${credentials}}`, 'off: "enabled" is the number 2, which counts as false'],
  [`{enabled: [true], ${credentials}}`, 'off: "enabled" is a list, which counts as false'],
  [`{enabled: "\${ON}", ${credentials}}`, 'off: "enabled" is the string "${ON}", which counts as false'],
  ['{enabled: true}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  ['{enabled: true, registryCredentials: []}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  ['{enabled: true, registryCredentials: {}}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  ['{enabled: true, registryCredentials: ""}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  ['{enabled: true, registryCredentials: 0}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  [
    '{enabled: true, registryCredentials: false}',
    'off: "registryCredentials" is empty, so nothing is rendered',
  ],
  ['{enabled: true, registryCredentials: ~}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  // Line 2: append takes lists only, and is not reached when line 1 says no.
  [`{enabled: true, ${credentials}, excludeNamespaces: []}`, 'rendered'],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: ~}`,
    'fails: "excludeNamespaces" must be a list, not null: Helm stops with an error',
  ],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: {a: 1}}`,
    'fails: "excludeNamespaces" must be a list, not a map: Helm stops with an error',
  ],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: argocd}`,
    'fails: "excludeNamespaces" must be a list, not the string "argocd": Helm stops with an error',
  ],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: ""}`,
    'fails: "excludeNamespaces" must be a list, not the string "": Helm stops with an error',
  ],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: 5}`,
    'fails: "excludeNamespaces" must be a list, not the number 5: Helm stops with an error',
  ],
  [
    `{enabled: true, ${credentials}, excludeNamespaces: false}`,
    'fails: "excludeNamespaces" must be a list, not false: Helm stops with an error',
  ],
  [`{enabled: false, ${credentials}, excludeNamespaces: ~}`, 'off: "enabled" is false'],
  ['{enabled: true, excludeNamespaces: ~}', 'off: "registryCredentials" is empty, so nothing is rendered'],
  // Line 19: every entry must be a map.
  [
    '{enabled: true, registryCredentials: reg}',
    'fails: "registryCredentials" must be a list, not the string "reg": Helm stops with an error',
  ],
  [
    '{enabled: true, registryCredentials: {existingSecret: reg}}',
    'fails: "registryCredentials" must be a list, not a map: Helm stops with an error',
  ],
  [
    '{enabled: true, registryCredentials: [{existingSecret: reg}, reg2]}',
    'fails: "registryCredentials" at 0.yaml:1 must be a map, not the string "reg2": Helm stops with an error',
  ],
  [
    '{enabled: true, registryCredentials: [~]}',
    'fails: "registryCredentials" at 0.yaml:1 must be a map, not null: Helm stops with an error',
  ],
  [
    '{enabled: true, registryCredentials: [[{existingSecret: reg}]]}',
    'fails: "registryCredentials" at 0.yaml:1 must be a map, not a list: Helm stops with an error',
  ],
  [
    '{enabled: true, registryCredentials: 1}',
    'fails: "registryCredentials" must be a list, not the number 1: Helm stops with an error',
  ],
  ['{enabled: true, registryCredentials: [{}]}', 'rendered'],
  // The generator reads the block before: a section that is no map stops it.
  [
    '~',
    'fails: "deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets" must be a map, not null: deployKF stops with an error',
  ],
  [
    'on',
    'fails: "deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets" must be a map, not the string "on": deployKF stops with an error',
  ],
];

describe('explainPullSecrets', () => {
  for (const [block, expected] of table) {
    it(block, () => {
      assert.equal(outcome(block), expected);
    });
  }

  it('knows releases without the policy', () => {
    const block = `{enabled: true, ${credentials}}`;
    assert.equal(
      outcome(block, { release: '0.1.2' }),
      'off: deployKF 0.1.2 has no pull-secret policy, it was added in 0.1.3',
    );
    assert.equal(outcome(block, { release: '0.1.3' }), 'rendered');
  });

  it('takes a disabled Kyverno before everything else', () => {
    assert.equal(
      outcome('~', { kyverno: 'enabled: false,' }),
      'off: "deploykf_dependencies.kyverno.enabled" is false, so Kyverno and its policies are not generated',
    );
    assert.equal(outcome(`{enabled: true, ${credentials}}`, { kyverno: 'enabled: "no",' }), 'rendered');
  });

  it('excludes the namespace that Kyverno is given, once', () => {
    const block = `{enabled: true, ${credentials}, excludeNamespaces: [b, kyv, b]}`;
    const { excluded, clones, namespaces } = explain(block, { kyverno: 'namespace: kyv,' });
    assert.deepEqual(excluded, ['b', 'kyv']);
    assert.deepEqual(clones, [{ index: 0, existingSecret: 'reg', existingSecretNamespace: 'kyv' }]);
    assert.deepEqual(
      namespaces
        .filter(({ name }) => name === 'kyv' || name === 'kyverno')
        .map(({ name, verdict }) => [name, verdict]),
      [['kyv', 'own']],
    );
  });

  it('knows what the cluster refuses of what Helm renders', () => {
    const refused = (text: string): string | undefined => explain(text).refused;
    assert.equal(refused(`{enabled: true, ${credentials}}`), undefined);
    assert.equal(
      refused('{enabled: true, registryCredentials: [{existingSecret: a}, {}]}'),
      '"registryCredentials" at 0.yaml:1 does not name a Secret',
    );
    assert.equal(
      refused('{enabled: true, registryCredentials: [{existingSecret: ""}]}'),
      '"registryCredentials" at 0.yaml:1 does not name a Secret',
    );
    assert.equal(
      refused(`{enabled: true, ${credentials}, excludeNamespaces: [argocd, 7]}`),
      '"excludeNamespaces" at 0.yaml:1 must be a string, not the number 7',
    );
    assert.equal(
      refused(`{enabled: true, ${credentials}, excludeNamespaces: [~]}`),
      '"excludeNamespaces" at 0.yaml:1 must be a string, not null',
    );
    assert.equal(refused('{enabled: false, registryCredentials: [{}]}'), undefined);
  });

  it('writes names that are not strings as Helm quotes them, and takes empty namespaces for none', () => {
    const text =
      '{enabled: true, registryCredentials: [{existingSecret: 5, existingSecretNamespace: 7}, {existingSecret: false, existingSecretNamespace: 0}, {existingSecret: a, existingSecretNamespace: ""}, {existingSecret: b, existingSecretNamespace: ~}]}';
    assert.deepEqual(
      explain(text).clones.map(clone => `${clone.existingSecretNamespace}/${clone.existingSecret ?? ''}`),
      ['7/5', 'kyverno/false', 'kyverno/a', 'kyverno/b'],
    );
  });

  it('renders the same in every release that has the policy', () => {
    const text = `{enabled: true, ${credentials}, excludeNamespaces: ["team-?"]}`;
    const [oldest, ...others] = ['0.1.3', '0.1.4', '0.1.5'].map(release => {
      const { excluded, clones, namespaces } = explain(text, { release });
      return { excluded, clones, names: namespaces.map(({ name, verdict }) => `${name} ${verdict}`) };
    });
    for (const other of others) assert.deepEqual(other, oldest);
  });

  it("keeps the place of Kyverno's namespace in the list", () => {
    assert.deepEqual(explain(`{enabled: true, ${credentials}, excludeNamespaces: [kyverno, b]}`).excluded, [
      'kyverno',
      'b',
    ]);
  });

  it('gives each namespace its reason', () => {
    const { namespaces } = explain(
      `{enabled: true, ${credentials}, excludeNamespaces: ["team-?", "istio-*"]}`,
    );
    assert.deepEqual(
      namespaces.filter(({ exists }) => exists).map(({ name, by }) => `${name}: ${by ?? 'receives'}`),
      [
        'argocd: receives',
        'kube-system: ignored by Kyverno itself',
        'kube-public: ignored by Kyverno itself',
        'kube-node-lease: ignored by Kyverno itself',
        'cert-manager: receives',
        'istio-system: istio-*',
        "kyverno: Kyverno's own namespace, always excluded",
        'deploykf-auth: receives',
        'deploykf-dashboard: receives',
        'deploykf-istio-gateway: receives',
        'kubeflow: receives',
        'team-1: team-?',
        'team-1-prod: receives',
      ],
    );
  });

  it('marks what another tool fills in', () => {
    assert.deepEqual(
      [
        '{registryCredentials: [{existingSecret: "{{ .reg }}"}]}',
        '{excludeNamespaces: ["${NS}"]}',
        '{enabled: true}',
      ].map(block => explain(block).templated),
      [true, true, false],
    );
  });
});

describe('toBool', () => {
  const table: readonly (readonly [Value, boolean])[] = [
    ...(
      [
        true,
        1,
        '1',
        't',
        'T',
        'true',
        'True',
        'TRUE',
        'yes',
        'Yes',
        '1.0',
        '01',
        '0x1',
        '+1',
        '1e0',
        '1,',
      ] as const
    ).map(value => [value, true] as const),
    ...(
      [
        false,
        null,
        0,
        2,
        -1,
        1.5,
        '',
        '0',
        '2',
        'on',
        'y',
        'enabled',
        'no',
        'f',
        ' 1',
        'true ',
        '~',
        'oui',
      ] as const
    ).map(value => [value, false] as const),
    [[true], false],
    [{ a: true }, false],
    [{}, false],
  ];
  for (const [value, expected] of table) {
    it(`${JSON.stringify(value)} is ${String(expected)}`, () => {
      assert.equal(toBool(value), expected);
    });
  }
});

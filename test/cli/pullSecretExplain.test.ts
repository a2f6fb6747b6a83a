import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { PullSecretsJson } from '../../server/src/core/report/pullSecretsJson.ts';
import { CliWorkspace, inWorkspace } from '../support/cli.ts';
import { pullSecretsShape, shapeProblem } from '../support/shape.ts';
import { sharedFile } from '../support/shared.ts';

const values = [
  'deploykf_dependencies:',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        excludeNamespaces: [argocd, kube-system, "team-?"]',
  '        registryCredentials:',
  '          - existingSecret: my-docker-config',
  '            existingSecretNamespace: argocd',
  '          - existingSecret: other',
  '',
].join('\n');

async function explain(workspace: CliWorkspace, argv: readonly string[]): Promise<PullSecretsJson> {
  const json = await workspace.json(['pull-secret', '--explain', ...argv]);
  assert.equal(shapeProblem(json, pullSecretsShape), undefined);
  return json as PullSecretsJson;
}

const unreached = [
  ...values.split('\n').slice(0, -2),
  '    images:',
  '      kyverno: { repository: registry.example.com/kyverno }',
  '  istio:',
  '    images:',
  '      istioPilot: { repository: registry.example.com/pilot }',
  '',
].join('\n');

describe('pull-secret --explain', () => {
  it(
    'shows the values that pass the Secrets to charts that the policy does not reach',
    inWorkspace({ 'prod.yaml': unreached }, async workspace => {
      const { stdout } = await workspace.run(['pull-secret', 'explain', 'prod.yaml']);
      const snippet = [
        'deploykf_dependencies:',
        '  istio:',
        '    valuesOverrides:',
        '      global:',
        '        imagePullSecrets:',
        '          - my-docker-config',
        '  kyverno:',
        '    valuesOverrides:',
        '      kyverno:',
        '        admissionController:',
        '          container:',
        '            imagePullSecrets:',
        '              - name: my-docker-config',
      ];
      assert.ok(stdout.endsWith(`${snippet.map(line => `  ${line}`).join('\n')}\n`), stdout);
      const { chartValues } = await explain(workspace, ['prod.yaml']);
      assert.deepEqual(parse(snippet.join('\n')), chartValues);
      const image = 'deploykf_dependencies.kyverno.images.kyverno';
      const one = await workspace.run(['explain', image, 'prod.yaml']);
      assert.ok(one.stdout.includes('                - name: my-docker-config\n'), one.stdout);
      assert.ok(!one.stdout.includes('istio'), one.stdout);
      // With these values, nothing is left to be said.
      workspace.write('more.yaml', `${snippet.join('\n')}\n`);
      const both = await workspace.run(['check', '--values', 'prod.yaml', 'more.yaml']);
      assert.ok(!both.stdout.includes('pull-secrets-unreached'), both.stdout);
    }),
  );

  it(
    'says what receives the Secrets, and why others do not',
    inWorkspace({ 'prod.yaml': values }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['pull-secret', '--explain', 'prod.yaml']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.equal(
        stdout,
        [
          'deployKF 0.1.5, prod.yaml: 2 Secrets copied into 7 of 13 namespaces',
          '',
          'Secrets',
          '  cloned--image-pull-secret-0  my-docker-config of argocd',
          '  cloned--image-pull-secret-1  other of kyverno',
          '',
          'Excluded patterns',
          '  argocd, kube-system, team-?, kyverno',
          '',
          'Namespaces',
          '  argocd                  nothing   excluded by argocd',
          '  kube-system             nothing   excluded by kube-system',
          '  kube-public             nothing   ignored by Kyverno itself',
          '  kube-node-lease         nothing   ignored by Kyverno itself',
          '  cert-manager            receives  but not Pods that start before Kyverno    cert-manager',
          '  istio-system            receives  but not Pods that start before Kyverno    Istio',
          "  kyverno                 nothing   Kyverno's own namespace, always excluded  Kyverno",
          '  deploykf-auth           receives                                            Istio, deployKF Auth',
          '  deploykf-dashboard      receives                                            Istio, deployKF Dashboard',
          '  deploykf-istio-gateway  receives                                            Istio',
          '  kubeflow                receives                                            Istio',
          '  team-1                  nothing   excluded by team-?                        Istio, profile',
          '  team-1-prod             receives                                            Istio, profile',
          '',
          'Not deployed by this stack: deploykf-minio, deploykf-mysql, kubeflow-argo-workflows',
          '',
        ].join('\n'),
      );
    }),
  );

  it(
    'says why nothing is rendered, or why generating fails',
    inWorkspace(
      { 'off.yaml': 'kubeflow_tools: {}\n', 'bad.yaml': values.replace(/\[.*\]/, '~') },
      async workspace => {
        const off = await workspace.run(['pull-secret', '--explain', 'off.yaml']);
        assert.equal(
          off.stdout,
          'deployKF 0.1.5, off.yaml: no pull-secret policy is rendered\n\nNo namespace receives a pull secret: "enabled" is false\nThe policy is configured by deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets\n',
        );
        const bad = await workspace.run(['pull-secret', '--explain', 'bad.yaml']);
        assert.equal(bad.code, 0);
        assert.match(bad.stdout, /: generation fails\n\n.*"excludeNamespaces" must be a list, not null/);
        const json = await explain(workspace, ['bad.yaml']);
        assert.deepEqual(
          [json.rendered, json.fails, json.reason, json.excluded, json.clones],
          [false, true, '"excludeNamespaces" must be a list, not null: Helm stops with an error', [], []],
        );
      },
    ),
  );

  it(
    'says that the cluster refuses what is rendered',
    inWorkspace({ 'five.yaml': values.replace('"team-?"', '5') }, async workspace => {
      const { stdout } = await workspace.run(['pull-secret', '--explain', 'five.yaml']);
      const refusal = '"excludeNamespaces" at five.yaml:6 must be a string, not the number 5';
      assert.equal(
        stdout,
        `deployKF 0.1.5, five.yaml: the cluster refuses the pull-secret policy\n\nNo namespace receives a pull secret: ${refusal}\n`,
      );
      const json = await explain(workspace, ['five.yaml']);
      assert.deepEqual([json.rendered, json.fails, json.refused], [true, false, refusal]);
    }),
  );

  it(
    'takes layers, a stack, standard input and a release, and one stack at a time',
    inWorkspace(
      {
        'base.yaml': values,
        'over.yaml': values.replace('true', 'false'),
        '.deploykf-values.yaml':
          'stacks:\n  - {name: a, values: [base.yaml]}\n  - {name: b, values: [over.yaml]}\n',
      },
      async workspace => {
        assert.equal((await explain(workspace, ['--values', 'base.yaml', 'over.yaml'])).rendered, false);
        assert.equal((await explain(workspace, ['--stack', 'a'])).rendered, true);
        const old = await explain(workspace, ['base.yaml', '--release', '0.1.2']);
        assert.match(old.reason ?? '', /^deployKF 0\.1\.2 has no pull-secret policy/);
        const piped = await workspace.run(['pull-secret', '--explain', '-'], { stdin: values });
        assert.match(piped.stdout, /^deployKF 0\.1\.5, -: 2 Secrets/);
        const { code, stderr } = await workspace.run(['pull-secret', '--explain']);
        assert.equal(code, 2);
        assert.match(stderr, /2 stacks were found here \(a, b\): choose one with --stack NAME/);
      },
    ),
  );
});

interface OracleCase {
  readonly id: string;
  readonly release: string;
  readonly why: string;
  readonly layers: readonly string[];
  readonly oracle: {
    readonly policy?: {
      readonly rendered: boolean;
      readonly helmFails?: boolean;
      readonly excludedNamespaces?: readonly string[];
      readonly clones?: readonly {
        readonly index: number;
        readonly namespace: string;
        readonly name: string | null;
      }[];
      readonly matched?: readonly string[];
    };
  };
}

/** The namespaces that `matched` is about. */
const usual = [
  ...[
    'argocd',
    'kube-system',
    'kyverno',
    'cert-manager',
    'istio-system',
    'deploykf-auth',
    'deploykf-dashboard',
  ],
  ...['deploykf-istio-gateway', 'deploykf-minio', 'deploykf-mysql', 'kubeflow', 'kubeflow-argo-workflows'],
  ...['team-1', 'team-1-prod'],
];

describe('pull-secret --explain beside the real generator', () => {
  const cases = JSON.parse(sharedFile('vectors/oracle.json') ?? '[]') as readonly OracleCase[];
  for (const { id, release, why, layers, oracle } of cases) {
    const { policy } = oracle;
    if (policy === undefined) continue;
    it(`${id}: ${why}`, async () => {
      const names = layers.map((_, index) => `${index}.yaml`);
      const workspace = new CliWorkspace(
        Object.fromEntries(layers.map((text, index) => [`${index}.yaml`, text])),
      );
      try {
        const json = await explain(workspace, ['--values', ...names, '--release', release]);
        assert.deepEqual([json.rendered, json.fails], [policy.rendered, policy.helmFails ?? false]);
        assert.deepEqual(json.excluded, policy.excludedNamespaces ?? []);
        assert.deepEqual(
          json.clones,
          (policy.clones ?? []).map(({ index, name, namespace }) => ({
            index,
            existingSecret: name,
            existingSecretNamespace: namespace,
          })),
        );
        const named = json.namespaces.filter(({ name }) => usual.includes(name) && name !== 'kube-system');
        assert.deepEqual(
          named.map(({ name, receives }) => [name, receives]),
          named.map(({ name }) => [name, policy.rendered && policy.matched?.includes(name) === false]),
        );
      } finally {
        workspace.remove();
      }
    });
  }
});

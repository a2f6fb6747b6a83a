import assert from 'node:assert/strict';
import { inWorkspace } from '../support/cli.ts';
import { lookupShape, shapeProblem } from '../support/shape.ts';

const project = [
  'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }',
  'stacks:',
  '  - { name: prod, release: 0.1.5, values: [prod.yaml] }',
  '  - { name: dev, release: 0.1.4, values: [dev.yaml] }',
].join('\n');
const prod = [
  'deploykf_dependencies:',
  '  istio:',
  '    images:',
  '      istioProxy:',
  '        repository: r.example.com/docker.io/istio/proxyv2',
  '  kyverno:',
  '    clusterPolicies:',
  '      imagePullSecrets:',
  '        enabled: true',
  '        excludeNamespaces: [kubeflow]',
  '        registryCredentials: [{ existingSecret: pull, existingSecretNamespace: argocd }]',
  '',
].join('\n');
const files = {
  '.deploykf-values.yaml': project,
  'prod.yaml': prod,
  'dev.yaml': 'kubeflow_tools: {}\n',
};
const explain = ['explain', '--image'];

describe('explain --image', () => {
  it(
    'leads from an image to its values in every stack',
    inWorkspace(files, async workspace => {
      const { code, stdout, stderr } = await workspace.run([...explain, 'istio/proxyv2:1.17.3-distroless']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(stdout.split('\n'), [
        'docker.io/istio/proxyv2:1.17.3-distroless',
        '  prod · deployKF 0.1.5',
        '    deploykf_dependencies.istio.images.istioProxy',
        '      set in  prod.yaml:5',
        '      it is   what r.example.com/docker.io/istio/proxyv2:1.17.8-distroless is a copy of, which the stack pulls',
        '      tag     differs: the stack pulls 1.17.8-distroless',
        '  dev · deployKF 0.1.4',
        '    deploykf_dependencies.istio.images.istioProxy',
        '      set in            the defaults of the release',
        '      override goes to  dev.yaml:1',
        '      tag               the one that the stack pulls now',
        '',
      ]);
    }),
  );

  it(
    'reads a Pod from standard input, and shows nothing else of it',
    inWorkspace(files, async workspace => {
      const pod = [
        'kind: Pod',
        'metadata: { name: a, namespace: kubeflow }',
        'spec:',
        '  containers:',
        '    - image: r.example.com/docker.io/istio/proxyv2:1.17.8-distroless',
        '      env: [{ name: PASSWORD, value: hunter2 }]',
      ].join('\n');
      const { code, stdout } = await workspace.run([...explain, '-', '--stack', 'prod'], { stdin: pod });
      assert.equal(code, 0);
      assert.deepEqual(stdout.split('\n'), [
        'r.example.com/docker.io/istio/proxyv2:1.17.8-distroless in kubeflow',
        '  prod · deployKF 0.1.5',
        '    copied from  docker.io/istio/proxyv2',
        '    deploykf_dependencies.istio.images.istioProxy',
        '      set in       prod.yaml:5',
        '      tag          the one that the stack pulls now',
        '      pull Secret  Pods of kubeflow get none: it is excluded from the policy by "kubeflow"',
        '',
      ]);
    }),
  );

  it(
    'prints JSON by the schema',
    inWorkspace(files, async workspace => {
      const stdin = 'Namespace: a\n  Image: bitnami/kubectl\n  Image: kubeflowkatib/suggestion-enas:v0.15.0';
      const json = await workspace.json([...explain, '-'], { stdin });
      assert.equal(shapeProblem(json, lookupShape), undefined);
    }),
  );

  it(
    'says that no stack has an image, with the nearest, and ends with 1',
    inWorkspace(files, async workspace => {
      const { code, stdout } = await workspace.run([...explain, 'a.example.com/dex:1', '--stack', 'dev']);
      assert.equal(code, 1);
      assert.deepEqual(stdout.split('\n'), [
        'a.example.com/dex:1',
        '  dev · deployKF 0.1.4',
        '    not an image of this stack; by its name, the nearest is deploykf_core.deploykf_auth.images.dex (ghcr.io/dexidp/dex:v2.37.0)',
        '',
      ]);
      const json = await workspace.json([...explain, 'a.example.com/dex:1']);
      assert.equal(shapeProblem(json, lookupShape), undefined);
    }),
  );

  it(
    'ends with 2 where there is no image, without repeating standard input',
    inWorkspace(files, async workspace => {
      const { code, stderr } = await workspace.run([...explain, 'A B']);
      assert.deepEqual([code, stderr], [2, 'deploykf-values: "A B" is not an image reference\n']);
      const piped = await workspace.run([...explain, '-'], { stdin: 'my secret' });
      assert.deepEqual(
        [piped.code, piped.stderr],
        [2, 'deploykf-values: there is no image in standard input\n'],
      );
      assert.equal((await workspace.run([...explain, '-', '-'], { stdin: 'mysql' })).code, 2);
      assert.equal((await workspace.run([...explain, 'mysql', 'gone.yaml'])).code, 2);
    }),
  );
});

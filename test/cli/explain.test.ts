import assert from 'node:assert/strict';
import { CliWorkspace, inWorkspace } from '../support/cli.ts';
import { explainShape, shapeProblem } from '../support/shape.ts';

const base =
  'deploykf_dependencies:\n  istio:\n    charts: {istioDaemon: {version: 1.18.0}}\n    images: {istioProxy: {repository: a.example.com/proxy}}\n';
const prod =
  'deploykf_dependencies:\n  istio:\n    images:\n      istioProxy:\n        repository: b.example.com/proxy\n';
const files = {
  'base.yaml': base,
  'prod.yaml': prod,
  '.deploykf-values.yaml': 'stacks: [{name: prod, values: [base.yaml, prod.yaml]}]\n',
};
const newest =
  'Taken for deployKF 0.1.5, the newest release that is known: set "release:" in .deploykf-values.yaml, or --release';
const proxy = 'deploykf_dependencies.istio.images.istioProxy';

describe('explain', () => {
  it(
    'says who set a value, and what is pulled',
    inWorkspace(files, async workspace => {
      assert.deepEqual(await workspace.run(['explain', `${proxy}.repository`]), {
        code: 0,
        stderr: '',
        stdout: [
          `${proxy}.repository · deployKF 0.1.5`,
          '  b.example.com/proxy',
          '',
          'Layers, strongest first',
          '  prod.yaml:5        b.example.com/proxy',
          '  base.yaml:4        a.example.com/proxy',
          '  defaults of 0.1.5  docker.io/istio/proxyv2',
          '',
          `Image ${proxy}`,
          '  pulled     b.example.com/proxy:1.18.0-distroless',
          '  tag        1.18.0-distroless, from deploykf_dependencies.istio.charts.istioDaemon.version (1.18.0, base.yaml:3) and deploykf_dependencies.istio.defaultImageVariant (distroless, defaults of 0.1.5)',
          '  state      not known, since there is no registry policy',
          '  used for   sidecar and init containers of every Pod in the mesh, and the ingress gateway',
          '  pulled in  deploykf-istio-gateway, deploykf-auth, deploykf-dashboard, deploykf-minio, kubeflow-argo-workflows, kubeflow, team-1, team-1-prod',
          '',
          newest,
          '',
        ].join('\n'),
      });
    }),
  );

  it(
    'prints JSON by the schema, the weakest layer first',
    inWorkspace(files, async workspace => {
      const json = (await workspace.json(['explain', `${proxy}.repository`])) as {
        readonly image: { readonly path: string };
      };
      assert.equal(shapeProblem(json, explainShape), undefined);
      assert.deepEqual(
        { ...json, image: json.image.path },
        {
          schema: 1,
          path: `${proxy}.repository`,
          release: '0.1.5',
          releaseFrom: 'newest',
          effective: 'b.example.com/proxy',
          layers: [
            { file: 'defaults of 0.1.5', value: 'docker.io/istio/proxyv2' },
            {
              file: 'base.yaml',
              range: { start: { line: 3, character: 38 }, end: { line: 3, character: 57 } },
              value: 'a.example.com/proxy',
            },
            {
              file: 'prod.yaml',
              range: { start: { line: 4, character: 20 }, end: { line: 4, character: 39 } },
              value: 'b.example.com/proxy',
            },
          ],
          image: proxy,
        },
      );
      assert.deepEqual(await workspace.json(['explain', 'kubeflow_tools.katib.enabled']), {
        schema: 1,
        path: 'kubeflow_tools.katib.enabled',
        release: '0.1.5',
        releaseFrom: 'newest',
        effective: false,
        layers: [{ file: 'defaults of 0.1.5', value: false }],
        image: null,
      });
    }),
  );

  it(
    'takes the path before or behind the files',
    inWorkspace(files, async workspace => {
      const outputs = await Promise.all(
        [
          ['explain', proxy, '--values', 'base.yaml', 'prod.yaml'],
          ['explain', '--values', 'base.yaml', 'prod.yaml', proxy],
          ['explain', '--values=base.yaml,prod.yaml', proxy],
        ].map(argv => workspace.run(argv)),
      );
      for (const output of outputs) assert.deepEqual(output, outputs[0]);
      assert.equal(outputs[0]?.code, 0);
      assert.equal((await workspace.run(['explain', proxy, 'prod.yaml'])).code, 0);
    }),
  );

  it(
    'says of which stack a file is a layer that is looked at alone, as other commands about one stack do',
    inWorkspace(files, async workspace => {
      const said =
        'deploykf-values: prod.yaml is looked at alone, but it is a layer of the stack prod: use --stack prod in its place for all layers\n';
      assert.equal((await workspace.run(['explain', proxy, 'prod.yaml'])).stderr, said);
      assert.equal((await workspace.run(['images', 'prod.yaml'])).stderr, said);
      assert.equal((await workspace.run(['explain', proxy, '--values', 'prod.yaml'])).stderr, '');
    }),
  );

  it(
    'says when a null took the value away',
    inWorkspace({ 'a.yaml': 'kubeflow_tools:\n  katib: ~\n' }, async workspace => {
      assert.equal(
        (await workspace.run(['explain', 'kubeflow_tools.katib.enabled', 'a.yaml'])).stdout,
        'kubeflow_tools.katib.enabled · deployKF 0.1.5\n  (nothing: kubeflow_tools.katib in a.yaml:2 takes the place of the defaults below it)\n' +
          `\n${newest}\n`,
      );
    }),
  );

  it('knows the nearest path', async () => {
    const workspace = new CliWorkspace();
    const said = async (path: string): Promise<string> => {
      const { code, stdout, stderr } = await workspace.run(['explain', path]);
      assert.deepEqual([code, stdout], [2, '']);
      return stderr.replace(/^deploykf-values: /, '').trim();
    };
    assert.equal(
      await said('istioProxy'),
      `deployKF 0.1.5 has no value "istioProxy" and no layer sets it, did you mean "${proxy}"?`,
    );
    assert.equal(
      await said('kubeflow_tool.katib.enabld'),
      'deployKF 0.1.5 has no value "kubeflow_tool.katib.enabld" and no layer sets it, did you mean "kubeflow_tools.katib.enabled"?',
    );
    assert.equal(await said('zzz'), 'deployKF 0.1.5 has no value "zzz" and no layer sets it');
    const { code, stderr } = await workspace.run(['explain']);
    assert.deepEqual(
      [code, stderr],
      [2, 'deploykf-values: explain needs a value path, such as deploykf_core.deploykf_auth.images.dex\n'],
    );
    workspace.remove();
  });
});

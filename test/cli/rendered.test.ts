import assert from 'node:assert/strict';
import type { RenderedJson } from '../../server/src/core/report/renderedJson.ts';
import { inWorkspace } from '../support/cli.ts';
import { renderedShape, shapeProblem } from '../support/shape.ts';

const project = 'registry:\n  rules:\n    - { source: "*", target: "r.example.com/{registry}/{path}" }\n';
const pod = (name: string, image: string): string =>
  `kind: Pod\nmetadata: { name: ${name}, namespace: n }\nspec:\n  containers:\n    - image: ${image}\n`;
const manifests = [
  pod('same', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1'),
  pod('public', 'ghcr.io/dexidp/dex:v2.39.1'),
  pod('old', 'r.example.com/ghcr.io/dexidp/dex:v2.30.0'),
  pod('foreign', 'quay.io/other/thing:1'),
].join('---\n');
const files = { '.deploykf-values.yaml': project, 'v.yaml': 'deploykf_core: {}\n' };

describe('rendered', () => {
  it(
    'lays the images of manifests beside the plan',
    inWorkspace({ ...files, 'out/m.yaml': manifests }, async workspace => {
      const { code, stdout, stderr } = await workspace.run(['rendered', 'out', '--values', 'v.yaml']);
      assert.deepEqual([code, stderr], [1, '']);
      assert.deepEqual(stdout.split('\n\n').slice(0, 4), [
        'Not in the plan\n  quay.io/other/thing:1  out/m.yaml Pod n/foreign spec.containers[0].image',
        'Another tag is in the plan\n  r.example.com/ghcr.io/dexidp/dex:v2.30.0  out/m.yaml Pod n/old spec.containers[0].image',
        'Pulled from a public registry\n  ghcr.io/dexidp/dex:v2.39.1  out/m.yaml Pod n/public spec.containers[0].image',
        'In the plan\n  r.example.com/ghcr.io/dexidp/dex:v2.39.1  out/m.yaml Pod n/same spec.containers[0].image',
      ]);
      assert.ok(
        stdout.endsWith(
          '4 images in 4 places, 1 not in the plan, 1 another tag is in the plan, 1 pulled from a public registry, 1 in the plan\n',
        ),
      );
    }),
  );

  it(
    'reads standard input, and prints each place as JSON',
    inWorkspace(files, async workspace => {
      const argv = ['rendered', '-', '--values', 'v.yaml'];
      const json = await workspace.json(argv, { stdin: manifests });
      assert.equal(shapeProblem(json, renderedShape), undefined);
      const { images } = json as RenderedJson;
      assert.deepEqual(
        images.map(({ name, plan }) => [name, plan]),
        [
          ['same', 'same'],
          ['public', 'public'],
          ['old', 'other-tag'],
          ['foreign', 'missing'],
        ],
      );
      assert.deepEqual(images[0]?.values, ['deploykf_core.deploykf_auth.images.dex']);
    }),
  );

  it(
    'says what it could not read, with its place',
    inWorkspace(
      { ...files, 'm.yaml': `${pod('a', 'r.example.com/ghcr.io/dexidp/dex:v2.39.1')}---\n{{ if image }\n` },
      async workspace => {
        const { code, stderr } = await workspace.run([
          'rendered',
          'm.yaml',
          'gone.yaml',
          '--values',
          'v.yaml',
        ]);
        assert.equal(code, 2);
        assert.match(stderr, /m\.yaml:7: this is neither YAML nor JSON/);
        assert.match(stderr, /gone\.yaml does not exist/);
      },
    ),
  );

  it(
    'asks for manifests on a terminal',
    inWorkspace(files, async workspace => {
      const { code, stderr } = await workspace.run(['rendered'], { columns: 80 });
      assert.equal(code, 2);
      assert.match(stderr, /name the manifests, or pipe them in/);
    }),
  );
});

import assert from 'node:assert/strict';
import type { ImageJson, ImagesJson } from '../../server/src/core/report/imagesJson.ts';
import { normalizeReference, printReference } from '../../server/src/core/image/reference.ts';
import { Catalogs } from '../../server/src/host/catalogs.ts';
import { CliWorkspace, inWorkspace } from '../support/cli.ts';
import { imagesShape, shapeProblem } from '../support/shape.ts';
import { sharedFile } from '../support/shared.ts';

const values = [
  'deploykf_dependencies:',
  '  istio:',
  '    images:',
  '      istioProxy:',
  '        repository: registry.example.com/istio/proxyv2',
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        tag: 2.40',
  '      kubectl: {tag: "{{ TAG }}"}',
  'kubeflow_tools:',
  '  notebooks:',
  '    enabled: true',
  '    spawnerFormDefaults:',
  '      image:',
  '        options:',
  '          - registry.example.com/jupyter:v1',
  '',
].join('\n');
const registry =
  'registry:\n  rules:\n    - {source: quay.io, target: null}\n    - {source: "*", target: registry.example.com}\n';

async function imagesOf(workspace: CliWorkspace, argv: readonly string[]): Promise<ImagesJson> {
  const json = await workspace.json(['images', ...argv]);
  assert.equal(shapeProblem(json, imagesShape), undefined);
  return json as ImagesJson;
}

function imageOf({ images }: ImagesJson, path: string): ImageJson | undefined {
  return images.find(image => image.path === path);
}

describe('images', () => {
  it(
    'takes nothing but a string for an image that the notebook spawner reads',
    inWorkspace({ 'a.yaml': values.replace('registry.example.com/jupyter:v1', '5') }, async workspace => {
      const option = 'kubeflow_tools.notebooks.spawnerFormDefaults.image.options[0]';
      const image = imageOf(await imagesOf(workspace, ['a.yaml']), option);
      assert.deepEqual([image?.repository, image?.resolvedTag, image?.reference], [null, null, null]);
    }),
  );

  it(
    'says everything about one image',
    inWorkspace({ 'a.yaml': values, '.deploykf-values.yaml': registry }, async workspace => {
      const json = await imagesOf(workspace, ['a.yaml']);
      assert.deepEqual([json.stack, json.release], ['a.yaml', '0.1.5']);
      assert.deepEqual(imageOf(json, 'deploykf_core.deploykf_auth.images.dex'), {
        path: 'deploykf_core.deploykf_auth.images.dex',
        override: null,
        form: 'map',
        component: 'deploykf_core.deploykf_auth',
        enabled: true,
        repository: 'ghcr.io/dexidp/dex',
        tag: '2.4',
        resolvedTag: '2.4',
        tagFrom: 'values',
        reference: 'ghcr.io/dexidp/dex:2.4',
        state: 'public',
        target: 'registry.example.com/dexidp/dex:2.4',
        origin: {
          repository: null,
          tag: {
            file: 'a.yaml',
            range: { start: { line: 9, character: 13 }, end: { line: 9, character: 17 } },
          },
        },
        retired: null,
        retiredUpstream: null,
      });
    }),
  );

  it(
    'tells where the tag comes from',
    inWorkspace({ 'a.yaml': values, '.deploykf-values.yaml': registry }, async workspace => {
      const json = await imagesOf(workspace, ['a.yaml']);
      const told = (path: string): unknown[] => {
        const image = imageOf(json, path);
        return [image?.resolvedTag, image?.tagFrom, image?.reference, image?.state, image?.target];
      };
      assert.deepEqual(told('deploykf_dependencies.istio.images.istioProxy'), [
        '1.17.8-distroless',
        'rule',
        'registry.example.com/istio/proxyv2:1.17.8-distroless',
        'private',
        null,
      ]);
      assert.deepEqual(told('deploykf_core.deploykf_auth.images.kubectl'), [
        null,
        'unknown',
        'docker.io/bitnami/kubectl:{{ TAG }}',
        'public',
        null,
      ]);
      assert.deepEqual(told('kubeflow_tools.notebooks.spawnerFormDefaults.image.options[0]'), [
        'v1',
        'values',
        'registry.example.com/jupyter:v1',
        'private',
        null,
      ]);
      assert.deepEqual(told('kubeflow_tools.notebooks.spawnerFormDefaults.image.value'), [
        'v1.8.0',
        'release',
        'docker.io/kubeflownotebookswg/jupyter-scipy:v1.8.0',
        'public',
        'registry.example.com/kubeflownotebookswg/jupyter-scipy:v1.8.0',
      ]);
      assert.deepEqual(told('deploykf_dependencies.cert_manager.images.certManagerCtl').slice(3), [
        'accepted',
        null,
      ]);
      assert.deepEqual(imageOf(json, 'deploykf_dependencies.kyverno.images.kubectl')?.retired, {
        since: '2025-09-29',
        replacement: 'docker.io/bitnamilegacy/kubectl',
        status: 'removed',
        message:
          'docker.io/bitnami/kubectl was removed from Docker Hub on 2025-09-29; docker.io/bitnamilegacy/kubectl has the same tag, without updates',
        url: 'https://github.com/bitnami/containers/issues/83267',
      });
    }),
  );

  it(
    'says that the upstream of a private image is gone',
    inWorkspace(
      {
        'a.yaml':
          'deploykf_core: { deploykf_auth: { images: { kubectl: { repository: registry.example.com/bitnami/kubectl, tag: 1.26.15-debian-12-r4 } } } }\n',
        '.deploykf-values.yaml':
          'release: 0.1.5\nregistry: { rules: [{ source: docker.io, target: registry.example.com }] }\n',
      },
      async workspace => {
        const json = await imagesOf(workspace, ['a.yaml']);
        const image = imageOf(json, 'deploykf_core.deploykf_auth.images.kubectl');
        assert.deepEqual([image?.state, image?.retired], ['private', null]);
        assert.equal(image?.retiredUpstream?.status, 'removed');
        assert.match(
          image.retiredUpstream.message,
          /^docker\.io\/bitnami\/kubectl was removed from Docker Hub/,
        );
      },
    ),
  );

  it(
    'says what is pulled also where it is wrong',
    inWorkspace({}, async workspace => {
      const text =
        'deploykf_core: {deploykf_auth: {images: {dex: {tag: ~}}}}\nkubeflow_tools: {notebooks: {images: {notebookController: {tag: v9}}}}\n';
      const json = (await workspace.json(['images', '-'], { stdin: text })) as ImagesJson;
      const dex = imageOf(json, 'deploykf_core.deploykf_auth.images.dex');
      assert.deepEqual(
        [dex?.tag, dex?.resolvedTag, dex?.tagFrom, dex?.reference],
        [null, 'nil', 'values', 'ghcr.io/dexidp/dex:nil'],
      );
      assert.equal(dex?.origin.tag?.file, '-');
    }),
  );

  it(
    'is a table for people',
    inWorkspace({ 'a.yaml': values, '.deploykf-values.yaml': registry }, async workspace => {
      const { code, stdout } = await workspace.run(['images', 'a.yaml']);
      const blocks = stdout.split('\n\n');
      assert.equal(code, 0);
      assert.equal(
        blocks[3],
        [
          'deployKF Auth deploykf_core.deploykf_auth',
          '  dex                                           ghcr.io/dexidp/dex:2.4                                                      public           tag from a.yaml:10',
          '  oauth2Proxy                                   quay.io/oauth2-proxy/oauth2-proxy:v7.6.0                                    accepted         tag from the release',
          '  kubectl                                       docker.io/bitnami/kubectl:?                                                 public, retired  tag unknown',
        ].join('\n'),
      );
      assert.equal(
        blocks.at(-1),
        'deployKF 0.1.5, a.yaml: 2 of 62 private, 11 accepted as public, 8 retired, 33 not enabled\n20 more images that no value can change, 20 not deployed\n' +
          'Taken for deployKF 0.1.5, the newest release that is known: set "release:" in .deploykf-values.yaml, or --release\n',
      );
    }),
  );

  it(
    'keeps each image on one line of a terminal',
    inWorkspace({ 'a.yaml': values }, async workspace => {
      for (const columns of [140, 120]) {
        const { stdout } = await workspace.run(['images', 'a.yaml', '--color', 'never'], { columns });
        const lines = stdout.split('\n').filter(line => /^ {2}\S/.test(line));
        assert.deepEqual(
          lines.filter(line => line.length > columns),
          [],
        );
      }
    }),
  );

  it(
    'needs one stack, and says which there are',
    inWorkspace({ 'a.yaml': values, 'b.yaml': values }, async workspace => {
      const said = async (...argv: readonly string[]): Promise<string> =>
        (await workspace.run(['images', ...argv])).stderr;
      assert.equal(
        await said(),
        'deploykf-values: 2 stacks were found here (a.yaml, b.yaml): name one of them, or give those of one stack in their order with --values\n',
      );
      workspace.write(
        '.deploykf-values.yaml',
        'stacks: [{name: x, values: [a.yaml]}, {name: y, values: [a.yaml, b.yaml]}]\n',
      );
      assert.equal(
        await said(),
        'deploykf-values: 2 stacks were found here (x, y): choose one with --stack NAME\n',
      );
      assert.equal((await imagesOf(workspace, ['--stack', 'y'])).stack, 'y');
      assert.equal((await imagesOf(workspace, ['--values', 'a.yaml', 'b.yaml'])).stack, 'a.yaml, b.yaml');
    }),
  );
});

interface Facts {
  readonly images: readonly {
    readonly path: string;
    readonly component: string;
    readonly defaultRepository: string | null;
    readonly resolvedTag: string | null;
    readonly items?: readonly { readonly repository: string; readonly tag: string }[];
  }[];
  readonly hiddenImages: readonly { readonly image: string; readonly component: string }[];
  readonly pluginImages: readonly { readonly image: string }[];
}

describe('images that no image value changes', () => {
  const workspace = new CliWorkspace();
  after(() => workspace.remove());

  it('have their class, their place by the policy, other tags, and what changes them all the same', async () => {
    const project = 'registry: {rules: [{source: docker.io, target: "r.example.com/hub"}]}\n';
    workspace.write('.deploykf-values.yaml', project);
    const { hidden } = await imagesOf(workspace, ['--release', '0.1.5']);
    const tensorflow = hidden.find(({ reference }) => reference === 'tensorflow/tensorflow:2.2.2');
    assert.equal(tensorflow?.class, 'runtime');
    assert.equal(tensorflow.target, 'r.example.com/hub/tensorflow/tensorflow:2.2.2');
    assert.equal(tensorflow.choices.length, 11);
    assert.equal(tensorflow.changedBy, null);
    const busybox = hidden.find(({ reference }) => reference === 'busybox:1.35');
    assert.equal(busybox?.class, 'opt-in');
    assert.equal(busybox.changedBy, 'deploykf_dependencies.kyverno.valuesOverrides.kyverno.test.image');
  });
});

describe('images of the releases', () => {
  const workspace = new CliWorkspace();
  after(() => workspace.remove());
  let total = 0;

  for (const release of new Catalogs().releases) {
    it(`${release}: all image values, hidden and plugin images of the facts`, async function () {
      const text = sharedFile(`deploykf/${release}/facts.json`);
      if (text === undefined) return this.skip();
      const facts = JSON.parse(text) as Facts;
      const json = await imagesOf(workspace, ['--release', release]);
      assert.equal(json.release, release);
      assert.deepEqual(
        json.images.map(({ path, component, repository, resolvedTag }) => [
          path,
          component,
          repository,
          resolvedTag,
        ]),
        facts.images.flatMap(({ path, component, defaultRepository, resolvedTag, items }) =>
          items === undefined
            ? [[path, component, defaultRepository, resolvedTag]]
            : items.map(({ repository, tag }, index) => [
                path.replace('[]', `[${index}]`),
                component,
                repository,
                tag,
              ]),
        ),
      );
      assert.deepEqual(
        json.hidden.map(({ reference, component }) => `${reference} ${component}`).sort(),
        facts.hiddenImages.map(({ image, component }) => `${image} ${component}`).sort(),
      );
      assert.deepEqual(
        json.plugin.map(({ reference }) => reference).sort(),
        facts.pluginImages.map(({ image }) => image).sort(),
      );
      total += json.images.length;
    });
  }

  it('are 381 values', function () {
    if (total === 0) return this.skip();
    assert.equal(total, 381);
  });
});

interface OracleCase {
  readonly id: string;
  readonly release: string;
  readonly why: string;
  readonly layers: readonly string[];
  readonly oracle: { readonly images?: Readonly<Record<string, string | readonly string[] | null>> };
}

describe('images as the real generator renders them', () => {
  const workspace = new CliWorkspace();
  after(() => workspace.remove());
  const cases = JSON.parse(sharedFile('vectors/oracle.json') ?? '[]') as readonly OracleCase[];

  for (const { id, release, why, layers, oracle } of cases.filter(one => one.oracle.images !== undefined)) {
    it(`${id}: ${why}`, async () => {
      layers.forEach((text, index) => workspace.write(`${id}/${index}.yaml`, text));
      const files = layers.map((_, index) => `${id}/${index}.yaml`);
      const json = await imagesOf(workspace, ['--release', release, '--values', ...files]);
      for (const [path, expected] of Object.entries(oracle.images ?? {})) {
        const own = json.images.filter(image => image.path === path || image.path.startsWith(`${path}[`));
        const pulled = own.map(image => (image.enabled ? image.reference : null));
        const wanted = (own.length === 0 ? [] : [expected])
          .flat()
          .map(reference => (reference === null ? null : canonical(reference)));
        assert.deepEqual(pulled, wanted, path);
      }
    });
  }
});

/** The vectors give references as they are rendered. */
function canonical(reference: string): string {
  const parsed = normalizeReference(reference).reference;
  return parsed === undefined ? reference : printReference(parsed);
}

import assert from 'node:assert/strict';
import {
  catalogOfGenerator,
  generatorFiles,
  type GeneratorFiles,
} from '../../../server/src/core/catalog/generatorFiles.ts';
import { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { countCalls } from '../../support/callCounts.ts';
import { catalogs } from '../../support/views.ts';
import { resolveTag } from '../../../server/src/core/catalog/tagRules.ts';

const defaults = [
  'kubeflow_tools:',
  '  katib:',
  '    enabled: true',
  '    images:',
  '      katibController: { repository: docker.io/kubeflowkatib/katib-controller, tag: ~ }',
  '      katibUi: { repository: docker.io/kubeflowkatib/katib-ui, tag: ~ }',
  '      katibDbManager: { repository: docker.io/kubeflowkatib/katib-db-manager, tag: ~ }',
  '  volumes:',
  '    images:',
  '      volumesWebApp: { repository: docker.io/kubeflownotebookswg/volumes-web-app, tag: ~ }',
  '  new_tool:',
  '    enabled: false',
  '    images:',
  '      tool: { repository: ghcr.io/new/tool, tag: ~ }',
  '      proxy: { repository: ghcr.io/new/proxy, tag: ~ }',
  '      other: { repository: ghcr.io/new/other, tag: ~ }',
  '',
].join('\n');

const files: GeneratorFiles = new Map([
  ['default_values.yaml', defaults],
  [
    'templates/manifests/kubeflow-tools/katib/upstream/kustomization.yaml',
    'images:\n  - name: docker.io/kubeflowkatib/katib-controller\n    newName: docker.io/kubeflowkatib/katib-controller\n    newTag: v0.16.0\n',
  ],
  ...['v0.17.0', 'v0.18.0'].map(
    tag =>
      [
        `templates/manifests/kubeflow-tools/katib/upstream/${tag}/kustomization.yaml`,
        `images:\n  - name: docker.io/kubeflowkatib/katib-db-manager\n    newTag: ${tag}\n`,
      ] as const,
  ),
  ...['v1.7.0', 'v1.8.0'].map(
    tag =>
      [
        `templates/manifests/kubeflow-tools/volumes/upstream/${tag}/kustomization.yaml`,
        `images:\n  - name: docker.io/kubeflownotebookswg/volumes-web-app\n    newTag: ${tag}\n`,
      ] as const,
  ),
  [
    'templates/manifests/kubeflow-tools/new-tool/upstream/kustomization.yaml',
    'images:\n  - name: tool\n    newName: ghcr.io/new/tool\n    newTag: "1.10"\n',
  ],
  [
    'templates/manifests/kubeflow-tools/new-tool/upstream/patch.yaml',
    'containers:\n  - image: ghcr.io/new/proxy:v3\n  - image: ghcr.io/new/tool:old\n  - image: ghcr.io/new/other:v1\n',
  ],
  [
    'templates/manifests/kubeflow-tools/new-tool/upstream/patch-2.yaml',
    'containers:\n  - image: ghcr.io/new/other:v2\n',
  ],
]);

describe('the files of a generator', () => {
  it('are read once, however many images a component has', () => {
    const calls = countCalls(() => catalogOfGenerator(files, { release: 'our fork' }));
    const inFolders = [...files.keys()].filter(path => path.startsWith('templates/'));
    assert.equal(calls.get('kustomizedTags'), inFolders.length);
  });
});

describe('the catalog of a generator at run time', () => {
  const nearest = catalogs.of('0.1.5')?.catalog;
  const catalog = catalogOfGenerator(files, {
    release: 'our fork',
    ...(nearest === undefined ? {} : { nearest }),
  });
  const index = new CatalogIndex(catalog);
  const tagOf = (path: string): string => {
    const image = index.imageAt(path);
    const resolved = image && resolveTag(image, at => index.defaultAt(at));
    return resolved?.kind === 'known' ? resolved.tag : (resolved?.kind ?? 'no image');
  };

  it('has the images of its own defaults', () =>
    assert.deepEqual(
      catalog.images.map(image => image.path.replace('kubeflow_tools.', '')),
      [
        'katib.images.katibController',
        'katib.images.katibUi',
        'katib.images.katibDbManager',
        'volumes.images.volumesWebApp',
        'new_tool.images.tool',
        'new_tool.images.proxy',
        'new_tool.images.other',
      ],
    ));
  it('takes the tag that its own kustomization names', () =>
    assert.equal(tagOf('kubeflow_tools.katib.images.katibController'), 'v0.16.0'));
  it('keeps the facts of the nearest release where nothing says otherwise', () =>
    assert.equal(tagOf('kubeflow_tools.katib.images.katibUi'), 'v0.15.0'));
  it('believes the kustomization before the manifests', () =>
    assert.equal(tagOf('kubeflow_tools.new_tool.images.tool'), '1.10'));
  it('believes a manifest where nothing else speaks', () =>
    assert.equal(tagOf('kubeflow_tools.new_tool.images.proxy'), 'v3'));
  it('does not choose between two tags', () =>
    assert.equal(tagOf('kubeflow_tools.new_tool.images.other'), 'unknown'));
  it('guesses none where it names two others than the release', () =>
    assert.equal(tagOf('kubeflow_tools.katib.images.katibDbManager'), 'unknown'));
  it('keeps the fact of the release where that is one of them', () =>
    assert.equal(tagOf('kubeflow_tools.volumes.images.volumesWebApp'), 'v1.7.0'));
  it('finds the defaults in any folder of an archive', () =>
    assert.deepEqual(
      [
        ...(generatorFiles(
          new Map([
            ['x/generator/default_values.yaml', 'a: 1'],
            ['x/README.md', ''],
            ['x/generator/b', ''],
          ]),
        ) ?? []),
      ],
      [
        ['default_values.yaml', 'a: 1'],
        ['b', ''],
      ],
    ));
  it('is none without defaults', () => assert.equal(generatorFiles(new Map([['README.md', '']])), undefined));
});

import assert from 'node:assert/strict';
import { deriveCatalog } from '../../../server/src/core/catalog/derive.ts';
import { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { resolveTag } from '../../../server/src/core/catalog/tagRules.ts';
import type { Catalog, Value } from '../../../server/src/core/catalog/types.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const catalogs = new Catalogs();

function known(release: string): Catalog {
  const catalog = catalogs.of(release)?.catalog;
  assert.ok(catalog);
  return catalog;
}

describe('deriveCatalog', () => {
  it('finds images, components and charts by shape', () => {
    const catalog = deriveCatalog(
      {
        tools: {
          alpha: {
            enabled: true,
            namespace: 'alpha',
            charts: { main: { name: 'alpha', version: '1.0.0', repository: 'https://charts.example.com' } },
            images: { server: { repository: 'ghcr.io/x/server', tag: null, pullPolicy: 'Always' } },
            helperImage: 'ghcr.io/x/helper:v1',
            imagePullPolicy: { value: 'IfNotPresent' },
          },
          beta: { enabled: false, imageOne: { value: 'x/one:1', options: ['x/one:1', 'x/two:2'] } },
        },
      },
      { release: 'fork' },
    );
    assert.deepEqual(
      catalog.images.map(image => [image.path, image.form, image.component, image.pullPolicy]),
      [
        ['tools.alpha.images.server', 'map', 'tools.alpha', 'honoured'],
        ['tools.alpha.helperImage', 'string', 'tools.alpha', 'absent'],
        ['tools.beta.imageOne.value', 'string', 'tools.beta', 'absent'],
        ['tools.beta.imageOne.options', 'list', 'tools.beta', 'absent'],
      ],
    );
    assert.deepEqual(catalog.components, [
      {
        path: 'tools.alpha',
        title: 'alpha',
        enabledPath: 'tools.alpha.enabled',
        required: false,
        namespacePath: 'tools.alpha.namespace',
        namespace: 'alpha',
        syncWave: 0,
        kind: 'helm',
      },
      {
        path: 'tools.beta',
        title: 'beta',
        enabledPath: 'tools.beta.enabled',
        required: false,
        namespace: '',
        syncWave: 0,
        kind: 'kustomize',
      },
    ]);
    assert.deepEqual(catalog.charts, [{ path: 'tools.alpha.charts.main', component: 'tools.alpha' }]);
    assert.equal(catalog.derived, true);
  });

  it('says "unknown" for a tag that no rule gives', () => {
    const catalog = deriveCatalog(
      { a: { b: { enabled: true, images: { c: { repository: 'x/c', tag: null } } } } },
      { release: 'fork' },
    );
    const index = new CatalogIndex(catalog);
    const image = index.imageAt('a.b.images.c');
    assert.ok(image);
    assert.deepEqual(
      resolveTag(image, path => index.defaultAt(path)),
      { kind: 'unknown', reason: 'no-rule', parts: [] },
    );
  });

  it('takes all images of an unchanged release over from the nearest', () => {
    const { defaults, images, components, charts, pullSecretPolicy } = known('0.1.5');
    const catalog = deriveCatalog(defaults, { release: '0.1.5-fork', nearest: known('0.1.5') });
    const byPath = (list: readonly { readonly path: string }[]): readonly string[] =>
      list.map(item => JSON.stringify(item)).toSorted();
    assert.deepEqual(byPath(catalog.images), byPath(images));
    assert.deepEqual(catalog.components, components);
    assert.deepEqual(catalog.charts, charts);
    assert.equal(catalog.pullSecretPolicy, pullSecretPolicy);
  });

  it('drops the rules of images whose ground has changed', () => {
    const catalog = deriveCatalog(known('0.1.4').defaults, {
      release: '0.1.4-fork',
      nearest: known('0.1.5'),
    });
    const ruled = new Map(catalog.images.map(image => [image.path, image.evidence.length > 0]));
    assert.equal(ruled.get('kubeflow_tools.katib.images.katibUi'), true);
    assert.equal(ruled.get('deploykf_dependencies.istio.images.istioPilot'), false);
    assert.equal(ruled.get('deploykf_core.deploykf_auth.images.dex'), false);
    assert.equal(ruled.get('kubeflow_tools.pipelines.kfpV2.launcherImage'), false);
  });

  it('makes an empty catalog from what is no map', () => {
    for (const defaults of [null, 'text', [], 5] satisfies Value[]) {
      assert.deepEqual(deriveCatalog(defaults, { release: 'x' }).images, []);
    }
  });

  it('takes what has images and no switch for a component that is always on', () => {
    const image = { repository: 'x/always', tag: '1' };
    const catalog = deriveCatalog({ tools: { gamma: { images: { always: image } } } }, { release: 'fork' });
    assert.deepEqual(
      catalog.components.map(({ path }) => path),
      ['tools.gamma'],
    );
  });
});

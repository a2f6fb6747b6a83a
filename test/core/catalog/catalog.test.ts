import assert from 'node:assert/strict';
import type { CatalogImage } from '../../../server/src/core/catalog/types.ts';
import type { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { findImageShapes } from '../../../server/src/core/catalog/shape.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const catalogs = new Catalogs();
const indexes = catalogs.releases.flatMap(release => catalogs.of(release) ?? []);

/** What the shipped data must always be, whatever the release. */
describe('shipped catalogs', () => {
  for (const index of indexes) {
    const { catalog, release } = index;

    it(`${release}: every image is a value of its component and of the stated form`, () => {
      for (const image of catalog.images) {
        assert.ok(index.componentAt(image.component), image.path);
        assert.ok(image.path.startsWith(`${image.component}.`), image.path);
        const type = index.defaultType(image.path);
        assert.equal(type, { map: 'map', string: 'string', list: 'list' }[image.form], image.path);
        assert.ok(image.usedFor !== '' && image.evidence.length > 0, image.path);
      }
    });

    it(`${release}: every path in a rule is a value`, () => {
      const paths = catalog.images.flatMap(rulePaths);
      assert.deepEqual(
        paths.filter(path => index.defaultAt(path) === undefined),
        [],
      );
    });

    it(`${release}: image values are found by shape, too`, () => {
      const known = catalog.images.map(image => `${image.form} ${image.path}`);
      const found = findImageShapes(catalog.defaults).map(shape => `${shape.form} ${shape.path}`);
      assert.deepEqual(found.toSorted(), known.toSorted());
    });

    it(`${release}: no chart is an image, every chart has its three keys`, () => {
      for (const chart of catalog.charts) {
        assert.equal(index.imageAround(chart.path), undefined);
        for (const key of ['name', 'version', 'repository']) {
          assert.equal(index.defaultType(`${chart.path}.${key}`), 'string', chart.path);
        }
      }
      assert.equal(catalog.charts.length, 6);
    });

    it(`${release}: paths are unique and hidden images belong to components`, () => {
      for (const list of [catalog.images, catalog.components, catalog.charts]) {
        assert.equal(new Set(list.map(item => item.path)).size, list.length);
      }
      assert.deepEqual(
        catalog.hiddenImages.filter(image => index.componentAt(image.component) === undefined),
        [],
      );
    });

    it(`${release}: components can be switched and have a namespace`, () => {
      for (const component of catalog.components) {
        assert.equal(index.defaultType(component.enabledPath), 'boolean', component.path);
        const own =
          component.namespacePath === undefined
            ? component.namespace
            : index.defaultAt(component.namespacePath);
        assert.equal(own, component.namespace);
      }
    });
  }

  it('have the pull-secret policy from 0.1.3 on', () =>
    assert.deepEqual(
      indexes.map(index => index.catalog.pullSecretPolicy),
      [false, false, false, true, true, true],
    ));

  it('mark the tag that is rendered from another value', () => {
    const controller = 'kubeflow_tools.notebooks.images.notebookController';
    assert.deepEqual(
      indexes
        .flatMap(({ catalog }) => catalog.images.filter(image => image.tag.renderedFrom !== undefined))
        .map(image => image.path),
      indexes.map(() => controller),
    );
  });

  it('know which pull policies are not honoured', () => {
    const ignored = (index: CatalogIndex | undefined): readonly string[] =>
      (index?.catalog.images ?? [])
        .filter(image => image.pullPolicy === 'ignored')
        .map(image => image.path.split('.').at(-1) ?? '');
    const kyverno = ['kyvernoBackgroundController', 'kyvernoCleanupController', 'kyvernoReportsController'];
    assert.deepEqual(ignored(catalogs.of('0.1.5')), kyverno);
    assert.deepEqual(ignored(catalogs.of('0.1.4')), [...kyverno, 'minioMc']);
  });
});

function rulePaths(image: CatalogImage): readonly string[] {
  const rules = [image.tag, ...(image.secondPlace === undefined ? [] : [image.secondPlace.tag])];
  const inTags = rules.flatMap(rule => [
    ...[...(rule.fallback ?? '').matchAll(/\{([^{}|]+)/g)].map(match => match[1] ?? ''),
    ...[rule.exactVersionAt, rule.renderedFrom, rule.fallbackByVersion?.path].filter(
      path => path !== undefined,
    ),
  ]);
  const inNamespaces = image.namespaces
    .filter(namespace => namespace.startsWith('{') && namespace !== '{profiles}')
    .map(namespace => namespace.slice(1, -1));
  return [
    ...inTags,
    ...inNamespaces,
    ...(image.pullPolicySince === undefined ? [] : [image.pullPolicySince.path]),
  ];
}

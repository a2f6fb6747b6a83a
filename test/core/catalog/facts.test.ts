import assert from 'node:assert/strict';
import { resolveTag } from '../../../server/src/core/catalog/tagRules.ts';
import type { Catalog, CatalogImage } from '../../../server/src/core/catalog/types.ts';
import type { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';
import { sharedFile } from '../../support/shared.ts';

interface FactImage {
  readonly path: string;
  readonly form: 'repository+tag' | 'reference' | 'reference-list';
  readonly component: string;
  readonly line: number;
  readonly defaultRepository: string | null;
  readonly resolvedTag: string | null;
  readonly namespaces: readonly string[];
  readonly namespacePaths: readonly (string | null)[];
  readonly items?: readonly { readonly repository: string; readonly tag: string }[];
}

interface Facts {
  readonly images: readonly FactImage[];
  readonly hiddenImages: readonly {
    readonly image: string;
    readonly component: string;
    readonly deployed: string;
  }[];
  readonly pluginImages: readonly { readonly image: string; readonly variant: string }[];
  readonly charts: readonly { readonly path: string }[];
  readonly components: readonly {
    readonly path: string;
    readonly kind: string;
    readonly enabledPath: string;
    readonly required: boolean;
    readonly namespace: { readonly path: string | null; readonly default: string };
    readonly argocdAppSyncWaves: { readonly [application: string]: number } | null;
  }[];
}

const catalogs = new Catalogs();
const factsOf = new Map(
  catalogs.releases.map(release => {
    const text = sharedFile(`deploykf/${release}/facts.json`);
    return [release, text === undefined ? undefined : (JSON.parse(text) as Facts)];
  }),
);

/** The catalogs against facts that were found another way: by rendering every release. */
describe('catalogs and the rendered facts', () => {
  before(function () {
    if (factsOf.get('0.1.0') === undefined) this.skip();
  });

  for (const release of catalogs.releases) {
    const facts = factsOf.get(release);
    const index = catalogs.of(release);
    if (facts === undefined || index === undefined) continue;

    it(`${release}: every image value has its form, place, repository and resolved tag`, () =>
      assert.deepEqual(
        index.catalog.images.flatMap(image => linesOf(image, index)),
        facts.images.flatMap(factLines),
      ));

    it(`${release}: every image value has its namespaces`, () =>
      assert.deepEqual(
        index.catalog.images.map(image => [image.path, ...image.namespaces]),
        facts.images.map(image => [image.path.replace('[]', ''), ...factNamespaces(image)]),
      ));

    it(`${release}: every hidden image and plugin image is there`, () => {
      const { catalog } = index;
      assert.deepEqual(
        catalog.hiddenImages.map(hiddenLine).toSorted(),
        facts.hiddenImages.map(factHiddenLine).toSorted(),
      );
      assert.deepEqual(
        catalog.pluginImages.map(image => `${image.reference} ${image.variant}`).toSorted(),
        facts.pluginImages.map(image => `${image.image} ${image.variant.split(' ')[0] ?? ''}`).toSorted(),
      );
    });

    it(`${release}: every component and chart is there`, () => {
      assert.deepEqual(
        index.catalog.components.map(component => ({ ...component, title: '' })),
        componentsOf(facts),
      );
      assert.deepEqual(
        index.catalog.charts.map(chart => chart.path),
        facts.charts.map(chart => chart.path),
      );
    });
  }

  it('has 381 image values, the items of lists one by one', () => {
    const values = catalogs.releases.flatMap(release => {
      const index = catalogs.of(release);
      return index === undefined ? [] : index.catalog.images.flatMap(image => linesOf(image, index));
    });
    assert.equal(values.length, 63 * 5 + 66);
  });
});

/** `path form line repository tag` of a value, or of each item of a list. */
function linesOf(image: CatalogImage, index: CatalogIndex): readonly string[] {
  const head = `${image.path} ${image.form} ${image.component} ${image.line ?? '?'}`;
  const value = index.defaultAt(image.path);
  if (Array.isArray(value)) return value.map(item => `${head} ${splitReference(String(item))}`);
  if (image.form === 'string') return [`${head} ${splitReference(String(value))}`];
  const tag = resolveTag(image, path => index.defaultAt(path));
  const repository = String(index.defaultAt(`${image.path}.repository`));
  return [`${head} ${repository} ${tag.kind === 'known' ? tag.tag : tag.kind}`];
}

function splitReference(reference: string): string {
  return reference === '' ? 'null null' : reference.replace(/:([^:/]+)$/, ' $1');
}

function factLines(fact: FactImage): readonly string[] {
  const form = { 'repository+tag': 'map', reference: 'string', 'reference-list': 'list' }[fact.form];
  const head = `${fact.path.replace('[]', '')} ${form} ${fact.component} ${fact.line}`;
  if (fact.items !== undefined) return fact.items.map(item => `${head} ${item.repository} ${item.tag}`);
  return [`${head} ${String(fact.defaultRepository)} ${String(fact.resolvedTag)}`];
}

function factNamespaces(fact: FactImage): readonly string[] {
  return fact.namespaces.flatMap((namespace, position) => {
    const path = fact.namespacePaths[position] ?? null;
    if (namespace === '{profiles}') return ['{profiles}'];
    if (path !== null) return [`{${path}}`];
    return /^[a-z0-9-]+$/.test(namespace) ? [namespace] : [];
  });
}

function hiddenLine(image: Catalog['hiddenImages'][number]): string {
  return `${image.reference} ${image.component} ${image.deployed}`;
}

function factHiddenLine(image: Facts['hiddenImages'][number]): string {
  return `${image.image} ${image.component} ${image.deployed === 'rendered-not-run' ? 'not-run' : image.deployed}`;
}

function componentsOf(facts: Facts): readonly object[] {
  return facts.components.map(({ path, kind, enabledPath, required, namespace, argocdAppSyncWaves }) => ({
    path,
    title: '',
    enabledPath,
    required,
    ...(namespace.path !== null && { namespacePath: namespace.path }),
    namespace: namespace.default,
    syncWave: Math.min(...Object.values(argocdAppSyncWaves ?? { none: 0 })),
    kind,
  }));
}

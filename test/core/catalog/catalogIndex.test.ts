import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { compareReleases } from '../../../server/src/core/catalog/release.ts';
import { valueOf } from '../../../server/src/core/yaml/value.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const catalogs = new Catalogs();

function indexOf(release: string): CatalogIndex {
  const index = catalogs.of(release);
  assert.ok(index);
  return index;
}

const index = indexOf('0.1.5');
const dex = 'deploykf_core.deploykf_auth.images.dex';
const spawner = 'kubeflow_tools.notebooks.spawnerFormDefaults';

describe('CatalogIndex', () => {
  it('finds an image at its path only', () => {
    assert.equal(index.imageAt(dex)?.form, 'map');
    assert.equal(index.imageAt(dex.split('.'))?.path, dex);
    assert.equal(index.imageAt(`${dex}.tag`), undefined);
    assert.equal(index.imageAt('toString'), undefined);
  });

  it('finds an image around a path', () => {
    assert.equal(index.imageAround(`${dex}.tag`)?.path, dex);
    assert.equal(index.imageAround(`${spawner}.image.options[2]`)?.path, `${spawner}.image.options`);
    assert.equal(index.imageAround(['deploykf_core', 'deploykf_auth']), undefined);
  });

  it('finds components and what belongs to them', () => {
    const auth = index.componentOf(dex);
    assert.ok(auth);
    assert.equal(auth.path, 'deploykf_core.deploykf_auth');
    assert.deepEqual(
      index.imagesOf(auth).map(image => image.path.split('.').at(-1)),
      ['dex', 'oauth2Proxy', 'kubectl'],
    );
    assert.equal(index.imagesMapOf('deploykf_core.deploykf_auth.images')?.path, auth.path);
    assert.equal(index.imagesMapOf(dex), undefined);
    assert.equal(index.componentOf('argocd.namespace'), undefined);
    assert.equal(index.componentOf([]), undefined);
  });

  it('tells defaults and their types', () => {
    const types = ['', '.repository', '.pullPolicy', '.nothing'].map(end =>
      index.defaultType(`${dex}${end}`),
    );
    assert.deepEqual(types, ['map', 'string', 'string', undefined]);
    assert.equal(index.defaultAt('deploykf_dependencies.kyverno.images.kyverno.tag'), null);
    assert.equal(index.defaultAt(`${spawner}.image.options[0]`), 'kubeflownotebookswg/jupyter-scipy:v1.8.0');
    assert.equal(index.defaultAt('constructor'), undefined);
    assert.equal(index.defaultType('kubeflow_tools.pipelines.mysql.port'), 'number');
  });

  it('tells what the release leaves open', () => {
    const kyverno = 'deploykf_dependencies.kyverno';
    assert.deepEqual(
      [
        `${kyverno}.valuesOverrides`,
        `${kyverno}.valuesOverrides.a.b`,
        `${kyverno}.clusterPolicies.imagePullSecrets.registryCredentials[0].existingSecret`,
        `${kyverno}.namespace`,
        `${kyverno}.nothing`,
        dex,
      ].map(path => index.isFreeForm(path)),
      [true, true, true, false, false, false],
    );
  });

  it('gives the defaults as a layer', () => {
    const layer = index.defaultsLayer;
    assert.equal(layer.label, 'defaults of 0.1.5');
    assert.deepEqual(valueOf(layer.root, layer.anchors), index.catalog.defaults);
    assert.equal(index.defaultsLayer, layer);
  });
});

describe('Catalogs', () => {
  it('knows the six releases', () => {
    assert.deepEqual(catalogs.releases, ['0.1.0', '0.1.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5']);
    assert.equal(catalogs.newest, '0.1.5');
    assert.equal(catalogs.of('v0.1.3')?.release, '0.1.3');
    assert.equal(catalogs.of('0.1.3'), catalogs.of('v0.1.3'));
    assert.equal(catalogs.of('0.2.0'), undefined);
  });

  it('leaves out no generated catalog', () => {
    const files = readdirSync(new URL('../../../server/catalog/', import.meta.url)).filter(name =>
      /^\d/.test(name),
    );
    assert.deepEqual(
      files.map(name => name.replace('.json', '')).toSorted(compareReleases),
      catalogs.releases,
    );
  });
});

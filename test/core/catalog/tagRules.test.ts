import assert from 'node:assert/strict';
import {
  resolveReference,
  resolveRepository,
  resolveTag,
  type Lookup,
  type ResolvedTag,
} from '../../../server/src/core/catalog/tagRules.ts';
import type { CatalogImage, Value } from '../../../server/src/core/catalog/types.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const catalogs = new Catalogs();
const certManager = 'deploykf_dependencies.cert_manager';
const istio = 'deploykf_dependencies.istio';
const kyverno = 'deploykf_dependencies.kyverno';
const pipelines = 'kubeflow_tools.pipelines';
const notebooks = 'kubeflow_tools.notebooks.images';

interface Setting {
  readonly [path: string]: Value;
}

/** The defaults of a release with some value paths set. */
function lookup(release: string, set: Setting): Lookup {
  return path => (Object.hasOwn(set, path) ? set[path] : catalogs.of(release)?.defaultAt(path));
}

function imageOf(release: string, path: string): CatalogImage {
  const image = catalogs.of(release)?.imageAt(path);
  assert.ok(image, `${release} has no ${path}`);
  return image;
}

function resolve(path: string, set: Setting = {}, release = '0.1.5'): ResolvedTag {
  return resolveTag(imageOf(release, path), lookup(release, set));
}

/** `tag (value|rule)`, `=literal` or `?reason`. */
function summary(tag: ResolvedTag): string {
  if (tag.kind === 'known')
    return `${tag.tag} (${tag.from}${tag.unpublished === true ? ', unpublished' : ''})`;
  return tag.kind === 'literal' ? `=${tag.text}` : `?${tag.reason}`;
}

function table(rows: readonly [path: string, set: Setting, expected: string, release?: string][]): void {
  for (const [path, set, expected, release] of rows) {
    const settings = Object.entries(set).map(
      ([key, value]) => `${key.split('.').at(-1) ?? ''}=${JSON.stringify(value)}`,
    );
    it(`${path.split('.').at(-1) ?? ''} ${settings.join(' ')} of ${release ?? '0.1.5'} gives ${expected}`, () =>
      assert.equal(summary(resolve(path, set, release)), expected));
  }
}

describe('tags of local charts', () => {
  const dex = 'deploykf_core.deploykf_auth.images.dex';
  table([
    [dex, {}, 'v2.39.1 (value)'],
    [dex, {}, 'v2.37.0 (value)', '0.1.4'],
    [dex, { [`${dex}.tag`]: null }, '=nil'],
    [dex, { [`${dex}.tag`]: '' }, '='],
    [dex, { [`${dex}.tag`]: false }, 'false (value)'],
    [dex, { [`${dex}.tag`]: 0 }, '0 (value)'],
    [dex, { [`${dex}.tag`]: 16 }, '16 (value)'],
    [dex, { [`${dex}.tag`]: 1.1 }, '1.1 (value)'],
    [dex, { [`${dex}.tag`]: ['a'] }, '=[a]'],
  ]);
});

describe('tags of cert-manager', () => {
  const controller = `${certManager}.images.certManagerController`;
  const version = `${certManager}.charts.certManager.version`;
  table([
    [controller, {}, 'v1.12.10 (rule)'],
    [controller, {}, 'v1.12.2 (rule)', '0.1.0'],
    [controller, { [version]: '1.13.3' }, 'v1.13.3 (rule)'],
    [controller, { [version]: 'v1.13.3' }, 'v1.13.3 (rule)'],
    [controller, { [version]: '1.14.0-beta.0' }, 'v1.14.0-beta.0 (rule)'],
    [controller, { [version]: '~1.13' }, '?chart-version'],
    [controller, { [version]: '1.13.x' }, '?chart-version'],
    [controller, { [version]: 1.13 }, '?chart-version'],
    [controller, { [version]: null }, '?chart-version'],
    [controller, { [version]: '1.13.3', [`${controller}.tag`]: 'v1.12.1' }, 'v1.12.1 (value)'],
    [controller, { [`${controller}.tag`]: false }, 'v1.12.10 (rule)'],
  ]);

  it('says which values the tag comes from', () =>
    assert.deepEqual(resolve(controller), {
      kind: 'known',
      tag: 'v1.12.10',
      from: 'rule',
      parts: [{ path: version, value: '1.12.10' }],
    }));
});

describe('tags of trust-manager', () => {
  const version = `${certManager}.charts.trustManager.version`;
  table([
    [`${certManager}.images.trustManager`, {}, 'v0.9.2 (rule)'],
    [`${certManager}.images.trustManager`, {}, 'v0.5.0 (rule)', '0.1.1'],
    [`${certManager}.images.trustManager`, { [version]: '0.9.3' }, '?chart-version'],
    [`${certManager}.images.trustManagerDefaultPackage`, {}, '20210119.0 (rule)'],
    [`${certManager}.images.trustManagerDefaultPackage`, { [version]: '0.5.0' }, '?chart-version'],
  ]);
});

describe('tags of Istio', () => {
  const pilot = `${istio}.images.istioPilot`;
  const version = `${istio}.charts.istioDaemon.version`;
  const variant = `${istio}.defaultImageVariant`;
  table([
    [pilot, {}, '1.17.8-distroless (rule)'],
    [pilot, {}, '1.17.3-distroless (rule)', '0.1.0'],
    [pilot, { [variant]: '' }, '1.17.8 (rule)'],
    [pilot, { [variant]: null, [version]: '1.18.0' }, '1.18.0 (rule)'],
    [pilot, { [variant]: 'debug' }, '1.17.8-debug (rule)'],
    [pilot, { [version]: 1.18 }, '=%!s(float64=1.18)-distroless'],
    [pilot, { [version]: null }, '=%!s(<nil>)-distroless'],
    [pilot, { [`${pilot}.tag`]: '' }, '1.17.8-distroless (rule)'],
    [pilot, { [`${pilot}.tag`]: 0 }, '1.17.8-distroless (rule)'],
    [pilot, { [`${pilot}.tag`]: 5 }, '=%!s(int=5)'],
    [pilot, { [`${pilot}.tag`]: 1.2 }, '=%!s(float64=1.2)'],
    [pilot, { [`${pilot}.tag`]: true }, '=%!s(bool=true)'],
    [pilot, { [`${pilot}.tag`]: '1.17.0' }, '1.17.0 (value)'],
  ]);
});

describe('tags of Kyverno', () => {
  const images = `${kyverno}.images`;
  const version = `${kyverno}.charts.kyverno.version`;
  table([
    [`${images}.kyverno`, {}, 'v1.10.0 (rule)'],
    [`${images}.kyverno`, { [version]: '3.1.4' }, 'v1.11.4 (rule)'],
    [`${images}.kyverno`, { [version]: '3.99.0' }, '?chart-version'],
    [`${images}.kyverno`, { [version]: 'toString' }, '?chart-version'],
    [`${images}.kyvernoInit`, {}, 'v1.10.0 (rule)'],
    [`${images}.kyvernoInit`, { [`${images}.kyverno.tag`]: 'v1.10.7' }, 'v1.10.7 (rule)'],
    [`${images}.kyvernoInit`, { [`${images}.kyvernoInit.tag`]: 'v1.10.6' }, 'v1.10.6 (value)'],
    [`${images}.kubectl`, {}, '1.26.4 (rule)'],
    [`${images}.kubectl`, { [version]: '3.1.0' }, '1.26.10 (rule)'],
    [`${images}.kubectl`, { [version]: '3.3.0' }, '?chart-version'],
  ]);
});

describe('tags of kustomize tools', () => {
  const api = `${pipelines}.images.kfpApiServer`;
  const controller = `${notebooks}.notebookController`;
  const jupyter = `${notebooks}.jupyterWebApp.tag`;
  table([
    ['kubeflow_tools.katib.images.katibController', {}, 'v0.15.0 (rule)'],
    [api, {}, '2.1.0-deploykf.0 (value)'],
    [api, { [`${api}.tag`]: null }, '2.1.0 (rule, unpublished)'],
    [api, {}, '2.0.0-alpha.7 (rule)', '0.1.4'],
    [controller, {}, 'v1.7.0 (rule)'],
    [controller, { [jupyter]: 'v1.9.0' }, 'v1.7.0 (rule)'],
    [controller, { [`${controller}.tag`]: 'v1.8.0' }, '=nil'],
    [controller, { [`${controller}.tag`]: 'v1.8.0', [jupyter]: 'v1.9.0' }, 'v1.9.0 (value)'],
    [controller, { [`${controller}.tag`]: 'v1.8.0', [jupyter]: '' }, 'v1.7.0 (rule)'],
  ]);

  it('joins repository and tag at the second place of the frontend', () => {
    const image = imageOf('0.1.5', `${pipelines}.images.kfpFrontend`);
    const second = image.secondPlace;
    assert.ok(second);
    const tag = `${image.path}.tag`;
    const at = (value: Value): string =>
      summary(resolveTag({ path: image.path, tag: second.tag }, lookup('0.1.5', { [tag]: value })));
    assert.deepEqual([null, '', 2.1, 'v1'].map(at), [
      '2.1.0 (rule, unpublished)',
      '2.1.0 (rule, unpublished)',
      '=%!s(float64=2.1)',
      'v1 (value)',
    ]);
    assert.deepEqual(resolveRepository(second.repository, null), { kind: 'literal', text: '%!s(<nil>)' });
    assert.deepEqual(resolveRepository(second.repository, ''), { kind: 'literal', text: '' });
  });
});

describe('an unknown rule', () => {
  it('gives no tag', () => {
    const image = { path: 'a.images.b', tag: { read: 'whenSet' as const } };
    assert.deepEqual(
      resolveTag(image, () => null),
      { kind: 'unknown', reason: 'no-rule', parts: [] },
    );
    assert.deepEqual(
      resolveTag(image, () => undefined),
      { kind: 'unknown', reason: 'absent', parts: [] },
    );
  });

  it('takes the text of `{path|text}` for an unset value', () => {
    const image = { path: 'a.images.b', tag: { read: 'whenSet' as const, fallback: '{a.version|v9}' } };
    const at = (version: Value): string =>
      summary(resolveTag(image, path => (path === 'a.version' ? version : null)));
    assert.deepEqual([null, 'v8', ''].map(at), ['v9 (rule)', 'v8 (rule)', 'v9 (rule)']);
  });
});

describe('repositories', () => {
  const rows: readonly [path: string, value: Value, text: string][] = [
    ['kubeflow_tools.katib.images.katibUi', '', 'docker.io/kubeflowkatib/katib-ui'],
    ['kubeflow_tools.katib.images.katibUi', null, '=nil'],
    ['kubeflow_tools.katib.images.katibUi', 'r.example.com/ui', 'r.example.com/ui'],
    ['deploykf_core.deploykf_auth.images.dex', null, '=nil'],
    ['deploykf_core.deploykf_auth.images.dex', '', '='],
    [`${istio}.images.istioPilot`, null, '=%!s(<nil>)'],
    [`${istio}.images.istioPilot`, '', '='],
  ];
  for (const [path, value, expected] of rows) {
    it(`${path.split('.').at(-1) ?? ''} ${JSON.stringify(value)} gives ${expected}`, () => {
      const resolved = resolveRepository(imageOf('0.1.5', path).repository, value);
      const text =
        resolved.kind === 'known' ? resolved.text : resolved.kind === 'literal' ? `=${resolved.text}` : '?';
      assert.equal(text, expected);
    });
  }
});

describe('images written as one string', () => {
  const driver = `${pipelines}.kfpV2.driverImage`;
  const launcher = `${pipelines}.kfpV2.launcherImage`;
  const compatible = `${pipelines}.kfpV2.v2CompatibleLauncherImage`;
  const driverDigest = 'sha256:f308b24f51df1165592563b1892fad50f9faaaf314b4ac0638e37aeee3aa8f2c';
  const rows: readonly [path: string, value: Value, expected: string, release?: string][] = [
    [driver, null, '=nil'],
    [driver, '', `gcr.io/ml-pipeline/kfp-driver@${driverDigest}`],
    [driver, 'r.example.com/driver:1', 'r.example.com/driver:1'],
    [launcher, null, 'none', '0.1.3'],
    [launcher, '', 'none', '0.1.3'],
    [launcher, 'r.example.com/launcher:1', 'r.example.com/launcher:1', '0.1.3'],
    [compatible, null, 'none'],
    [compatible, false, 'none'],
    [`${pipelines}.cache.image`, null, '=nil'],
    [`${pipelines}.cache.image`, '', '='],
    ['kubeflow_tools.tensorboards.tensorboardImage', 5, '=5'],
    ['kubeflow_tools.notebooks.spawnerFormDefaults.image.value', null, 'none'],
    ['kubeflow_tools.notebooks.spawnerFormDefaults.image.options', '', 'none'],
  ];
  for (const [path, value, expected, release = '0.1.5'] of rows) {
    it(`${path.split('.').at(-1) ?? ''} ${JSON.stringify(value)} of ${release} gives ${expected}`, () => {
      const resolved = resolveReference(imageOf(release, path).tag, value);
      const text =
        resolved.kind === 'known' ? resolved.text : resolved.kind === 'literal' ? `=${resolved.text}` : '';
      assert.equal(resolved.kind === 'none' ? 'none' : text, expected);
    });
  }
});

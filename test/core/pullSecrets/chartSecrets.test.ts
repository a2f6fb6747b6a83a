import assert from 'node:assert/strict';
import {
  overridePath,
  overrideValue,
  secretKeysOf,
} from '../../../server/src/core/pullSecrets/chartSecrets.ts';
import type { Catalog } from '../../../server/src/core/catalog/types.ts';
import { sharedFile } from '../../support/shared.ts';
import { catalogs } from '../../support/views.ts';

interface KyvernoChart {
  readonly chart: string;
  readonly admissionControllerPodPullSecretsKey: string;
  readonly cleanupCronJobPullSecretsKey: string | null;
}

const newest = newestCatalog();

const text = sharedFile('deploykf/kyverno-charts.json');
const charts = JSON.parse(text ?? '[]') as readonly KyvernoChart[];

function kyvernoKeys(image: string, version: string): readonly string[] {
  return secretKeysOf(newest, `deploykf_dependencies.kyverno.images.${image}`, () => version).map(key =>
    key.keys.join('.'),
  );
}

describe('the pull-secret keys of the charts', () => {
  it('belong to images of every release with the policy', () => {
    for (const release of catalogs.releases) {
      const catalog = catalogs.of(release);
      if (catalog?.catalog.pullSecretPolicy !== true) continue;
      const paths = catalog.catalog.secretKeys.flatMap(({ component, images }) =>
        images.map(image => `${component}.images.${image}`),
      );
      assert.deepEqual(
        paths.filter(path => catalog.imageAt(path) === undefined),
        [],
        release,
      );
    }
  });

  for (const { chart, admissionControllerPodPullSecretsKey, cleanupCronJobPullSecretsKey } of charts) {
    it(`are those of Kyverno's chart ${chart}`, () => {
      assert.deepEqual(kyvernoKeys('kyverno', chart), [`kyverno.${admissionControllerPodPullSecretsKey}`]);
      const jobs =
        cleanupCronJobPullSecretsKey?.startsWith('cleanupJobs') === true ? cleanupCronJobPullSecretsKey : '';
      assert.equal(kyvernoKeys('kubectl', chart)[0] ?? 'kyverno.', `kyverno.${jobs}`);
    });
  }

  it('are not known for ranges, other charts and what was not looked at', () =>
    assert.deepEqual(
      ['^3.0.1', '3.0', '2.7.5', '4.0.0', ''].flatMap(version => kyvernoKeys('kyverno', version)),
      [],
    ));

  it('take a list of maps, a list of texts, or a text', () =>
    assert.deepEqual(
      ['cert_manager', 'istio'].map(name => {
        const key = newest.secretKeys.find(({ component }) => component === `deploykf_dependencies.${name}`);
        return key && { path: overridePath(key), value: overrideValue(key, ['reg']) };
      }),
      [
        {
          path: [
            'deploykf_dependencies',
            'cert_manager',
            'valuesOverrides',
            'cert-manager',
            'global',
            'imagePullSecrets',
          ],
          value: [{ name: 'reg' }],
        },
        {
          path: ['deploykf_dependencies', 'istio', 'valuesOverrides', 'global', 'imagePullSecrets'],
          value: ['reg'],
        },
      ],
    ));

  it('take a text in local charts', () => {
    const key = secretKeysOf(newest, 'deploykf_core.deploykf_auth.images.dex', () => undefined)[0];
    assert.deepEqual(key && { path: overridePath(key), value: overrideValue(key, ['reg']) }, {
      path: ['deploykf_core', 'deploykf_auth', 'valuesOverrides', 'dex', 'image', 'pullSecret'],
      value: 'reg',
    });
  });
});

function newestCatalog(): Catalog {
  const found = catalogs.of('0.1.5');
  assert.ok(found !== undefined);
  return found.catalog;
}

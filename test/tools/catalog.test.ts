import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildCatalog } from '../../server/tools/catalog/build.ts';
import { factsFor, readFactFiles } from '../../server/tools/catalog/facts.ts';
import { formatCatalog, formatList } from '../../server/tools/catalog/format.ts';
import { reviewRelease } from '../../server/tools/catalog/review.ts';
import { sharedFile } from '../support/shared.ts';

const files = readFactFiles(new URL('../../server/tools/facts/', import.meta.url));

function committed(name: string): string {
  return readFileSync(new URL(`../../server/catalog/${name}.json`, import.meta.url), 'utf8');
}

describe('the catalog generator', () => {
  for (const release of files.reviewed) {
    it(`makes ${release}.json byte for byte`, function () {
      const text = sharedFile(`deploykf/${release}/default_values.yaml`);
      if (text === undefined) this.skip();
      const { catalog, mismatches } = buildCatalog(text, factsFor(release, files));
      assert.deepEqual(mismatches, []);
      assert.equal(formatCatalog(catalog), committed(release));
    });
  }

  it('makes retired.json byte for byte', () => assert.equal(`${formatList(files.retired)}\n`, committed('retired')));

  it('keeps the data small', () => {
    const sizes = files.reviewed.map(release => committed(release).length);
    assert.ok(sizes.reduce((sum, size) => sum + size) < 450_000);
  });

  it('asks for a review of what a new release changes', function () {
    const before = sharedFile('deploykf/0.1.5/default_values.yaml');
    if (before === undefined) this.skip();
    const after = before
      .replace('tag: v2.39.1', 'tag: v2.40.0')
      .replace('version: 1.12.10', 'version: 1.13.3')
      .replace('katibUi:', 'katibUserInterface:')
      .replace('\n  katib:\n', '\n  feast:\n    enabled: false\n  katib:\n');
    const facts = factsFor('0.1.6', files);
    assert.equal(facts.reviewed, false);
    const built = buildCatalog(after, facts);
    assert.deepEqual(built.mismatches, [
      'image without facts: kubeflow_tools.katib.images.katibUserInterface',
      'facts without a value: kubeflow_tools.katib.images.katibUi',
      'component without facts: kubeflow_tools.feast',
    ]);
    const review = reviewRelease(buildCatalog(before, factsFor('0.1.5', files)).catalog, built.catalog);
    assert.deepEqual(
      review.filter(line => !line.startsWith('still ')).map(line => line.split(':')[0]),
      [
        'deploykf_core.deploykf_auth.images.dex',
        'kubeflow_tools.katib.images.katibUi',
        'deploykf_dependencies.cert_manager.charts.certManager',
      ],
    );
  });
});

describe('facts with ranges', () => {
  it('lay the changes of a release over the entry', () => {
    const launcher = 'kubeflow_tools.pipelines.kfpV2.launcherImage';
    const tagOf = (release: string): unknown =>
      factsFor(release, files).images.find(image => image.path === launcher)?.tag;
    assert.deepEqual(tagOf('0.1.4'), { read: 'whenSet', whenNull: 'none', whenEmpty: 'none' });
    assert.equal(JSON.stringify(tagOf('0.1.5')).includes('kfp-launcher@sha256'), true);
  });

  it('leave out what a release does not have', () => {
    const has = (release: string): boolean =>
      factsFor(release, files).images.some(image => image.path === 'deploykf_opt.deploykf_minio.images.shell');
    assert.deepEqual(['0.1.4', '0.1.5', '0.1.6'].map(has), [false, true, true]);
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog } from '../../server/tools/catalog/build.ts';
import { factsFor, readFactFiles } from '../../server/tools/catalog/facts.ts';
import { formatCatalog, formatList } from '../../server/tools/catalog/format.ts';
import { reviewRelease } from '../../server/tools/catalog/review.ts';
import { formatShipped, shippedReleases } from '../../server/tools/catalog/shipped.ts';
import { root } from '../support/sources.ts';
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

  it('makes retired.json byte for byte', () =>
    assert.equal(`${formatList(files.retired)}\n`, committed('retired')));

  it('makes the list of what is shipped byte for byte', () => {
    const folder = fileURLToPath(new URL('../../server/catalog/', import.meta.url));
    assert.equal(formatShipped(shippedReleases(folder)), readFileSync(join(folder, 'shipped.ts'), 'utf8'));
  });

  it('adds a release by one command, and nothing else has to be touched', function () {
    this.timeout(60_000);
    const defaults = sharedFile('deploykf/0.1.5/default_values.yaml');
    if (defaults === undefined) this.skip();
    const copy = mkdtempSync(join(tmpdir(), 'deploykf-release-'));
    try {
      for (const name of ['server', 'package.json', 'tsconfig.json'])
        cpSync(join(root, name), join(copy, name), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
      const changed = defaults
        .replace('tag: v2.39.1', 'tag: v2.99.1')
        .replace(
          'repository: quay.io/oauth2-proxy/oauth2-proxy',
          'repository: quay.io/oauth2-proxy/other-proxy',
        )
        .replace(/katib-ui$/m, 'other-ui');
      writeFileSync(join(copy, 'values.yaml'), changed);
      const tsx = (...argv: readonly string[]): string =>
        execFileSync(process.execPath, ['--import', 'tsx', ...argv], { cwd: copy, encoding: 'utf8' });
      tsx('server/tools/catalog.ts', '0.1.6', 'values.yaml');
      writeFileSync(join(copy, 'values.yaml'), 'kubeflow_tools: {}\n');
      const imagesOf = (release: string): readonly string[] => {
        const json = tsx(
          'server/src/cli/main.ts',
          'images',
          'values.yaml',
          '--release',
          release,
          '--format',
          'json',
        );
        return (JSON.parse(json) as { images: readonly { readonly reference: string }[] }).images.map(
          image => image.reference,
        );
      };
      const [before, after] = [imagesOf('0.1.5'), imagesOf('0.1.6')];
      const differing = after.filter(reference => !before.includes(reference));
      assert.equal(after.length, before.length);
      assert.deepEqual(
        differing
          .map(reference =>
            reference
              .split('/')
              .at(-1)
              ?.replace(/:v(?!2\.99).*/, ''),
          )
          .sort(),
        ['dex:v2.99.1', 'other-proxy', 'other-ui'],
      );
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it('keeps the data small', () => {
    const sizes = files.reviewed.map(release => committed(release).length);
    assert.ok(sizes.reduce((sum, size) => sum + size) < 920_000);
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
      factsFor(release, files).images.some(
        image => image.path === 'deploykf_opt.deploykf_minio.images.shell',
      );
    assert.deepEqual(['0.1.4', '0.1.5', '0.1.6'].map(has), [false, true, true]);
  });
});

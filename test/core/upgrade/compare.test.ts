import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import samples from '../../../server/catalog/samples.json' with { type: 'json' };
import { StackView } from '../../../server/src/core/analysis/stackView.ts';
import { CatalogIndex } from '../../../server/src/core/catalog/catalogIndex.ts';
import { parsePolicy } from '../../../server/src/core/policy/parse.ts';
import { compareReleaseViews, isWorkNeeded } from '../../../server/src/core/upgrade/compare.ts';
import type { Upgrade } from '../../../server/src/core/upgrade/types.ts';
import type { Value } from '../../../server/src/core/yaml/value.ts';
import { catalogs, viewOf } from '../../support/views.ts';

const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = samples;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly registry?: unknown;
  readonly all?: boolean;
  /** Makes other defaults of the new release. */
  readonly change?: (defaults: Record<string, Value>) => void;
}

function upgradeOf(
  yaml: string | readonly string[],
  { from = '0.1.4', to = '0.1.5', registry, all = false, change }: Options = {},
): Upgrade {
  const policy = registry === undefined ? undefined : parsePolicy(registry).policy;
  const layers = typeof yaml === 'string' ? [yaml] : yaml;
  const before = viewOf(layers, { release: from, ...(policy && { policy }) });
  const catalog = catalogs.of(to)?.catalog;
  assert.ok(catalog);
  const defaults = structuredClone(catalog.defaults);
  change?.(defaults);
  const other = change === undefined ? catalogs.of(to) : new CatalogIndex({ ...catalog, defaults });
  assert.ok(other);
  const stack = { ...before.stack, release: to, catalog: to };
  const after = new StackView(stack, { catalog: other, policy, retired: catalogs.retired });
  return compareReleaseViews({ before, after }, { stack: 'prod', all });
}

/** Line and problem of each override. */
function overridesOf(...given: Parameters<typeof upgradeOf>): readonly string[] {
  return upgradeOf(...given).overrides.map(
    ({ range, what, message }) => `${range.start.line + 1} ${what}: ${message}`,
  );
}

const upstreamHost = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

describe('the images of an upgrade', () => {
  it('change as those of the samples do, release by release', () => {
    const changes = catalogs.releases.slice(1).map((to, index) => {
      const from = catalogs.releases[index] ?? '';
      // Each release with its own sample would have the same images.
      const sample = JSON.stringify(texts[from]?.['sample-values.yaml']);
      const { images } = upgradeOf(sample, { from, to });
      return [images.added.length, images.removed.length, images.same];
    });
    assert.deepEqual(changes, [
      [2, 2, 77],
      [0, 0, 79],
      [1, 1, 78],
      [0, 0, 79],
      [38, 36, 43],
    ]);
  });
});

describe('debug', () => {
  it('x', () => {
    console.log(overridesOf(stringify(texts['0.1.4']?.['sample-values.yaml'])));
  });
});

import assert from 'node:assert/strict';
import { imageEntries } from '../../server/src/core/analysis/images.ts';
import { sharedFile } from '../support/shared.ts';
import { viewOf } from '../support/views.ts';

interface OracleCase {
  readonly id: string;
  readonly kind: string;
  readonly release: string;
  readonly why: string;
  readonly layers: readonly string[];
  readonly oracle: {
    readonly images?: Readonly<Record<string, string | readonly string[] | null>>;
    readonly merged?: Readonly<Record<string, unknown>>;
  };
}

const text = sharedFile('vectors/oracle.json');
const cases: readonly OracleCase[] = text === undefined ? [] : JSON.parse(text);

describe('images and merged values as the real generator makes them', () => {
  for (const { id, release, why, layers, oracle } of cases) {
    it(`${id}: ${why}`, () => {
      const view = viewOf(layers, { release });
      const entries = imageEntries(view);
      for (const [path, expected] of Object.entries(oracle.images ?? {})) {
        const own = entries.filter(entry => entry.path === path || entry.path.startsWith(`${path}[`));
        const rendered = own.map(entry => (entry.enabled ? (entry.rendered ?? null) : null));
        assert.deepEqual(Array.isArray(expected) ? rendered : (rendered[0] ?? null), expected, path);
      }
      for (const [path, expected] of Object.entries(oracle.merged ?? {})) {
        const value = view.effective.value(path);
        assert.deepEqual(value === undefined ? { $absent: true } : value, expected, path);
      }
    });
  }
});

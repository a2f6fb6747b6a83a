import assert from 'node:assert/strict';
import { Effective } from '../../server/src/core/stack/effective.ts';
import { fileLayer } from '../../server/src/core/stack/layer.ts';
import { ValuesFile } from '../../server/src/core/stack/valuesFile.ts';
import type { Value } from '../../server/src/core/yaml/value.ts';
import { sharedFile } from '../support/shared.ts';

interface OracleCase {
  readonly id: string;
  readonly why: string;
  readonly release: string;
  readonly layers: readonly string[];
  readonly oracle: { readonly merged?: Readonly<Record<string, Value>> };
}

const absent = { $absent: true };
const oracle = sharedFile('vectors/oracle.json');

function mergedOf({ release, layers }: OracleCase, paths: readonly string[]): unknown {
  const texts = [sharedFile(`deploykf/${release}/default_values.yaml`) ?? '', ...layers];
  const effective = new Effective(
    texts.map((text, index) => fileLayer(new ValuesFile(`file:///${index}.yaml`, text), `${index}`)),
  );
  return Object.fromEntries(
    paths.map(path => [path, effective.value(path) ?? (effective.at(path) ? null : absent)]),
  );
}

describe('merge, as deployKF generates', function () {
  if (oracle === undefined) {
    it.skip('the rendered cases are not there');
    return;
  }
  const cases: readonly OracleCase[] = JSON.parse(oracle);
  for (const oracleCase of cases) {
    const { merged } = oracleCase.oracle;
    if (merged === undefined) continue;
    it(`${oracleCase.id}: ${oracleCase.why}`, () =>
      assert.deepEqual(mergedOf(oracleCase, Object.keys(merged)), merged));
  }
});

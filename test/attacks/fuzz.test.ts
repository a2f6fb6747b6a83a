// Texts as people and machines edit them. FUZZ_SEED=7 takes other edits, FUZZ_EDITS=200000 more of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeptCase, printCase } from '../support/fuzz/cases.ts';
import { fuzz } from '../support/fuzz/run.ts';
import { LimitedModule } from '../support/limited.ts';

const corpus = join(import.meta.dirname, '../corpus/fuzz');
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const edits = Number(process.env['FUZZ_EDITS'] ?? 2_000);

describe('Edited texts', function () {
  this.timeout(900_000);

  describe('that failed once', () => {
    const thread = new LimitedModule('test/support/fuzz/session.ts');
    after(() => thread.end());
    for (const name of readdirSync(corpus)) {
      it(`are right: ${name}`, async () => {
        const { kind, text, edits: made } = JSON.parse(readFileSync(join(corpus, name), 'utf8')) as KeptCase;
        assert.equal(await thread.call('replayCase', [{ kind, text, edits: made }]), undefined);
      });
    }
  });

  it(`break nothing: ${edits} edits from seed ${seed}`, async () => {
    const { failures, counts } = await fuzz({ seed, edits });
    assert.deepEqual(
      failures.map(failure => `${failure.message}\n${printCase(failure.case)}`),
      [],
    );
    const least = edits / 20 - 100;
    const rare = [...counts].filter(([, count]) => count < least);
    assert.deepEqual([rare, counts.size], [[], 12], 'everything is attacked thousands of times');
  });
});

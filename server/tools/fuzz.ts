// npm run fuzz [-- --edits N --seed N]: attacks every reader, feature and fix with edited texts; keeps what fails, made small.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printCase } from '../../test/support/fuzz/cases.ts';
import { seedOf } from '../../test/support/fuzz/random.ts';
import { fuzz } from '../../test/support/fuzz/run.ts';

const { values } = parseArgs({ options: { edits: { type: 'string' }, seed: { type: 'string' } } });
const edits = wholeNumber(values.edits, 20_000);
const seed = wholeNumber(values.seed, Math.floor(Math.random() * 2 ** 31));
const corpus = fileURLToPath(new URL('../../test/corpus/fuzz/', import.meta.url));

console.log(`${edits} edits from seed ${seed}: npm run fuzz -- --edits ${edits} --seed ${seed}`);
const start = performance.now();
const result = await fuzz({
  seed,
  edits,
  onProgress: made => {
    if (made % 10_000 === 0) console.log(`${made} edits after ${seconds()} s`);
  },
  onFailure: ({ case: { check, kind }, message }) =>
    console.log(`${check} in ${kind}: ${message.slice(0, 600)}`),
});
mkdirSync(corpus, { recursive: true });
for (const failure of result.failures) {
  const text = printCase(failure.case);
  const name = `${failure.case.check.replace(/\W+/g, '-')}-${seedOf(text).toString(16)}.json`;
  writeFileSync(join(corpus, name), text);
  const again = failure.isRepeated
    ? ''
    : ' (not again when tried alone: it may have been slow only because of others)';
  console.log(`\nkept as test/corpus/fuzz/${name}${again}\n${failure.message.slice(0, 1500)}`);
}
const counts = [...result.counts].map(([what, count]) => `${what} ${count}`).join(', ');
console.log(
  `\n${result.edits} edits in ${seconds()} s, ${result.failures.length} kinds of failures\n${counts}`,
);
process.exitCode = result.failures.length === 0 ? 0 : 1;

function seconds(): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function wholeNumber(text: string | undefined, usual: number): number {
  const number = text === undefined ? usual : Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`"${text ?? ''}" is not a whole number`);
  return number;
}

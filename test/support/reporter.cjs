// Mocha's spec reporter that also writes the totals and what failed to dist/test-results/<suite>.json, for server/tools/test.ts.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { default: Mocha } = require('mocha');

module.exports = class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failed = [];
    const retried = [];
    const describe = (test, error) => ({ title: test.fullTitle(), error: String(error?.stack ?? error) });
    runner.on('fail', (test, error) => failed.push(describe(test, error)));
    runner.on('retry', (test, error) => retried.push(describe(test, error)));
    runner.once('end', () => {
      const { passes, failures, pending, duration } = this.stats;
      const folder = join(__dirname, '../../dist/test-results');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${process.env.DEPLOYKF_SUITE ?? 'core'}.json`);
      writeFileSync(
        file,
        JSON.stringify({
          passed: passes,
          failed: failures,
          skipped: pending,
          duration,
          failures: failed,
          retried,
        }) + '\n',
      );
    });
  }
};

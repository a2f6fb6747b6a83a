import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { oldNodeProblem } from '../../server/src/cli/nodeVersion.ts';

describe('oldNodeProblem', () => {
  it('refuses what package.json does', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const [oldest = ''] = /\d+/.exec(engines.node) ?? [];
    assert.equal(
      oldNodeProblem(`${Number(oldest) - 1}.9.1`),
      `Node.js ${oldest} or newer is needed, and this is ${Number(oldest) - 1}.9.1: install a newer one`,
    );
    assert.equal(oldNodeProblem(`${oldest}.0.0`), undefined);
    assert.equal(oldNodeProblem('100.0.0'), undefined);
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from '../../server/tools/docs/pages.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import { codesIn } from '../support/examples.ts';

const directory = join(import.meta.dirname, '../../docs/rules');

describe('pages of the rules', () => {
  it('are current (npm run generate)', () => {
    const written = readdirSync(directory).toSorted();
    assert.deepEqual(written, [...rulePages().keys()].toSorted());
    for (const [name, text] of rulePages())
      assert.equal(readFileSync(join(directory, name), 'utf8'), text, name);
  });

  it('each is once in the overview, under a group', () => {
    const overview = rulePages().get('README.md') ?? '';
    const listed = [...overview.matchAll(/^\| \[`([\w-]+)`\]/gm)].map(match => match[1]);
    assert.deepEqual(listed.toSorted(), rules.map(({ code }) => code).toSorted());
  });

  for (const { code, doc } of rules) {
    it(`${code}: the bad example is reported, the good one is not`, () => {
      assert.ok(codesIn(doc.bad, doc, doc.badRelease).includes(code), 'bad');
      assert.ok(!codesIn(doc.good, doc).includes(code), 'good');
    });
  }
});

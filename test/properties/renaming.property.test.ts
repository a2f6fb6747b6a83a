import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renameFiles } from '../../server/src/core/features/rename/renameFile.ts';
import { joinUri } from '../../server/src/core/stack/uri.ts';
import { afterRenaming, namedIn, workspaceOf, type Files } from '../support/renaming.ts';
import { project, root, texts } from '../support/stacks.ts';

const files = { ...texts, '.deploykf-values.yaml': project.text };

const step = fc
  .string({
    unit: fc.constantFrom(...Array.from('ab.-@+,#=&;$%!~*?:|<>()[]{}"\'` _ü😀')),
    minLength: 1,
    maxLength: 8,
  })
  .filter(name => !/^\.\.?$/.test(name));
const path = fc.array(step, { minLength: 1, maxLength: 3 }).map(steps => `${steps.join('/')}.yaml`);

describe('properties: renaming values files', () => {
  it('every definition names the file as it is called, and the way back restores it', () =>
    fc.assert(
      fc.property(path, name => {
        const renamed = afterRenaming(files, [['base.yaml', name]]);
        assert.deepEqual(namedIn(renamed), [`./${name}`, 'values/prod.yaml', name, 'values/prod.yaml']);
        const again = afterRenaming(renamed, [[name, 'base.yaml']]);
        assert.deepEqual(namedIn(again), [
          './base.yaml',
          'values/prod.yaml',
          'base.yaml',
          'values/prod.yaml',
        ]);
      }),
      { numRuns: 60 },
    ));

  const scripts = [
    ['run.sh', 'deploykf generate -V 0.1.5 -f base.yaml -O out\n'],
    ['ci/run.sh', `deploykf generate -f other.yaml -f "../base.yaml" -f 'base.yaml'\n`],
    ['run.ps1', 'deploykf generate -f .\\base.yaml,other.yaml `\n  -f "base.yaml"\n'],
    ['Makefile', 'x:\n\tdeploykf generate -f base.yaml # all\n'],
    ['ci.yml', `- run: deploykf generate -f base.yaml -O out\n- {run: 'deploykf generate -f "base.yaml"'}\n`],
  ] as const;

  it('every script names the file as it is called, or as before and that is told', () =>
    fc.assert(
      fc.property(path, fc.constantFrom(...scripts), (name, [script, text]) => {
        const before = { 'base.yaml': texts['base.yaml'] ?? '', [script]: text };
        const uris = (own: Files): readonly string[] => workspaceOf(own).plans.flatMap(plan => plan.uris);
        const stale = renameFiles(workspaceOf(before), [
          { from: joinUri(root, 'base.yaml'), to: joinUri(root, name) },
        ]).stale.length;
        const expected = uris(before).map(uri =>
          uri === joinUri(root, 'base.yaml') ? joinUri(root, name) : uri,
        );
        const renamed = afterRenaming(before, [['base.yaml', name]]);
        if (stale === 0) assert.deepEqual(uris(renamed), expected);
        else assert.equal(namedIn(renamed).length, namedIn(before).length);
      }),
      { numRuns: 120 },
    ));
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterRenaming, namedIn } from '../support/renaming.ts';
import { project, texts } from '../support/stacks.ts';

const files = { ...texts, '.deploykf-values.yaml': project.text };

const step = fc
  .string({ unit: fc.constantFrom(...Array.from('ab.-@+,#=&;$%!~*?:|<>()[]{}"\'` _ü😀')), minLength: 1, maxLength: 8 })
  .filter(name => !/^\.\.?$/.test(name));
const path = fc.array(step, { minLength: 1, maxLength: 3 }).map(steps => `${steps.join('/')}.yaml`);

describe('properties: renaming values files', () => {
  it('every definition names the file as it is called, and the way back restores it', () =>
    fc.assert(
      fc.property(path, name => {
        const renamed = afterRenaming(files, [['base.yaml', name]]);
        assert.deepEqual(namedIn(renamed), [`./${name}`, 'values/prod.yaml', name, 'values/prod.yaml']);
        const again = afterRenaming(renamed, [[name, 'base.yaml']]);
        assert.deepEqual(namedIn(again), ['./base.yaml', 'values/prod.yaml', 'base.yaml', 'values/prod.yaml']);
      }),
      { numRuns: 100 },
    ));
});

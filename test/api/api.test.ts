import assert from 'node:assert/strict';
import { join } from 'node:path';
import { check, images, type CheckOptions } from '../../server/src/api/api.ts';
import { inWorkspace } from '../support/cli.ts';

const values = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const files = {
  'values.yaml': values,
  '.deploykf-values.yaml': 'stacks:\n  - {name: prod, values: [values.yaml]}\n',
};

describe('the library', () => {
  it(
    'says what check and images say as JSON',
    inWorkspace(files, async workspace => {
      const cwd = workspace.root;
      const { messages, ...checked } = await check({ cwd, stack: 'prod' });
      assert.deepEqual(checked, await workspace.json(['check', '--stack', 'prod']));
      assert.deepEqual(messages, []);
      assert.ok(checked.findings.length > 0);
      const { messages: _notes, ...listed } = await images({ cwd, values: ['values.yaml'] });
      assert.deepEqual(listed, await workspace.json(['images', '--values', 'values.yaml']));
    }),
  );

  it(
    'takes files whose names a shell would split, folders and texts',
    inWorkspace({ 'a,b.yaml': values, 'folder/c.yaml': values }, async ({ root: cwd }) => {
      const { findings } = await check({ cwd, files: ['a,b.yaml', 'folder'], release: '0.1.5' });
      assert.deepEqual(new Set(findings.map(({ file }) => file)), new Set(['a,b.yaml', 'folder/c.yaml']));
      const layered = await images({ cwd, values: ['a,b.yaml'], release: '0.1.5' });
      assert.equal(layered.stack, 'a,b.yaml');
      const ofText = await check({ cwd, text: values });
      assert.deepEqual(new Set(ofText.findings.map(({ file }) => file)), new Set(['-']));
    }),
  );

  it(
    'rejects where it could not run',
    inWorkspace(files, async ({ root: cwd }) => {
      await assert.rejects(check({ cwd, files: ['nowhere.yaml'] }), {
        message: 'nowhere.yaml does not exist',
      });
      await assert.rejects(images({ cwd, stack: 'nowhere' }), /nowhere/);
      await assert.rejects(check({ cwd: join(cwd, 'nowhere') }), /nowhere is not a folder/);
    }),
  );

  it(
    'speaks of its own options and not of flags',
    inWorkspace({ ...files, 'b.yaml': values }, async ({ root: cwd }) => {
      const both = { cwd, values: ['values.yaml'] };
      const choose = 'cannot be combined: choose one of them';
      await assert.rejects(images({ ...both, stack: 'prod' }), { message: `"values" and "stack" ${choose}` });
      await assert.rejects(check({ ...both, text: '' }), { message: `"text" and "values" ${choose}` });
      await assert.rejects(check({ cwd, files: ['b.yaml'], stack: 'prod' }), {
        message: `"files" and "stack" ${choose}`,
      });
      await assert.rejects(check({ cwd, release: '0.1.5', generator: 'no' }), {
        message: `"release" and "generator" ${choose}`,
      });
      await assert.rejects(check({ cwd, release: '9.9' }), /\(name one with "generator", or/);
      await assert.rejects(
        images({ cwd, files: ['values.yaml', 'b.yaml'] }),
        /in their order with "values"$/,
      );
      await assert.rejects(check({ cwd, text: 'a: 1' }), /^Error: the text does not hold/);
      await assert.rejects(check({ cwd, baseline: 'no.json' }), {
        message: 'no.json does not exist: write it with deploykf-values check --update-baseline',
      });
    }),
  );

  it('refuses what the types do not allow', async () => {
    const wrong = { files: 'values.yaml' } as unknown as CheckOptions;
    await assert.rejects(check(wrong), { message: 'files has to be an array of strings' });
    const unknown = { updateBaseline: true } as CheckOptions;
    await assert.rejects(check(unknown), { message: 'unknown option "updateBaseline" of check' });
    const near = { vaules: ['a.yaml'] } as CheckOptions;
    await assert.rejects(images(near), /did you mean "values"\?/);
  });
});

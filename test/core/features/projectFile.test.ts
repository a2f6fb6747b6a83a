import assert from 'node:assert/strict';
import { extendedProjectText, projectFileText } from '../../../server/src/core/features/projectFile.ts';
import { policyForRegistry } from '../../../server/src/core/policy/presets.ts';
import { readProject } from '../../../server/src/core/workspace/settings.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';

const stack = { name: 'prod', release: '0.1.4', values: ['a.yaml', 'b.yaml'] };
const policy = policyForRegistry('r.example.com');
const content = { release: '0.1.5', policy, stacks: [stack] };
const fileOf = (text: string): ValuesFile => new ValuesFile('file:///.deploykf-values.yaml', text);

describe('the text of a project file', () => {
  it('is read back as what it was made of', () => {
    const { settings, problems } = readProject(fileOf(projectFileText(content)), { releases: [], codes: [] });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.policy, policy);
    assert.equal(settings.release, '0.1.5');
    assert.deepEqual(
      settings.stacks.map(({ name, release, values }) => ({ name, release, values })),
      [stack],
    );
  });

  it('shows how to say what nobody has said', () => {
    const text = projectFileText({ release: undefined, policy: undefined, stacks: [] });
    assert.deepEqual(readProject(fileOf(text), { releases: [], codes: [] }).problems, []);
    for (const key of ['release', 'registry', 'stacks', 'rules'])
      assert.match(text, new RegExp(`^# ${key}:`, 'm'));
  });

  it('is extended by what it lacks, every other byte as it was', () => {
    const without = { release: '0.1.5', policy: undefined, stacks: [] };
    assert.equal(
      extendedProjectText(fileOf('# a\r\nrules: {}\r\n'), without),
      '# a\r\nrules: {}\r\nrelease: 0.1.5\r\n',
    );
    assert.equal(extendedProjectText(fileOf('# a\n'), without), '# a\nrelease: 0.1.5\n');
    const full = 'release: 0.1.2 # ours\nregistry: ~\nstacks: ~ # none\n';
    assert.equal(
      extendedProjectText(fileOf(full), content),
      'release: 0.1.2 # ours\nregistry: ~\nstacks: [{name: prod, release: 0.1.4, values: [a.yaml, b.yaml]}] # none\n',
    );
  });

  it('is not touched where it cannot be read', () => {
    for (const text of ['a: [\n', '- a\n', 'text\n', 'stacks: prod\n'])
      assert.equal(extendedProjectText(fileOf(text), content), undefined, text);
  });
});

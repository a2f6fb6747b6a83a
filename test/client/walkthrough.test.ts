import assert from 'node:assert/strict';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { rules } from '../../server/src/core/rules/index.ts';
import { codesIn } from '../support/examples.ts';
import { readText } from '../support/sources.ts';

const declared = manifest.contributes.commands.map(({ command }) => `onCommand:${command}`);
const views = manifest.contributes.views.deploykf.map(({ id }) => `onView:${id}`);

describe('the walkthrough', () => {
  const steps = manifest.contributes.walkthroughs.flatMap(walkthrough => walkthrough.steps);

  it('has four steps', () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['stacks', 'registry', 'pullSecrets', 'mirror'],
    );
  });

  for (const { id, description, media, completionEvents } of steps) {
    it(`${id}: each button leads somewhere, and completes the step`, () => {
      const text = (texts as Readonly<Record<string, string>>)[description.slice(1, -1)] ?? '';
      const buttons = [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, command = '']) =>
        command.endsWith('.focus') ? `onView:${command.slice(0, -'.focus'.length)}` : `onCommand:${command}`,
      );
      assert.ok(buttons.length > 0);
      assert.deepEqual(
        buttons.filter(button => ![...declared, ...views].includes(button)),
        [],
      );
      assert.deepEqual(completionEvents.toSorted(), buttons.toSorted());
    });

    it(`${id}: its page is packaged, and its examples have no errors and warnings`, () => {
      assert.ok(readText('test/support/packagedFiles.txt')?.split('\n').includes(media.markdown));
      const page = readText(media.markdown) ?? '';
      const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, example = '']) => example);
      const codes = examples.flatMap(example => codesIn(example, noDoc));
      // A policy alone reports what the step then rewrites.
      const usual = [...codesIn('kubeflow_tools: {}\n', noDoc), 'image-not-overridden'];
      const grave = rules.filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.deepEqual(
        codes.filter(found => !usual.includes(found) && grave.some(({ code }) => code === found)),
        [],
      );
    });
  }
});

const noDoc = { summary: '', why: '', bad: '', good: '' };

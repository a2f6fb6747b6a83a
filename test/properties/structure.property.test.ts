import fc from 'fast-check';
import type { FuzzKind } from '../support/fuzz/cases.ts';
import { checkNavigation, checkWhole } from '../support/fuzz/checkFeatures.ts';
import { worldOf } from '../support/fuzz/world.ts';
import { sharedFile } from '../support/shared.ts';
import { applyRandomEdit, randomEdit, yamlText } from '../support/yamlTexts.ts';

const edits = fc.array(randomEdit, { maxLength: 5 });

/** An Application with a text as its values, in the given style. */
function inApplication(text: string, style: string): string {
  const lines = text.split('\n').map(line => `      ${line}`);
  const values = style === '"' ? `      ${JSON.stringify(text)}` : lines.join('\n');
  const head = ['kind: Application', 'spec:', '  source:', '    plugin:', '      name: deploykf'];
  const parameters = ['      parameters:', '    - name: values'];
  return [...head, ...parameters, `      string: ${style === '"' ? '' : style}`, values, ''].join('\n');
}

function check(kind: FuzzKind, text: string, at: number): void {
  const world = worldOf(kind, text);
  checkWhole(world, []);
  checkNavigation(world, at % (text.length + 1));
}

describe('properties: symbols, folds, selections, lenses and hints', function () {
  // Generous, as the machine may be busy with something else.
  this.timeout(60_000);

  it('are in the text, and never throw', () =>
    fc.assert(
      fc.property(yamlText, edits, fc.nat(), (before, steps, at) =>
        check('values', steps.reduce(applyRandomEdit, `kubeflow_tools: {}\n${before}`), at),
      ),
      { numRuns: 100 },
    ));

  it('are in the text around the values of an Application', () =>
    fc.assert(
      fc.property(
        yamlText,
        fc.constantFrom('|', '|-', '>', '|2', '"'),
        edits,
        fc.nat(),
        (before, style, steps, at) =>
          check('application', steps.reduce(applyRandomEdit, inApplication(before, style)), at),
      ),
      { numRuns: 100 },
    ));

  it("are in upstream's own file, whatever is typed in it", function () {
    const text = sharedFile('deploykf/0.1.5/default_values.yaml');
    if (text === undefined) return this.skip();
    fc.assert(
      fc.property(edits, fc.nat(), (steps, at) => check('values', steps.reduce(applyRandomEdit, text), at)),
      { numRuns: 8 },
    );
  });
});

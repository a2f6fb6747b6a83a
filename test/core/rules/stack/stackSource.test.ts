import assert from 'node:assert/strict';
import { checkFile } from '../../../../server/src/core/check/check.ts';
import { workspaceOf } from '../../../support/renaming.ts';
import { root } from '../../../support/stacks.ts';

const head =
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: app }\nspec:\n  source:\n    repoURL: https://example.com/a.git\n    path: .\n    plugin:\n      name: deploykf\n      parameters:\n';

function read(...parameters: readonly string[]): {
  readonly release: string | undefined;
  readonly said: readonly string[];
} {
  const text = head + parameters.map(parameter => `        - ${parameter}\n`).join('');
  const snapshot = workspaceOf({ 'app.yaml': text });
  const said = checkFile(snapshot, `${root}app.yaml`)
    .filter(({ code }) => code === 'stack-source')
    .map(({ span, message }) => `${text.slice(0, span.start).split('\n').length - 10}: ${message}`);
  return { release: snapshot.plans[0]?.release, said };
}

const values = '{ name: values, string: "kubeflow_tools: { katib: { enabled: true } }" }';
const version = (text: string): string => `{ name: source_version, string: "${text}" }`;

describe('parameters of the plugin that an Application gives twice', () => {
  it('count as the last one, which is said at the others', () => {
    const again = (name: string): string =>
      `"${name}" has no effect: it is given again below, and the plugin takes the last one, remove one of them`;
    assert.deepEqual(read(version('0.1.3'), values, version('0.1.4')), {
      release: '0.1.4',
      said: [`1: ${again('source_version')}`],
    });
    assert.deepEqual(read(version('0.1.3'), values, values).said, [`2: ${again('values')}`]);
  });

  it('count where they have a text', () => {
    assert.equal(read(version('0.1.3'), values, '{ name: source_version }').release, '0.1.3');
    assert.deepEqual(read(version('0.1.3'), values), { release: '0.1.3', said: [] });
  });
});

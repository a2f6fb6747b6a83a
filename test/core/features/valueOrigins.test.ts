import assert from 'node:assert/strict';
import { definition } from '../../../server/src/core/features/definition.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import {
  effectivePlace,
  overriddenValues,
  valueOrigins,
} from '../../../server/src/core/features/valueOrigins.ts';
import type { StackPlan } from '../../../server/src/core/stack/plan.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { effectiveDocument } from '../../../server/src/core/workspace/effectiveValues.ts';
import { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { virtualText } from '../../../server/src/core/workspace/virtualDocuments.ts';
import { defaultsUri, effectiveUri, mergedUri } from '../../../server/src/core/workspace/virtualUris.ts';
import { root, snapshot, texts } from '../../support/stacks.ts';
import { catalogs } from '../../support/views.ts';

const world = snapshot();
const plan = world.plans.find(({ name }): boolean => name === 'app') as StackPlan;
const uri = effectiveUri(plan.id, plan.name);

function shown() {
  const document = effectiveDocument(world, uri);
  assert.ok(document);
  return document;
}

describe('effective values', () => {
  const dex = /\n {6}dex:\n {8}repository: (?=ghcr)/;

  it('say where each line comes from', () => {
    const { file } = shown();
    const at = file.text.search(dex);
    const end = file.text.indexOf('pullPolicy', at);
    const origins = valueOrigins(shown(), { start: at + 5, end });
    const lines = origins.map(({ offset, label, place }) => {
      const { line } = file.source.positionAt(offset);
      return `${file.source.lineText(line).trim()} ${label} ${place?.uri.replace(root, '') ?? ''}`;
    });
    assert.deepEqual(lines.slice(0, 2), [
      'repository: ghcr.io/dexidp/dex ⟵ default ',
      'tag: v3 ⟵ app.yaml:13 app.yaml',
    ]);
  });

  it('lead to their origin, and to the default', () => {
    const { text } = shown().file;
    const at = text.search(dex);
    const [winner] = definition(world, uri, text.indexOf('tag', at));
    assert.deepEqual([winner?.uri, winner?.start.line], [`${root}app.yaml`, 12]);
    assert.equal(definition(world, uri, text.indexOf('repository', at))[0]?.uri, defaultsUri('0.1.5'));
  });

  it('have the hover of the value, of this stack alone', () => {
    const { text } = shown().file;
    const found = hover(world, uri, text.indexOf('tag', text.search(dex)));
    assert.match(found?.markdown ?? '', /v3[^]*app\.yaml:13/);
    assert.doesNotMatch(found?.markdown ?? '', /stack prod/);
  });

  it('have resolved tags in place of open ones, and hidden images as comments', () => {
    const file = new ValuesFile(`${root}a.yaml`, 'kubeflow_tools: { katib: { enabled: true } }\n');
    const alone = Snapshot.of({ catalogs, folders: [], files: new Map([[file.uri, file]]) });
    const id = alone.plans[0]?.id ?? '';
    const text = virtualText(alone, effectiveUri(id, '')) ?? '';
    assert.deepEqual(new ValuesFile('', text).yaml.problems, []);
    assert.match(text, /\n {8}repository: \S+\/katib-controller\n {8}tag: v0\.15\.0\n/);
    assert.match(text, /\n {2}katib:\n {4}# \S+\/file-metrics-collector:\S+ \(no value can change it\)\n/);
    assert.match(virtualText(alone, mergedUri(id, '')) ?? '', /\n {8}tag: ~\n/);
  });

  it('are opened at the path of the caret', () => {
    const offset = (texts['base.yaml'] ?? '').indexOf('tag');
    const place = effectivePlace(world, uri, { uri: `${root}base.yaml`, offset });
    const line = shown().file.source.lineText(place?.start.line ?? 0);
    assert.deepEqual([place?.uri, line.trim()], [uri, 'tag: v3']);
  });
});

describe('overridden values', () => {
  const overridden = (name: string): unknown =>
    overriddenValues(world, root + name).map(({ start, by }) => [start.line, by]);

  it('are those that count in no stack of the file', () =>
    assert.deepEqual(overridden('base.yaml'), [[4, ['app.yaml:13 (app)', 'values/prod.yaml:1 (prod)']]]));
  it('are not those that win in one', () => assert.deepEqual(overridden('values/prod.yaml'), []));
});

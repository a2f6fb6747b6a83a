import assert from 'node:assert/strict';
import { definition, references, type Target } from '../../../server/src/core/features/definition.ts';
import { virtualText } from '../../../server/src/core/workspace/virtualDocuments.ts';
import { defaultsUri, effectiveUri } from '../../../server/src/core/workspace/virtualUris.ts';
import type { Snapshot } from '../../../server/src/core/workspace/snapshot.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { root, snapshot, texts } from '../../support/stacks.ts';

function at(name: string, text: string): readonly [Snapshot, string, number] {
  return [snapshot(), root + name, (texts[name] ?? '').indexOf(text)];
}

function print(targets: readonly Target[]): readonly string[] {
  return targets.map(({ uri, start }) => `${uri.replace(root, '')}:${start.line + 1}:${start.character + 1}`);
}

describe('go to definition', () => {
  it('leads to the layer that wins, in every stack of the file', () =>
    assert.deepEqual(print(definition(...at('base.yaml', 'tag'))), [
      'app.yaml:13:49',
      'values/prod.yaml:1:52',
    ]));
  it('leads from the winner to what it overrides', () =>
    assert.deepEqual(print(definition(...at('app.yaml', 'tag: v3'))), ['values/prod.yaml:1:52']));
  it('leads from the only layer to the default', () =>
    assert.deepEqual(print(definition(...at('base.yaml', 'images'))).length, 2));
});

describe('find references', () => {
  it('lists every layer and the default', () =>
    assert.deepEqual(
      print(references(...at('base.yaml', 'tag'))).map(place => place.replace(/:\d+:\d+$/, '')),
      ['app.yaml', 'values/prod.yaml', 'base.yaml', defaultsUri('0.1.5')],
    ));
});

describe('virtual documents', () => {
  it('show the defaults as values of the release', () => {
    const file = new ValuesFile('', virtualText(snapshot(), defaultsUri('0.1.5')) ?? '');
    assert.deepEqual(file.yaml.problems, []);
    assert.equal(file.isValues, true);
  });
  it('show what is left after the merge', () => {
    const plan = snapshot().plans.find(candidate => candidate.name === 'app');
    const text = virtualText(snapshot(), effectiveUri(plan?.id ?? '', 'app'));
    assert.match(
      text ?? '',
      /^# Stack app: what is left of defaults of 0\.1\.5, base\.yaml, values\/prod\.yaml, app\.yaml after the merge\n/,
    );
    assert.match(text ?? '', /\n {6}dex:\n {8}repository: ghcr\.io\/dexidp\/dex\n {8}tag: v3\n/);
  });
  it('are gone with their stack', () =>
    assert.equal(virtualText(snapshot(), effectiveUri('no', 'no')), undefined));
});

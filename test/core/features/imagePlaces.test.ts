import assert from 'node:assert/strict';
import { imagePlace, imageRefAt, type ImageRef } from '../../../server/src/core/features/imagePlaces.ts';
import { ValuesFile } from '../../../server/src/core/stack/valuesFile.ts';
import { root, snapshot, texts } from '../../support/stacks.ts';

const auth = 'deploykf_core.deploykf_auth';
const dex = `${auth}.images.dex`;
const [application, project] = snapshot().plans.map(({ id }) => id);

/** `file:line:column` counted from 0. */
function place(ref: Omit<ImageRef, 'stack'>, stack = project ?? ''): string | undefined {
  const found = imagePlace(snapshot(), { stack, ...ref });
  return found && `${found.uri.slice(root.length)}:${found.start.line}:${found.start.character}`;
}

describe('an image of the Images view', () => {
  it('is where it is set', () => {
    assert.equal(place({ component: auth, image: dex }), 'values/prod.yaml:0:56');
    assert.equal(place({ component: auth, image: dex }, application), 'app.yaml:12:53');
  });

  it('is where an override of it would go', () => {
    const image = `${auth}.images.oauth2Proxy`;
    assert.equal(place({ component: auth, image }), 'values/prod.yaml:0:34');
    assert.equal(place({ component: auth }), 'values/prod.yaml:0:17');
    assert.equal(place({ component: 'kubeflow_tools.katib', image: 'busybox:1.28' }), 'values/prod.yaml:0:0');
    assert.equal(place({}), 'values/prod.yaml:0:0');
  });

  it('is at the start of an empty file, and nowhere in a stack that is gone', () => {
    const empty = snapshot().withFile(`${root}other.yaml`, new ValuesFile(`${root}other.yaml`, ''));
    assert.equal(imagePlace(empty, { stack: 'gone', image: dex }), undefined);
    const cleared = snapshot().withFile(
      `${root}values/prod.yaml`,
      new ValuesFile(`${root}values/prod.yaml`, ''),
    );
    const found = imagePlace(cleared, {
      stack: project ?? '',
      component: auth,
      image: `${auth}.images.oauth2Proxy`,
    });
    assert.deepEqual(found?.start, { line: 0, character: 0 });
  });

  it('is found from its place, else its component or its stack', () => {
    const at = (file: string, text: string): ImageRef | undefined =>
      imageRefAt(snapshot(), root + file, (texts[file] ?? '').indexOf(text));
    assert.deepEqual(at('values/prod.yaml', 'v2'), { stack: application, component: auth, image: dex });
    assert.deepEqual(at('app.yaml', 'v3'), { stack: application, component: auth, image: dex });
    assert.deepEqual(at('values/prod.yaml', 'images'), { stack: application, component: auth });
    assert.deepEqual(at('values/prod.yaml', 'deploykf_core'), { stack: application });
    assert.deepEqual(at('app.yaml', 'kind'), { stack: application });
    assert.equal(imageRefAt(snapshot(), `${root}none.yaml`, 0), undefined);
  });
});

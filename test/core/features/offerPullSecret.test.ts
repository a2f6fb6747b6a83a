import assert from 'node:assert/strict';
import { offerPullSecret } from '../../../server/src/core/features/offerPullSecret.ts';
import { viewOf } from '../../support/views.ts';

const view = viewOf([
  'deploykf_core: {deploykf_auth: {images: {dex: {repository: registry.example.com/dex}}}}\n',
]);

describe('the offer of a pull secret', () => {
  it('suggests what is not given, and says how to make it', () => {
    const { texts, ...offer } = offerPullSecret([view], { namespace: 'kyverno' });
    assert.deepEqual(offer, {
      name: 'my-docker-config',
      namespace: 'kyverno',
      registries: ['registry.example.com'],
      problems: {},
    });
    assert.match(texts?.script ?? '', /printf '%s' 'User name for registry\.example\.com: '/);
    assert.match(texts?.manifest ?? '', /\n {2}namespace: kyverno\n/);
  });

  it('has no texts while something is wrong', () => {
    const { problems, texts } = offerPullSecret([view], { name: '$(id)', registries: ['a b'] });
    assert.deepEqual([Object.keys(problems), texts], [['registries', 'name'], undefined]);
    assert.deepEqual(Object.keys(offerPullSecret([], {}).problems), ['registries']);
  });
});

import assert from 'node:assert/strict';
import { registryLayouts } from '../../../server/src/core/features/registryLayouts.ts';
import { viewOf } from '../../support/views.ts';

describe('The layouts of a registry', () => {
  it('are shown by images of the stack, the suggested one first', () => {
    const layouts = registryLayouts('r.example.com/m', viewOf(['']));
    assert.deepEqual(
      layouts.slice(0, 2).map(({ example, isSuggested }) => [example, isSuggested]),
      [
        ['docker.io/istio/proxyv2 → r.example.com/m/docker.io/istio/proxyv2', true],
        ['docker.io/library/mysql → r.example.com/m/library/mysql', false],
      ],
    );
    assert.equal(layouts.length, 6);
  });

  it('are shown by known images where the file has no stack', () =>
    assert.equal(
      registryLayouts('docker.io/account', undefined)[0]?.example,
      'docker.io/istio/pilot → docker.io/account/istio-pilot',
    ));
});

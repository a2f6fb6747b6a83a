import assert from 'node:assert/strict';
import { nearestName } from '../../../server/src/core/catalog/nearestName.ts';
import { Catalogs } from '../../../server/src/host/catalogs.ts';

const names =
  new Catalogs().of('0.1.5')?.catalog.images.map(image => image.path.split('.').at(-1) ?? '') ?? [];

describe('nearestName', () => {
  const cases: readonly [name: string, nearest: string | undefined][] = [
    ['kfpApiSever', 'kfpApiServer'],
    ['kfpapiserver', 'kfpApiServer'],
    ['kfp_api_server', 'kfpApiServer'],
    ['kfpApiSevrer', 'kfpApiServer'],
    ['dx', 'dex'],
    ['zz', undefined],
    ['dexx', 'dex'],
    ['oauthProxy', 'oauth2Proxy'],
    ['kubect', 'kubectl'],
    ['minioMC', 'minioMc'],
    ['kyvernoBackground', undefined],
    ['nothingOfTheKind', undefined],
    ['', undefined],
  ];
  for (const [name, nearest] of cases) {
    it(`"${name}" gives ${nearest ?? 'nothing'}`, () => assert.equal(nearestName(name, names), nearest));
  }

  it('prefers the longest common beginning among equals', () =>
    assert.equal(nearestName('repositary', ['depository', 'repository']), 'repository'));
});

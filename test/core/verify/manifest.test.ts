import assert from 'node:assert/strict';
import { platformOfConfig, readManifest } from '../../../server/src/core/verify/manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('a manifest', () => {
  const unreadable: readonly (readonly [string, string, string])[] = [
    ['<html>', 'text/html', 'it is not JSON'],
    ['{"schemaVersion":2', '', 'it is not JSON'],
    ['[]', '', 'it is not a JSON object'],
    ['{}', 'application/x "y"\n', 'its type "application/x y" is not that of an image'],
    ['{"manifests":[{}]}', '', 'it names a manifest without a digest'],
    ['{"manifests":[{"digest":"sha256:../../x"}]}', '', 'it names a manifest without a digest'],
    [JSON.stringify({ manifests: Array(501).fill({ digest }) }), '', 'it names 501 manifests'],
  ];
  for (const [text, type, reason] of unreadable)
    it(`is not read: ${text.slice(0, 40)}`, () => {
      assert.deepEqual(readManifest(text, type), { kind: 'unreadable', reason });
    });

  it('of schema 1 is known by its version or its type', () => {
    assert.equal(readManifest('{"schemaVersion":1,"fsLayers":[]}', undefined).kind, 'schema1');
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    assert.equal(readManifest('{}', type).kind, 'schema1');
  });

  it('of an index tells platforms from attestations', () => {
    const read = readManifest(
      JSON.stringify({
        manifests: [
          { digest, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
          { digest, platform: { os: 'unknown', architecture: 'unknown' } },
          { digest, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
          { digest, platform: { os: 'a b', architecture: '\n' } },
        ],
      }),
      undefined,
    );
    const children = read.kind === 'index' ? read.children : [];
    assert.deepEqual(
      children.map(({ platform, isAttestation }) => [platform, isAttestation]),
      [
        ['linux/arm/v7', false],
        [undefined, true],
        [undefined, true],
        [undefined, false],
      ],
    );
  });

  it('has a configuration that names its platform, or nothing', () => {
    assert.equal(platformOfConfig('{"os":"linux","architecture":"amd64"}'), 'linux/amd64');
    assert.equal(platformOfConfig('{"os":"linux"}'), undefined);
    assert.equal(platformOfConfig('no'), undefined);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64, toBase64 } from '../../../server/src/core/text/base64.ts';

describe('base64', () => {
  it('is written of UTF-8', () => {
    assert.equal(toBase64('ä:€'), Buffer.from('ä:€').toString('base64'));
  });

  it("is read as Go's StdEncoding does", () => {
    const rows: readonly (readonly [string, string | undefined])[] = [
      ['', ''],
      ['YTpi', 'a:b'],
      ['YTpiYw==', 'a:bc'],
      ['YTpi\r\nYw==\n', 'a:bc'],
      ['a', undefined],
      ['a===', undefined],
      ['ab', undefined],
      ['ab=', undefined],
      ['a=b=', undefined],
      ['ab c', undefined],
      ['ab-_', undefined],
      ['====', undefined],
      ['=', undefined],
    ];
    assert.deepEqual(
      rows.map(([text]) => [text, decodeBase64(text, 'padded')]),
      rows,
    );
  });

  it("is read as Go's RawStdEncoding does", () => {
    const rows: readonly (readonly [string, string | undefined])[] = [
      ['YTpiYw', 'a:bc'],
      ['YTpi', 'a:b'],
      ['YTpiY', undefined],
      ['YTpiYw==', undefined],
    ];
    assert.deepEqual(
      rows.map(([text]) => [text, decodeBase64(text, 'bare')]),
      rows,
    );
  });

  it('agrees with Node', () =>
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        const text = Buffer.from(bytes).toString('base64');
        assert.equal(decodeBase64(text, 'padded'), Buffer.from(bytes).toString('latin1'));
        assert.equal(decodeBase64(text.replace(/=+$/, ''), 'bare'), Buffer.from(bytes).toString('latin1'));
      }),
      { numRuns: 200, seed: 3 },
    ));
});

import assert from 'node:assert/strict';
import { shownValue } from '../../../server/src/core/secrets/redactValue.ts';

const secret = { kind: 'Secret', metadata: { name: 'a' }, data: { x: 'SFVOVEVSMg==' }, stringData: { y: 'HUNTER2' } };

describe('what may be shown of a value', () => {
  it('is nothing of what is in Secrets, as maps and texts', () =>
    assert.deepEqual(
      shownValue(
        { kyverno: { extraManifests: [secret, 'kind: Secret\nstringData: {y: HUNTER2}\n'], namespace: 'kyverno' } },
        ['deploykf_dependencies'],
      ),
      {
        kyverno: {
          extraManifests: [
            { kind: 'Secret', metadata: { name: 'a' }, data: '…', stringData: '…' },
            'kind: Secret\nstringData: {…\n',
          ],
          namespace: 'kyverno',
        },
      },
    ));
  it('goes by the path to it', () =>
    assert.deepEqual(
      [
        shownValue(secret.data, ['a', 'extraManifests', 0, 'data']),
        shownValue('HUNTER2', ['a', 'extraManifests', 0, 'stringData', 'y']),
        shownValue(1, ['password']),
        shownValue('HUNTER2', ['password', 'value']),
        shownValue('data', ['data', 'y']),
      ],
      ['…', '…', '…', '…', 'data'],
    ));
  it('is where a password comes from, but not the password', () =>
    assert.deepEqual(shownValue([{ password: { type: 'hash', value: 'HUNTER2' } }, { password: '' }], ['users']), [
      { password: { type: 'hash', value: '…' } },
      { password: '' },
    ]));
});

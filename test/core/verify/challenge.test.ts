import assert from 'node:assert/strict';
import { parseChallenges } from '../../../server/src/core/verify/challenge.ts';

function read(header: string): unknown {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

describe('WWW-Authenticate', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['', []],
    ['Basic', [['basic', {}]]],
    ['Basic realm="test \\"quoted\\", realm"', [['basic', { realm: 'test "quoted", realm' }]]],
    [
      'Bearer realm="https://a/token",service="test, service",scope="repository:a/b:pull,push"',
      [['bearer', { realm: 'https://a/token', service: 'test, service', scope: 'repository:a/b:pull,push' }]],
    ],
    [
      'Negotiate, Basic realm="x", Bearer realm=https://a.b/token?x=1,service=s',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
        ['bearer', { realm: 'https://a.b/token?x=1', service: 's' }],
      ],
    ],
    ['BEARER Realm = "r" , SERVICE = s', [['bearer', { realm: 'r', service: 's' }]]],
    ['Bearer realm="never closed', [['bearer', { realm: 'never closed' }]]],
    [
      '"lone", =x, Basic realm=',
      [
        ['lone', {}],
        ['x', {}],
        ['basic', { realm: '' }],
      ],
    ],
    ['Negotiate abc==', [['negotiate', { abc: '=' }]]],
  ];
  for (const [header, wanted] of cases)
    it(JSON.stringify(header), () => {
      assert.deepEqual(read(header), wanted);
    });

  it('takes time in proportion to its length', () => {
    assert.equal(parseChallenges('Basic realm="\\"'.repeat(20_000)).length > 0, true);
  });
});

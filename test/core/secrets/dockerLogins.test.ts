import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dockerLogins } from '../../../server/src/core/secrets/dockerLogins.ts';

const auth = btoa('robot:s3cret');
const wanted = 'registry.example.com';

function why(config: unknown, registry = wanted): readonly string[] {
  const { credentials, lacking } = dockerLogins(config, [registry]);
  assert.deepEqual(credentials, []);
  return lacking.map(({ message }) => message);
}

describe('the logins of a docker config', () => {
  it('are those of the wanted registries only', () =>
    assert.deepEqual(
      dockerLogins(
        { auths: { [wanted]: { auth, email: 'a@b' }, 'other.example.com': { auth } }, HttpHeaders: {} },
        [wanted],
      ),
      { credentials: [{ registry: wanted, key: wanted, auth }], lacking: [], doubtful: [] },
    ));

  it('get the keys that a kubelet looks for, each once', () => {
    const config = {
      auths: {
        'docker.io': { auth: btoa('old:old') },
        'https://index.docker.io/v1/': { auth },
        'https://registry.example.com/v2/': { username: 'robot', password: 's3cret' },
        'registry.example.com/team': { auth },
      },
    };
    const { credentials } = dockerLogins(config, ['docker.io', wanted]);
    assert.deepEqual(credentials, [
      { registry: 'docker.io', key: 'https://index.docker.io/v1/', auth },
      { registry: wanted, key: wanted, auth },
      { registry: wanted, key: 'registry.example.com/team', auth },
    ]);
  });

  it("leave Docker Hub's access and refresh tokens out", () => {
    const tokens = {
      'https://index.docker.io/v1/access-token': { auth: btoa('robot:access') },
      'https://index.docker.io/v1/refresh-token': { auth: btoa('robot:refresh') },
    };
    assert.deepEqual(
      dockerLogins({ auths: { ...tokens, 'https://index.docker.io/v1/': { auth } } }, ['docker.io']),
      {
        credentials: [{ registry: 'docker.io', key: 'https://index.docker.io/v1/', auth }],
        lacking: [],
        doubtful: [],
      },
    );
    assert.deepEqual(why({ auths: tokens }, 'docker.io'), ['there is no login, run docker login first']);
    const ownPath = { 'registry.example.com/v1/access-token': { auth } };
    assert.deepEqual(dockerLogins({ auths: ownPath }, [wanted]).credentials, [
      { registry: wanted, key: 'registry.example.com/v1/access-token', auth },
    ]);
  });

  it('are none where a helper has the password', () => {
    assert.deepEqual(why({ auths: { [wanted]: {} }, credsStore: 'desktop' }), [
      'its password is kept by the credential store "desktop", not in the file, and a kubelet does not ask helpers',
    ]);
    assert.deepEqual(why({ auths: { [wanted]: {} }, credsStore: '\u001B[31m' }), [
      'its password is kept by a credential store, not in the file, and a kubelet does not ask helpers',
    ]);
    assert.deepEqual(why({ auths: {}, credHelpers: { [wanted]: 'ecr-login' } }), [
      'its password is kept by a credential helper ("credHelpers"), not in the file, and a kubelet does not ask helpers',
    ]);
    assert.deepEqual(why({ credHelpers: { 'other.example.com': 'ecr-login' } }), [
      'there is no login, run docker login first',
    ]);
  });

  it('are none, and no store has one, where nobody logged in', () =>
    assert.deepEqual(
      [why({ auths: { 'other.example.com': {} }, credsStore: 'desktop' }), why({ credsStore: '\u001B[31m' })],
      [
        [
          'there is no login in the file, and docker login would put the password into the credential store "desktop", which a kubelet does not ask',
        ],
        [
          'there is no login in the file, and docker login would put the password into a credential store, which a kubelet does not ask',
        ],
      ],
    ));

  it('are doubtful where docker asks a helper all the same', () => {
    const { credentials, doubtful } = dockerLogins({ auths: { [wanted]: { auth } }, credsStore: 'pass' }, [
      wanted,
    ]);
    assert.equal(credentials.length, 1);
    assert.deepEqual(doubtful, [
      {
        registry: wanted,
        message:
          'docker asks the credential store "pass" for it, so the password in the file may be out of date',
      },
    ]);
  });

  it('are none without a user name and password', () => {
    assert.match(
      why({ auths: { [wanted]: { auth: btoa('u:'), identitytoken: 't' } } }).join(),
      /^there is only an identity token/,
    );
    for (const entry of [
      null,
      'x',
      {},
      { auth: '%%%' },
      { auth: btoa('robot') },
      { auth: btoa(':p') },
      { username: 'u' },
    ])
      assert.match(
        why({ auths: { [wanted]: entry } }).join(),
        /^its login does not have a readable user name/,
      );
    for (const config of [undefined, null, 1, [], {}, { auths: [] }, { auths: null }])
      assert.deepEqual(why(config), ['there is no login, run docker login first']);
  });

  it('never appear in what is said, whatever the file holds', () => {
    const secret = 'S3CRET';
    const leaf = fc.constantFrom(secret, btoa(`u:${secret}`), btoa(secret), '', null, 7);
    const entry = fc.oneof(
      leaf,
      fc.dictionary(fc.constantFrom('auth', 'username', 'password', 'identitytoken'), leaf),
    );
    const config = fc.record(
      {
        auths: fc.oneof(leaf, fc.dictionary(fc.constantFrom(wanted, 'docker.io', `${wanted}/x`), entry)),
        credHelpers: leaf,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(config, value => {
        const { lacking, doubtful } = dockerLogins(value, [wanted, 'docker.io']);
        const said = JSON.stringify([lacking, doubtful]);
        return !said.includes(secret) && !said.includes(btoa(`u:${secret}`));
      }),
    );
  });
});

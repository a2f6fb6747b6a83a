import assert from 'node:assert/strict';
import fc from 'fast-check';
import { covers, decodeConfig, decodeData } from '../../../server/src/core/secrets/dockerConfig.ts';
import { isHubRepository, keyMatches } from '../../../server/src/core/secrets/registryKey.ts';

const json = 'kubernetes.io/dockerconfigjson';
const cfg = 'kubernetes.io/dockercfg';
const auth = base64('foo:bar');

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function config(auths: unknown): string {
  return JSON.stringify({ auths });
}

/** What is known of a config with one key. */
function hostsOf(key: string): readonly string[] {
  const decoded = decodeConfig(config({ [key]: { auth } }), json);
  return decoded.kind === 'config' ? decoded.hosts : [decoded.reason];
}

function isCovered(key: string, repository: string): boolean {
  const decoded = decodeConfig(config({ [key]: { auth } }), json);
  return decoded.kind === 'config' && covers(decoded, repository);
}

// TestUrlsMatch of kubernetes' pkg/credentialprovider/keyring_test.go.
const urls: readonly (readonly [string, string, boolean])[] = [
  ['*.kubernetes.io', 'prefix.kubernetes.io', true],
  ['prefix.*.io', 'prefix.kubernetes.io', true],
  ['prefix.kubernetes.*', 'prefix.kubernetes.io', true],
  ['*-good.kubernetes.io', 'prefix-good.kubernetes.io', true],
  ['*.kubernetes.io/blah', 'prefix.kubernetes.io/blah', true],
  ['prefix.*.io/foo', 'prefix.kubernetes.io/foo/bar', true],
  ['*.kubernetes.io:1111/blah', 'prefix.kubernetes.io:1111/blah', true],
  ['prefix.*.io:1111/foo', 'prefix.kubernetes.io:1111/foo/bar', true],
  ['*.kubernetes.io', 'kubernetes.io', false],
  ['*.*.kubernetes.io', 'prefix.kubernetes.io', false],
  ['*.*.kubernetes.io', 'kubernetes.io', false],
  ['kubernetes.io', 'kubernetes.com', false],
  ['k*.io', 'quay.io', false],
  ['*.kubernetes.io:1234/blah', 'prefix.kubernetes.io:1111/blah', false],
  ['prefix.*.io/foo', 'prefix.kubernetes.io:1111/foo/bar', false],
  // filepath.Match: classes, and stars in the middle.
  ['r[0-9].example.com', 'r7.example.com', true],
  ['r[^0-9].example.com', 'r7.example.com', false],
  ['r[0-9.example.com', 'r7.example.com', false],
  ['a*b*c.example.com', 'aXbYbZc.example.com', true],
  ['a*b*c.example.com', 'aXbYbZ.example.com', false],
  // The path is the beginning of a text, not of steps.
  ['example.com/foo', 'example.com/foobar/x', true],
];

// TestDockerKeyringForGlob: found for the repository with /foo/bar behind it.
const found: readonly (readonly [string, string])[] = [
  ['https://hello.kubernetes.io', 'hello.kubernetes.io'],
  ['https://*.docker.io', 'prefix.docker.io'],
  ['https://prefix.*.io', 'prefix.docker.io'],
  ['https://prefix.docker.*', 'prefix.docker.io'],
  ['https://*.docker.io/path', 'prefix.docker.io/path'],
  ['https://prefix.*.io/path', 'prefix.docker.io/path/subpath'],
  ['https://prefix.docker.*/path', 'prefix.docker.io/path'],
  ['https://*.docker.io:8888', 'prefix.docker.io:8888'],
  ['https://prefix.*.io:8888', 'prefix.docker.io:8888'],
  ['https://prefix.docker.*:8888', 'prefix.docker.io:8888'],
  ['https://*.docker.io/path:1111', 'prefix.docker.io/path:1111'],
  ['https://*.docker.io/v1/', 'prefix.docker.io/path:1111'],
  ['https://*.docker.io/v2/', 'prefix.docker.io/path:1111'],
  ['https://prefix.docker.*/path:1111', 'prefix.docker.io/path:1111'],
  ['prefix.docker.io:1111', 'prefix.docker.io:1111/path'],
  ['*.docker.io:1111', 'prefix.docker.io:1111/path'],
];

// TestKeyringMiss, TestKeyringMissWithDockerHubCredentials.
const missed: readonly (readonly [string, string])[] = [
  ['https://hello.kubernetes.io', 'world.mesos.org/foo/bar'],
  ['https://*.docker.com', 'prefix.docker.io'],
  ['https://suffix.*.io', 'prefix.docker.io'],
  ['https://prefix.docker.c*', 'prefix.docker.io'],
  ['https://prefix.*.io/path:1111', 'prefix.docker.io/path/subpath:1111'],
  ['suffix.*.io', 'prefix.docker.io'],
  ['https://index.docker.io/v1/', 'world.mesos.org/foo/bar'],
];

// The kubelet looks up the canonical name (ParseImageName of pkg/util/parsers), so docker.io works as a key, too.
const hubKeys: readonly (readonly [string, boolean])[] = [
  ['https://index.docker.io/v1/', true],
  ['http://index.docker.io/v1/', true],
  ['index.docker.io/v1/', true],
  ['https://index.docker.io/v2/', true],
  ['https://index.docker.io', true],
  ['https://index.docker.io/', true],
  ['index.docker.io', true],
  ['docker.io', true],
  ['https://docker.io/v1/', true],
  ['docker.io/library', true],
  ['https://index.docker.io/v1', false],
  ['index.docker.io/v1', false],
  ['docker.io/v2', false],
  ['https://registry-1.docker.io', false],
  ['https://registry.hub.docker.com/v1/', false],
  ['hub.docker.com', false],
  ['https://index.docker.io:443/v1/', false],
  ['HTTPS://index.docker.io/v1/', false],
  ['https://Index.Docker.io/v1/', false],
  ['www.docker.io', false],
];

describe('the key of a registry', () => {
  for (const [glob, target, expected] of urls)
    it(`${glob} ${expected ? 'matches' : 'misses'} ${target}`, () =>
      assert.equal(keyMatches(glob, target), expected));
  for (const [key, target] of found)
    it(`${key} is found for ${target}`, () => assert.equal(isCovered(key, `${target}/foo/bar`), true));
  for (const [key, target] of missed)
    it(`${key} is not found for ${target}`, () => assert.equal(isCovered(key, `${target}/foo/bar`), false));

  // TestIsDefaultRegistryMatch.
  for (const name of ['foo/bar', 'docker.io/foo/bar', 'index.docker.io/foo/bar', 'foo'])
    it(`${name} is of Docker Hub`, () => assert.equal(isHubRepository(name), true));
  for (const name of ['', 'registry.tld/foo/bar', 'registry:5000/foo/bar', 'myhostdocker.io/foo/bar'])
    it(`"${name}" is not`, () => assert.equal(isHubRepository(name), false));
});

describe('the key of Docker Hub', () => {
  for (const [key, works] of hubKeys)
    it(`${key} ${works ? 'works' : 'is used for no image'}`, () => {
      const decoded = decodeConfig(config({ [key]: { auth } }), json);
      assert.equal(decoded.kind === 'config' && covers(decoded, 'docker.io/library/mysql'), works);
      const problems = decoded.kind === 'config' ? decoded.problems.map(({ kind }) => kind) : [];
      assert.deepEqual(problems, works ? [] : ['hub']);
    });

  it('says where a wrong one stands', () => {
    const text = '{"auths": {"https://index.docker.io/v1": {"auth": "Zm9vOmJhcg=="}}}';
    const decoded = decodeConfig(text, json);
    assert.deepEqual(decoded.kind === 'config' && decoded.problems, [
      { kind: 'hub', host: 'index.docker.io/v1', span: { start: 11, end: 39 } },
    ]);
  });

  it('is hidden by an entry for docker.io without credentials', () => {
    const decoded = decodeConfig(config({ 'https://index.docker.io/v1/': { auth }, 'docker.io': {} }), json);
    assert.equal(decoded.kind === 'config' && covers(decoded, 'docker.io/library/mysql'), false);
  });
});

const usable = { kind: 'config', hosts: ['r.example.com'], problems: [] };
const bare = { kind: 'config', hosts: [], problems: [{ kind: 'bare', host: 'r.example.com' }] };
const broken = { kind: 'broken', reason: 'has an entry for "r.example.com" that cannot be read' };

describe('an entry of auths', () => {
  const entries: readonly (readonly [string, unknown, unknown])[] = [
    ['auth', { auth }, usable],
    ['auth without padding', { auth: auth.replace(/=+$/, '') }, usable],
    ['auth over lines', { auth: 'Zm9v\nOmJhcg==' }, usable],
    ['a password with colons', { auth: base64('foo:a:b') }, usable],
    ['username and password', { username: 'foo', password: 'bar' }, usable],
    ['names in another case', { Username: 'foo', PASSWORD: 'bar' }, usable],
    ['an empty auth beside a password', { auth: '', password: 'bar' }, usable],
    ['nothing', {}, bare],
    ['null', null, bare],
    ['tokens that the kubelet does not read', { identitytoken: 'x', registrytoken: 'y' }, bare],
    ['an email alone', { email: 'a@b.c' }, bare],
    ['an auth of nothing', { auth: base64(':') }, bare],
    ['auth without colon', { auth: base64('foo') }, broken],
    ['auth that is no base64', { auth: 'foo:bar' }, broken],
    ['auth with spaces around it', { auth: ` ${auth} ` }, broken],
    ['auth that is no text', { auth: 1 }, broken],
    ['a text in place of the entry', auth, broken],
  ];
  for (const [name, entry, expected] of entries)
    it(`with ${name}`, () =>
      assert.deepEqual(decodeConfig(config({ 'r.example.com': entry }), json), expected));
});

describe('a Docker config', () => {
  const broken = (reason: string): unknown => ({ kind: 'broken', reason });
  it('sorts its hosts as the kubelet does, without schemes, users and doubles', () =>
    assert.deepEqual(
      decodeConfig(
        config({
          'https://quay.io': { auth },
          'quay.io/coreos': { auth },
          'quay.io': { auth },
          'https://me:secret@r.example.com:5000/v2/': { auth },
          'r.example.com:port': { auth },
          'r.example.com/me@x': { auth },
          '': { auth },
        }),
        json,
      ),
      { kind: 'config', hosts: ['r.example.com:5000', 'quay.io/coreos', 'quay.io'], problems: [] },
    ));
  it('takes the last of two equal keys, and auths in any case', () =>
    assert.deepEqual(
      decodeConfig(
        `{"Auths": {"r.example.com": {}, "r.example.com": {"auth": "${auth}"}}, "auths": null}`,
        json,
      ),
      usable,
    ));
  it('ignores helpers, and tells of them', () =>
    assert.deepEqual(decodeConfig('{"credsStore": "desktop", "credHelpers": {"gcr.io": "gcloud"}}', json), {
      kind: 'config',
      hosts: [],
      problems: [
        { kind: 'helper', key: 'credsStore' },
        { kind: 'helper', key: 'credHelpers' },
      ],
    }));
  it('of the old type is the map alone', () => {
    assert.deepEqual(decodeConfig(JSON.stringify({ 'r.example.com': { auth } }), cfg), usable);
    assert.deepEqual(decodeConfig(config({}), cfg), {
      kind: 'config',
      hosts: [],
      problems: [{ kind: 'bare', host: 'auths' }],
    });
  });
  it('is broken where the kubelet stops', () => {
    assert.deepEqual(decodeConfig('{auths: {}}', json), broken('is not JSON'));
    assert.deepEqual(decodeConfig('[]', json), broken('is not a JSON object'));
    assert.deepEqual(decodeConfig('{"auths": []}', json), broken('has "auths" that are not a map'));
    assert.deepEqual(
      decodeConfig('{"HttpHeaders": {"a": 1}}', json),
      broken('has "HttpHeaders" that are not strings'),
    );
    assert.deepEqual(decodeData('{"auths": {}}', json), broken('is not base64'));
    assert.deepEqual(decodeData(base64('{}').replace(/=+$/, ''), json), broken('is not base64'));
  });
  it('is read from base64', () =>
    assert.deepEqual(
      decodeData(base64(config({ 'r.example.com': { username: 'ü', password: '€' } })), json),
      usable,
    ));
  it('is nothing for a key too long to be one', () =>
    assert.deepEqual(hostsOf(`${'['.repeat(100_000)}.io`), []));
  it('never throws, and never holds a credential', () =>
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('https://a.example', 'http://b/c?d=e#f', 'x:1', '[::1]:5000/y', '%zz'),
        (user, password, url) => {
          const marked = {
            username: `U5er${user}`,
            password: `Pa55${password}`,
            auth: base64(`U5er${user}:Pa55`),
          };
          const keys = [url, url.replace('://', '://U5er:Pa55@'), user, `oci://U5er:Pa55@${url}`];
          for (const key of keys) {
            const text = JSON.stringify(decodeConfig(config({ [key]: marked }), json));
            assert.doesNotMatch(text, /U5er|Pa55/);
            assert.equal(text.includes(marked.auth), false);
          }
        },
      ),
      { numRuns: 40, seed: 11 },
    ));
});

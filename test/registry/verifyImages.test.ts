import assert from 'node:assert/strict';
import { dockerLoginFinder } from '../../server/src/host/registry/dockerLogins.node.ts';
import { nodeTransport } from '../../server/src/host/registry/nodeTransport.node.ts';
import {
  verifyImages,
  type Verified,
  type VerifyOptions,
  type WantedImage,
} from '../../server/src/host/registry/verifyImages.ts';
import { password, user, writeDockerConfig } from '../support/registry/credentials.ts';
import { needPrograms } from '../support/registry/programs.ts';
import {
  deleteBlob,
  deleteManifest,
  imageForms,
  pushImage,
  type PushedImage,
} from '../support/registry/pushImage.ts';
import { startRegistry, type RegistryKind, type TestRegistry } from '../support/registry/testRegistry.ts';

interface Asked extends Partial<Omit<VerifyOptions, 'transport' | 'findLogin' | 'signal' | 'onProgress'>> {
  readonly login?: string;
  readonly isCache?: boolean;
  readonly locked?: WantedImage['locked'];
  readonly trusts?: boolean;
}

describe('Images are verified in a real registry', function () {
  let registries: Record<RegistryKind, TestRegistry>;
  let upstream: TestRegistry;

  before(async function () {
    needPrograms(this, ['docker-registry', 'openssl']);
    const [plain, basic, token, other] = await Promise.all(
      (['plain', 'basic', 'token', 'plain'] as const).map(startRegistry),
    );
    assert.ok(plain && basic && token && other);
    registries = { plain, basic, token };
    upstream = other;
  });

  after(() => Promise.all([...Object.values(registries ?? {}), upstream].map(registry => registry?.stop())));

  async function verify(
    registry: TestRegistry,
    images: readonly (readonly [name: string, source?: string])[],
    { login, isCache = false, locked, trusts = true, ...options }: Asked = {},
  ): Promise<Verified> {
    const config = writeDockerConfig(registry.folder, [registry.host], login);
    const env = login === '' ? { HOME: registry.folder } : { REGISTRY_AUTH_FILE: config };
    const said: string[] = [];
    const verified = await verifyImages(
      images.map(([name, source = 'docker.io/library/none:1']) => ({
        target: `${registry.host}/${name}`,
        source,
        locked,
        isCache,
      })),
      {
        transport: nodeTransport({
          authorities: registry.certificate && trusts ? [registry.certificate.cert] : [],
          env,
        }),
        findLogin: dockerLoginFinder({ env, untrusted: [], complain: message => void said.push(message) }),
        signal: new AbortController().signal,
        plainHttp: [],
        isDeep: false,
        withSource: false,
        platform: undefined,
        onProgress: () => undefined,
        ...options,
      },
    );
    assert.doesNotMatch(
      JSON.stringify([verified, said]),
      new RegExp(`${password.replace('$', '\\$')}|Bearer|Basic`),
    );
    return verified;
  }

  async function pushed(registry: TestRegistry, name: string, options = {}): Promise<PushedImage> {
    return pushImage(registry, name, '1', { form: 'oci-index', ...options });
  }

  const states = ({ images }: Verified): readonly string[] =>
    images.map(({ state, detail }) => (detail === '' ? state : `${state}: ${detail}`));

  for (const kind of ['plain', 'basic', 'token'] as const)
    it(`${kind}: every form is there with its digest and platforms, and what is not there is missing`, async () => {
      const registry = registries[kind];
      const images = await Promise.all(
        imageForms.map(form => pushImage(registry, `all/${form}`, '1', { form })),
      );
      const verified = await verify(registry, [
        ...imageForms.map(form => [`all/${form}:1`] as const),
        ['all/no:1'],
      ]);
      assert.deepEqual(states(verified), ['there', 'there', 'there', 'there', 'missing']);
      assert.deepEqual(
        verified.images.slice(0, 4).map(({ found }) => found),
        images.map(({ digest, children }) => ({
          digest,
          platforms: children.flatMap(({ platform }) => platform ?? []),
          manifests: children.flatMap(child =>
            child.digest === digest || child.platform === undefined ? [] : [child.digest],
          ),
        })),
      );
    });

  it('says which platform of an index is missing, and that an attestation is', async () => {
    const { plain } = registries;
    const [one, two] = [await pushed(plain, 'hole/one'), await pushed(plain, 'hole/two')];
    await deleteManifest(
      plain,
      'hole/one',
      one.children.find(({ platform }) => platform === 'linux/arm64')?.digest ?? '',
    );
    await deleteManifest(
      plain,
      'hole/two',
      two.children.find(({ platform }) => platform === undefined)?.digest ?? '',
    );
    const images = [['hole/one:1'], ['hole/two:1']] as const;
    assert.deepEqual(states(await verify(plain, images)), [
      'hole: linux/arm64 is missing',
      'there: an attestation is missing',
    ]);
    const amd64 = await verify(plain, images, { platform: 'linux/amd64' });
    assert.deepEqual(states(amd64), ['there', 'there: an attestation is missing']);
    const arm64 = await verify(plain, images.slice(0, 1), { platform: 'linux/arm64' });
    assert.deepEqual(states(arm64), ['hole: linux/arm64 is missing']);
  });

  it('looks for layers when it is asked to, and never in a cache', async () => {
    const { plain } = registries;
    const image = await pushed(plain, 'deep/one', { seed: 'deep' });
    await deleteBlob(plain, 'deep/one', image.layer);
    assert.deepEqual(states(await verify(plain, [['deep/one:1']])), ['there']);
    assert.deepEqual(states(await verify(plain, [['deep/one:1']], { isDeep: true })), [
      'hole: linux/amd64 lacks 1 of its layers, linux/arm64 lacks 1 of its layers',
    ]);
    assert.deepEqual(states(await verify(plain, [['deep/one:1']], { isDeep: true, isCache: true })), [
      'there',
    ]);
  });

  it('compares with upstream: the same, another image, one platform of two', async () => {
    const { plain } = registries;
    const source = `${upstream.host}/up/image:1`;
    await pushed(upstream, 'up/image', { seed: 'same' });
    await pushed(plain, 'same/one', { seed: 'same' });
    const other = await pushed(plain, 'same/two', { seed: 'other' });
    await pushImage(plain, 'same/three', '1', { form: 'oci', seed: 'same' });
    const names = ['same/one:1', 'same/two:1', 'same/three:1'].map(name => [name, source] as const);
    const verified = await verify(plain, names, { withSource: true });
    const wanted = verified.images[0]?.wanted?.digest ?? '';
    assert.deepEqual(states(verified), [
      'there',
      `different: its digest is ${other.digest}, that of ${source} ${wanted}`,
      'some-platforms: only linux/amd64 of 2 platforms',
    ]);
    const one = await verify(plain, names.slice(2), { withSource: true, platform: 'linux/amd64' });
    assert.deepEqual(states(one), ['there']);
    const gone = await verify(plain, [['same/one:1', `${upstream.host}/up/gone:1`]], { withSource: true });
    assert.deepEqual(states(gone), [
      `there: not compared, ${upstream.host}/up/gone:1 does not exist any more`,
    ]);
  });

  it('holds what is there to a lock', async () => {
    const { plain } = registries;
    const { digest } = await pushed(plain, 'lock/one');
    const platforms = ['linux/amd64', 'linux/arm64'];
    const locked = { digest: `sha256:${'0'.repeat(64)}`, platforms, manifests: [] };
    assert.deepEqual(states(await verify(plain, [['lock/one:1']], { locked: { ...locked, digest } })), [
      'there',
    ]);
    assert.deepEqual(states(await verify(plain, [['lock/one:1']], { locked })), [
      `different: its digest is ${digest}, that of the lock ${locked.digest}`,
    ]);
    const whole = await pushed(plain, 'lock/whole', { seed: 'locked' });
    const manifests = whole.children.map(child => child.digest);
    await pushImage(plain, 'lock/part', '1', { form: 'oci', seed: 'locked' });
    const part = { locked: { digest: whole.digest, platforms, manifests } };
    assert.deepEqual(states(await verify(plain, [['lock/part:1']], part)), [
      'some-platforms: only linux/amd64 of 2 platforms',
    ]);
    const one = await verify(plain, [['lock/part:1']], { ...part, platform: 'linux/amd64' });
    assert.deepEqual(states(one), ['there']);
  });

  it('says that a login is wrong, or lacks', async () => {
    const { basic, token } = registries;
    await pushed(basic, 'login/one');
    await pushed(token, 'login/one');
    const wrong = { login: `${user}:wrong` };
    assert.deepEqual(states(await verify(basic, [['login/one:1']], wrong)), [
      `unreachable: it refuses the login: run docker login ${basic.host} again`,
    ]);
    assert.deepEqual(states(await verify(basic, [['login/one:1']], { login: '' })), [
      `missing-or-denied: no login for ${basic.host} was found: run docker login ${basic.host}`,
    ]);
    const realm = new URL(token.tokenServer?.realm ?? '').host;
    assert.deepEqual(states(await verify(token, [['login/one:1']], wrong)), [
      `unreachable: its token server ${realm} refuses the login: run docker login again`,
    ]);
    assert.deepEqual(states(await verify(token, [['secret/one:1'], ['login/one:1']])), [
      'missing-or-denied: the login may not read it, or it does not exist',
      'there',
    ]);
  });

  it('says that a registry speaks TLS where it is spoken to without', async () => {
    const { basic } = registries;
    const names = Array.from({ length: 30 }, (_, index) => [`image${index}:1`] as const);
    const warnings: string[] = [];
    const listen = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', listen);
    const verified = await verify(basic, names, { plainHttp: [basic.host] });
    await new Promise(resolve => setImmediate(resolve));
    process.off('warning', listen);
    assert.deepEqual(
      [...new Set(states(verified)), ...warnings],
      ['unreachable: it speaks TLS, and was asked without it'],
    );
  });

  it('trusts no certificate that nobody vouches for', async () => {
    assert.deepEqual(states(await verify(registries.basic, [['a:1']], { trusts: false })), [
      'unreachable: its certificate is not trusted: name the file of its authority with --registry-ca',
    ]);
  });

  it('asks for one token for many repositories, and for all of 81 images at most 300 requests', async () => {
    const { token } = registries;
    const names = Array.from({ length: 81 }, (_, index) => `many/image${index}`);
    await Promise.all(
      names.map((name, index) => pushImage(token, name, '1', { form: imageForms[index % 4] ?? 'oci' })),
    );
    const before = token.tokenServer?.requests.length ?? 0;
    const verified = await verify(
      token,
      names.map(name => [`${name}:1`] as const),
    );
    assert.ok(states(verified).every(state => state === 'there'));
    assert.ok(verified.requests <= 300, `${verified.requests} requests`);
    assert.equal((token.tokenServer?.requests.length ?? 0) - before, 5);
  });

  it('says that a registry is down', async () => {
    const registry = await startRegistry('plain');
    await registry.stop();
    assert.deepEqual(states(await verify(registry, [['a:1'], ['b:1']])), [
      'unreachable: nothing listens there',
      'unreachable: nothing listens there',
    ]);
  });
});

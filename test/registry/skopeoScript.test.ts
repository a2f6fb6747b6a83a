import assert from 'node:assert/strict';
import { CopyingHost, upstreamConf } from '../support/registry/copyingHost.ts';
import { writeDockerConfig } from '../support/registry/credentials.ts';
import { digestIn, headOf, MirroredStack } from '../support/registry/mirroredStack.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { imageForms } from '../support/registry/pushImage.ts';
import { startRegistry, type RegistryKind, type TestRegistry } from '../support/registry/testRegistry.ts';

/** So many images are not there at first. */
const lateCount = 3;
/** The script is killed when so many were copied. */
const killAt = 8;

describe('The script for skopeo, run as it is exported', function () {
  this.timeout(120_000);
  let upstream: TestRegistry;

  before(async function () {
    needPrograms(this, ['docker-registry', 'skopeo', 'openssl']);
    upstream = await startRegistry('plain');
  });

  after(() => upstream?.stop());

  /** Copies the images of these sources into a new registry of this kind. */
  async function inMirror(
    kind: RegistryKind,
    source: string,
    test: (stack: MirroredStack, mirror: TestRegistry, host: CopyingHost) => Promise<void>,
  ): Promise<void> {
    const mirror = await startRegistry(kind);
    const stack = await MirroredStack.open({ '*': null, [source]: `${mirror.host}/{registry}/{path}` });
    const host = new CopyingHost([mirror]);
    try {
      host.setRegistriesConf(upstreamConf(upstream, stack.registries, kind === 'basic' ? [] : [mirror.host]));
      host.write('mirror.sh', await stack.export('skopeo'));
      await test(stack, mirror, host);
    } finally {
      host.remove();
      stack.workspace.remove();
      await mirror.stop();
    }
  }

  const copiedOf = (host: CopyingHost): number =>
    (host.read('mirror-skopeo.state') ?? '').split('\n').length - 1;

  it('copies every image though it was killed and some were late, over TLS with a password', () =>
    inMirror('basic', '*', async (stack, mirror, host) => {
      const { copies } = stack;
      assert.ok(copies.length > 25);
      await stack.fill(upstream, copies.slice(lateCount));

      const [unreachable] = copies;
      const nowhere = `[[registry]]\nprefix = "${unreachable?.source.replace(/:[^:]*$/, '')}"\nlocation = "127.0.0.1:1/none"\n`;
      const conf = upstreamConf(upstream, stack.registries, []);
      host.setRegistriesConf(`${conf}\n${nowhere}insecure = true\n`);

      const killed = await host.run(['sh', 'mirror.sh'], { killWhen: () => copiedOf(host) >= killAt });
      assert.equal(killed.code, null);
      const before = copiedOf(host);
      assert.ok(before >= killAt && before < copies.length - lateCount, `${before}`);
      assert.match(killed.stderr, /registries\.conf has mirrors: skopeo may copy the mirror onto itself\n/);

      const second = await host.run(['sh', 'mirror.sh']);
      assert.equal(second.code, 1, second.stderr);
      assert.ok(
        second.stderr.endsWith(`${lateCount} of ${copies.length} images failed: run this again\n`),
        second.stderr,
      );
      for (const { source, target } of copies.slice(0, lateCount))
        assert.ok(second.stderr.includes(`\nfailed: ${source} ${target}\n`), source);
      assert.equal(copiedOf(host), copies.length - lateCount);

      await stack.fill(upstream, copies.slice(0, lateCount));
      host.setRegistriesConf(conf);
      const third = await host.run(['sh', 'mirror.sh']);
      assert.equal(third.code, 0, third.stderr);
      assert.equal(third.stdout.match(/^docker\.io|^\S+ localhost:/gm)?.length, lateCount, third.stdout);
      assert.equal(
        host.read('mirror-skopeo.state')?.split('\n').toSorted().join('\n'),
        ['', ...copies.map(({ source, target }) => `${source} ${target}`)].toSorted().join('\n'),
      );
      assert.deepEqual(await stack.wrongIn(mirror), []);

      stack.lock();
      stack.workspace.write('ca.crt', mirror.certificate?.cert ?? '');
      const words = ['verify', '--stack', 'prod', '--deep', '--registry-ca', 'ca.crt'];
      const env = { REGISTRY_AUTH_FILE: writeDockerConfig(host.folder, [mirror.host]) };
      const verified = await stack.workspace.run(words, { env });
      assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    }));

  it('copies with a login that is exchanged for tokens', () =>
    inMirror('token', 'ghcr.io', async (stack, mirror, host) => {
      const { copies } = stack;
      assert.ok(copies.length > 5 && copies.length < 20, `${copies.length}`);
      await stack.fill(upstream);
      const { code, stderr } = await host.run(['sh', 'mirror.sh']);
      assert.equal(code, 0, stderr);
      assert.deepEqual(await stack.wrongIn(mirror), []);
      assert.ok(
        mirror.tokenServer?.requests.some(({ authorization }) => authorization?.startsWith('Basic ')),
      );
      host.write('config.json', '{}');
      host.write('mirror-skopeo.state', '');
      const denied = await host.run(['sh', 'mirror.sh']);
      assert.equal(denied.code, 1);
      assert.match(denied.stderr, new RegExp(`${copies.length} of ${copies.length} images failed`));
    }));

  it('copies one platform when it is told to', () =>
    inMirror('plain', 'quay.io', async (stack, mirror, host) => {
      await stack.fill(upstream);
      host.write('mirror.sh', await stack.export('skopeo', '--platform', 'linux/arm64'));
      const { code, stderr } = await host.run(['sh', 'mirror.sh']);
      assert.equal(code, 0, stderr);
      for (const [index, { target }] of stack.copies.entries()) {
        const words = ['inspect', '--no-tags', '--override-arch', 'arm64', '--format', '{{.Architecture}}'];
        const { stdout } = await host.run(['skopeo', ...words, `docker://${target}`]);
        const isIndex = (imageForms[index % 4] ?? '').match(/index|list/) !== null;
        assert.equal(stdout, isIndex ? 'arm64\n' : 'amd64\n', target);
        const { headers } = await headOf(mirror, target);
        assert.doesNotMatch(headers['content-type'] ?? '', /index|list/);
      }
    }));

  it('copies what the lock has, also where the tag has become another image', () =>
    inMirror('plain', 'quay.io', async (stack, mirror, host) => {
      await stack.fill(upstream);
      const digests = new Map(stack.digests);
      stack.lock();
      const script = await stack.export('skopeo');
      assert.equal(script.match(/^copy \S+@sha256:\w+ /gm)?.length, stack.copies.length);
      const [first] = stack.copies;
      await stack.fill(upstream, first === undefined ? [] : [first], 'newer');
      assert.notEqual(stack.digests.get(first?.source ?? ''), digests.get(first?.source ?? ''));
      host.write('mirror.sh', script);
      const { code, stderr } = await host.run(['sh', 'mirror.sh']);
      assert.equal(code, 0, stderr);
      for (const { source, target } of stack.copies)
        assert.equal(await digestIn(mirror, target), digests.get(source), source);
    }));
});

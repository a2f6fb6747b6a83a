import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startContainerd, type TestContainerd } from '../support/registry/containerd.ts';
import { password, user } from '../support/registry/credentials.ts';
import { MirroredStack } from '../support/registry/mirroredStack.ts';
import { needPrograms, needRoot } from '../support/registry/programs.ts';
import { pushImage, type ImageForm } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

describe('The hosts.toml, read by containerd', function () {
  this.timeout(120_000);
  let mirror: TestRegistry;
  let stack: MirroredStack;
  let containerd: TestContainerd;
  let hosts: string;

  before(async function () {
    needPrograms(this, ['docker-registry', 'openssl', 'containerd', 'ctr']);
    needRoot(this, 'containerd');
    [mirror, containerd] = await Promise.all([startRegistry('basic'), startContainerd()]);
    stack = await MirroredStack.open({ '*': `${mirror.host}/mirrors/{registry}/{path}` });
    hosts = join(containerd.folder, 'certs.d');
    const script = await stack.export('containerd');
    execFileSync('sh', ['-s'], { input: script, env: { PATH: process.env.PATH, CERTS_D: hosts } });
  });

  after(async () => {
    stack?.workspace.remove();
    await Promise.all([mirror?.stop(), containerd?.stop()]);
  });

  /** The first image of a registry, as it is in the mirror. */
  async function pushed(registry: string, form: ImageForm): Promise<{ source: string; digest: string }> {
    const copy = stack.copies.find(({ source }) => source.startsWith(`${registry}/`));
    const [, name = '', tag = ''] = /^[^/]+\/(.*):(.*)$/.exec(copy?.target ?? '') ?? [];
    const { digest } = await pushImage(mirror, name, tag, { form });
    return { source: copy?.source ?? '', digest };
  }

  function fetch(image: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const login = ['--user', `${user}:${password}`];
    return containerd.ctr(['content', 'fetch', '--hosts-dir', hosts, ...login, image], env);
  }

  async function digestOf(image: string): Promise<string | undefined> {
    const line = (await containerd.ctr(['images', 'ls']))
      .split('\n')
      .find(row => row.startsWith(`${image} `));
    return line?.split(/\s+/)[2];
  }

  it('has a folder for each registry', () => {
    assert.deepEqual(readdirSync(hosts).toSorted(), stack.registries.toSorted());
  });

  const forms: readonly (readonly [string, ImageForm])[] = [
    ['docker.io', 'docker-list'],
    ['ghcr.io', 'oci-index'],
    ['quay.io', 'docker'],
  ];
  for (const [registry, form] of forms)
    it(`leads ${registry} to the mirror`, async () => {
      const { source, digest } = await pushed(registry, form);
      await fetch(source, { SSL_CERT_FILE: mirror.certificate?.certFile ?? '' });
      assert.equal(await digestOf(source), digest);
    });

  it('takes a certificate where its first lines say', async () => {
    const { source } = await pushed('docker.io', 'oci');
    await assert.rejects(fetch(source), /certificate signed by unknown authority/);
    const file = join(hosts, 'docker.io/hosts.toml');
    const ca = `ca = "${mirror.certificate?.certFile}"`;
    const [above = '', below = ''] = readFileSync(file, 'utf8').split(/(?<=^\[host\..*\]\n)/m);
    assert.match(above, /\n\[host\./);
    writeFileSync(file, `${ca}\n${above}${ca}\n${below}`);
    await fetch(source);
    await containerd.ctr(['images', 'rm', source]);
  });

  it('asks nobody but the mirror for what is missing', async () => {
    const env = { SSL_CERT_FILE: mirror.certificate?.certFile ?? '' };
    await assert.rejects(fetch('docker.io/library/not-mirrored:1', env), (error: Error) => {
      assert.match(error.message, /not found/);
      assert.doesNotMatch(error.message, /registry-1\.docker\.io/);
      return true;
    });
  });
});

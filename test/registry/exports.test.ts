// Exported files are run by the programs that they are for, unmodified, between real registries.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeTransport } from '../../server/src/host/registry/nodeTransport.node.ts';
import { verifyImages } from '../../server/src/host/registry/verifyImages.ts';
import { dockerLoginFinder } from '../../server/src/host/registry/dockerLogins.node.ts';
import type { MirrorPlan } from '../../server/src/core/mirror/types.ts';
import { exportOf, planFor } from '../support/exports.ts';
import { writeDockerConfig } from '../support/registry/credentials.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { digestOf } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';
import { fillUpstream, makeHome } from '../support/registry/upstream.ts';

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('Exports for skopeo and containerd', function () {
  this.timeout(120_000);
  let upstream: TestRegistry;
  let target: TestRegistry;
  let folder = '';
  let plan: MirrorPlan;
  let digests: ReadonlyMap<string, string>;
  let env: Record<string, string> = {};

  before(async function () {
    needPrograms(this, ['docker-registry', 'skopeo', 'openssl']);
    [upstream, target] = await Promise.all([startRegistry('plain'), startRegistry('basic')]);
    folder = mkdtempSync(join(tmpdir(), 'deploykf-exports-'));
    const all = planFor({ rules: [{ source: '*', target: `${target.host}/mirror/{registry}/{path}` }] });
    plan = { ...all, copies: all.copies.slice(0, 24) };
    digests = await fillUpstream(
      upstream,
      plan.copies.map(({ source }) => source),
    );
    env = {
      PATH: process.env['PATH'] ?? '',
      HOME: makeHome(folder, upstream, plan),
      SSL_CERT_FILE: target.certificate?.certFile ?? '',
      REGISTRY_AUTH_FILE: writeDockerConfig(target.folder, [target.host]),
    };
  });

  after(async () => {
    await Promise.all([upstream?.stop(), target?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  function run(program: string, ...words: readonly string[]): Ran {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env, encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  /** The state of each image of the plan that is not as upstream has it. */
  async function wrong(): Promise<readonly string[]> {
    const { images } = await verifyImages(
      plan.copies.map(({ source, target: place = '' }) => ({
        source,
        target: place,
        locked: { digest: digests.get(source) ?? '', platforms: [] },
        isCache: false,
      })),
      {
        transport: nodeTransport({ authorities: [target.certificate?.cert ?? ''], env }),
        findLogin: dockerLoginFinder({ env, untrusted: [], complain: message => assert.fail(message) }),
        signal: new AbortController().signal,
        plainHttp: [],
        isDeep: true,
        withSource: false,
        platform: undefined,
        onProgress: () => undefined,
      },
    );
    return images.filter(({ state }) => state !== 'there').map(image => `${image.target} ${image.state}`);
  }

  it('the script of skopeo goes on after a kill, and after images that cannot be had', async () => {
    const script = join(folder, 'mirror.sh');
    const state = join(folder, 'mirror-skopeo.state');
    writeFileSync(script, exportOf('skopeo', plan));
    const done = (): number => (existsSync(state) ? readFileSync(state, 'utf8').split('\n').length - 1 : 0);

    const child = spawn('sh', [script], { cwd: folder, env, detached: true, stdio: 'ignore' });
    const ended = new Promise(resolve => child.once('exit', resolve));
    while (done() < 4 && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 20));
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
    const early = done();
    assert.ok(early >= 4 && early < plan.copies.length);

    const last = plan.copies.at(-1)?.source ?? '';
    const conf = join(env['HOME'] ?? '', '.config/containers/registries.conf');
    const whole = readFileSync(conf, 'utf8');
    const gone = last.slice(0, last.lastIndexOf(':'));
    appendFileSync(conf, `\n[[registry]]\nprefix = "${gone}"\nlocation = "127.0.0.1:1/x"\ninsecure = true\n`);
    const second = run('sh', script);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /registries\.conf has mirrors: skopeo may copy the mirror onto itself/);
    assert.match(second.stderr, new RegExp(`failed: ${last} `));
    assert.match(second.stderr, /1 of \d+ images failed: run this again/);
    assert.deepEqual(await wrong(), [`${plan.copies.at(-1)?.target ?? ''} missing`]);

    writeFileSync(conf, whole);
    const third = run('sh', script);
    assert.equal(third.code, 0);
    assert.equal(third.stdout.match(/^\S+\/\S+ \S+\/\S+$/gm)?.length, 1);
    assert.equal(done(), plan.copies.length);
    assert.deepEqual(await wrong(), []);
  });

  it('nodes with the registries.conf find the images in the mirror', () => {
    const home = join(folder, 'node');
    mkdirSync(join(home, '.config/containers'), { recursive: true });
    const conf = join(home, '.config/containers/registries.conf');
    writeFileSync(conf, exportOf('registries-conf', plan));
    for (const source of plan.copies.slice(0, 4).map(copy => copy.source)) {
      const words = ['inspect', '--raw', `docker://${source}`];
      const { stdout, stderr } = spawnSync('skopeo', words, {
        env: { ...env, HOME: home },
        encoding: 'utf8',
      });
      assert.equal(digestOf(stdout), digests.get(source), stderr);
    }
  });

  it('nodes with the hosts.toml of containerd do, too', async function () {
    needPrograms(this, ['containerd', 'ctr']);
    if (process.getuid?.() !== 0) return this.skip();
    const certs = join(folder, 'certs.d');
    const script = join(folder, 'containerd.sh');
    writeFileSync(script, exportOf('containerd', plan));
    const written = spawnSync('sh', [script], { env: { ...env, CERTS_D: certs }, encoding: 'utf8' });
    assert.equal(written.status, 0, written.stderr);
    const hub = join(certs, 'docker.io/hosts.toml');
    // As the script says: a certificate of one's own is added in both places.
    const ca = `ca = "${target.certificate?.certFile ?? ''}"`;
    writeFileSync(hub, readFileSync(hub, 'utf8').replace(/^override_path/gm, `${ca}\noverride_path`));
    const home = join(folder, 'containerd');
    const socket = join(home, 'containerd.sock');
    mkdirSync(home);
    const words = ['--root', join(home, 'root'), '--state', join(home, 'state'), '--address', socket];
    const daemon = spawn('containerd', words, { stdio: 'ignore', env: { PATH: env['PATH'] ?? '' } });
    try {
      for (let tries = 0; tries < 200 && !existsSync(socket); tries++)
        await new Promise(resolve => setTimeout(resolve, 50));
      const source = plan.copies.find(copy => copy.source.startsWith('docker.io/'))?.source ?? '';
      const login = ['--user', 'user:s3cret:with$colon'];
      const fetched = run('ctr', '-a', socket, 'content', 'fetch', '--hosts-dir', certs, ...login, source);
      assert.equal(fetched.code, 0, fetched.stderr + fetched.stdout);
      const { stdout } = run('ctr', '-a', socket, 'images', 'ls');
      assert.ok(stdout.includes(source) && stdout.includes(digests.get(source) ?? ''), stdout);
    } finally {
      daemon.kill('SIGKILL');
    }
  });

  it('skopeo sync copies the images of its file', () => {
    const place = `${target.host}/sync`;
    const synced = planFor({ rules: [{ source: '*', target: `${place}/{registry}/{path}` }] });
    const [docker, ...others] = [...synced.copies].sort((a, b) => (a.source < b.source ? -1 : 1));
    const few = { ...synced, copies: [docker, ...others.slice(-4)].flatMap(copy => copy ?? []) };
    const text = exportOf('skopeo-sync', few);
    writeFileSync(join(folder, 'sync.yaml'), text);
    const command = /^# (skopeo sync .*)$/m.exec(text)?.[1] ?? '';
    const words = command.replace(' FILE ', ' sync.yaml ').split(' ').slice(1);
    const { code, stderr } = run('skopeo', ...words);
    assert.equal(code, 0, stderr);
    for (const { source, target: copy = '' } of few.copies) {
      const { stdout } = run('skopeo', 'inspect', '--format', '{{.Digest}}', `docker://${copy}`);
      assert.equal(stdout.trim(), digests.get(source), copy);
    }
  });
});

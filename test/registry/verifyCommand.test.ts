import assert from 'node:assert/strict';
import type { VerifyJson } from '../../server/src/core/report/verifyJson.ts';
import type { MirrorJson } from '../../server/src/core/report/mirrorJson.ts';
import type { CliResult, CliWorkspace } from '../support/cli.ts';
import { password, writeDockerConfig } from '../support/registry/credentials.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { filledStack, placeOf, values } from '../support/registry/filledStack.ts';
import { deleteManifest, pushImage } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

describe('verify', function () {
  let registry: TestRegistry;
  let workspace: CliWorkspace;
  let plan: MirrorJson;
  const env: Record<string, string> = {};

  before(async function () {
    needPrograms(this, ['docker-registry', 'openssl']);
    registry = await startRegistry('basic');
    env['REGISTRY_AUTH_FILE'] = writeDockerConfig(registry.folder, [registry.host]);
    ({ workspace, plan } = await filledStack(registry));
  });

  after(async () => {
    workspace?.remove();
    await registry?.stop();
  });

  async function run(...words: readonly string[]): Promise<CliResult> {
    const trusted = ['--stack', 'prod', '--registry-ca', 'ca.crt'];
    const [command = '', ...others] = words;
    const result = await workspace.run([command, ...trusted, ...others], { env });
    assert.doesNotMatch(JSON.stringify(result), new RegExp(password.replace('$', '\\$')));
    return result;
  }

  it('says that all images are there, and that nothing is missing', async () => {
    const { code, stdout, stderr } = await run('verify');
    assert.equal(
      stdout,
      `deployKF 0.1.5, prod: all ${plan.copies.length} images are there\nTheir digests were compared with nothing: --source asks upstream, --lock keeps them in mirror.lock\n`,
    );
    assert.deepEqual([code, stderr], [0, '']);
    const missing = await run('mirror', '--missing', '--export', 'skopeo');
    assert.deepEqual(missing, {
      code: 0,
      stdout: '',
      stderr: 'deploykf-values: nothing is missing in the registries\n',
    });
  });

  it('keeps the digests, holds the mirror to them, and exports by them', async () => {
    const { code, stderr } = await run('verify', '--lock');
    const written = `deploykf-values: wrote the digests of ${plan.copies.length} images to mirror.lock\n`;
    assert.deepEqual([code, stderr], [0, written]);
    const lock = workspace.read('mirror.lock');
    const locked = JSON.parse(lock) as { images: { image: string; digest: string; platforms: string[] }[] };
    assert.equal(locked.images.length, plan.copies.length);
    const mirrored = (await workspace.json(['mirror', '--stack', 'prod'])) as MirrorJson;
    assert.ok(mirrored.copies.every(({ digest }) => digest?.startsWith('sha256:')));
    // Upstream was not asked, so that nothing is copied from there by these digests.
    const refused = await workspace.run(['mirror', '--stack', 'prod', '--export', 'imgpkg']);
    assert.match(refused.stderr, /has at its source is not known.*verify --source --lock/);
    workspace.write('mirror.lock', lock.replaceAll('"upstream":false', '"upstream":true'));
    const imgpkg = await workspace.run(['mirror', '--stack', 'prod', '--export', 'imgpkg']);
    assert.equal(imgpkg.code, 0);
    const script = await workspace.run(['mirror', '--stack', 'prod', '--export', 'crane']);
    assert.match(script.stdout, /^copy '?docker\.io\/[^ ]*@sha256:[0-9a-f]{64}'? /m);
    assert.equal((await run('verify')).code, 0);
    const dry = await workspace.run(['fix', '--stack', 'prod', '--pin-digests', '--dry-run']);
    const pinned = [...dry.stdout.matchAll(/^\+ +tag: \S+@(sha256:[0-9a-f]{64})$/gm)].map(
      ([, digest]) => digest,
    );
    assert.ok(pinned.length > 10);
    assert.ok(pinned.every(digest => locked.images.some(image => image.digest === digest)));
    const before = workspace.read('prod.yaml');
    await workspace.run(['fix', '--stack', 'prod', '--pin-digests']);
    const whole = (await workspace.json(['mirror', '--stack', 'prod'])) as MirrorJson;
    assert.equal(whole.copies.length, plan.copies.length);
    assert.deepEqual(
      whole.copies.map(({ digest }) => digest).sort(),
      mirrored.copies.map(({ digest }) => digest).sort(),
    );
    assert.match((await run('verify')).stdout, /all 33 images are there/);
    workspace.write('prod.yaml', before);
    const [first] = locked.images;
    workspace.write('mirror.lock', lock.replace(first?.digest ?? '', `sha256:${'0'.repeat(64)}`));
    const changed = await run('verify');
    assert.equal(changed.code, 1);
    assert.match(
      changed.stdout,
      /^Other content than wanted\n {2}\S+ +its digest is sha256:\w+, that of the lock sha256:0{64}\n/,
    );
    workspace.write('mirror.lock', '{');
    const broken = await run('verify');
    assert.deepEqual(
      [broken.code, broken.stderr],
      [
        2,
        'deploykf-values: mirror.lock cannot be used, it is not JSON: remove it, then write a new one with verify --lock\n',
      ],
    );
  });

  it('finds what is missing, and exports only that', async () => {
    workspace.write('mirror.lock', '{"schema":1,"images":[]}');
    const [gone] = plan.copies;
    const { name, tag } = placeOf(gone?.target ?? null);
    const image = await pushImage(registry, name, tag, { form: 'oci' });
    await deleteManifest(registry, name, image.digest);
    const result = await run('verify', '--format', 'json');
    const { images } = JSON.parse(result.stdout) as VerifyJson;
    assert.deepEqual(
      images.filter(({ state }) => state !== 'there').map(({ target, state }) => [target, state]),
      [[gone?.target, 'missing']],
    );
    assert.equal(result.code, 1);
    const partly = await run('verify', '--lock');
    assert.deepEqual(
      [partly.code, partly.stderr],
      [
        1,
        `deploykf-values: wrote the digests of ${plan.copies.length - 1} images to mirror.lock, 1 not as wanted\n`,
      ],
    );
    assert.doesNotMatch(partly.stdout, /compared with nothing/);
    const list = await run('mirror', '--missing', '--export', 'list');
    assert.equal(list.stdout.trim(), gone?.source);
    // What was copied before is copied again: it is missing.
    const script = await run('mirror', '--missing', '--export', 'skopeo');
    assert.match(script.stdout, /^ {2}key="\$\*"' \d{4}-\d\d-\d\dT\S+'$/m);
  });

  it('says what to do without a certificate, a login, a policy', async () => {
    const untrusted = await workspace.run(['verify', '--stack', 'prod'], { env });
    assert.equal(untrusted.code, 2);
    assert.match(
      untrusted.stdout,
      /its certificate is not trusted: name the file of its authority with --registry-ca/,
    );
    assert.match(untrusted.stderr, /no registry could be asked/);
    const anonymous = await workspace.run(['verify', '--stack', 'prod', '--registry-ca', 'ca.crt'], {
      env: { HOME: workspace.root },
    });
    assert.equal(anonymous.code, 1);
    assert.match(
      anonymous.stdout,
      /^Missing, or not allowed to be read\n {2}all 33 images of \S+ +no login for \S+ was found: run docker login /,
    );
    workspace.write('alone.yaml', values);
    const { code, stderr } = await workspace.run(['verify', 'alone.yaml', '--config', 'none.yaml']);
    assert.equal(code, 2);
    assert.match(stderr, /none\.yaml/);
  });

  it('stops when the user breaks it off', async () => {
    const lock = workspace.read('mirror.lock');
    const argv = ['verify', '--stack', 'prod', '--registry-ca', 'ca.crt', '--lock'];
    const { code, stdout, stderr } = await workspace.run(argv, { env, onStart: interrupt => interrupt() });
    assert.equal(code, 1);
    assert.match(stdout, /^Not checked\n.* stopped\n/);
    assert.match(
      stderr,
      /mirror\.lock stays as it was, 33 not checked, 32 of them with the digest that the lock had/,
    );
    assert.equal(workspace.read('mirror.lock'), lock);
  });
});

import assert from 'node:assert/strict';
import { CopyingHost, upstreamConf } from '../support/registry/copyingHost.ts';
import { digestIn, MirroredStack } from '../support/registry/mirroredStack.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

describe('The file for skopeo sync, run as its first lines say', function () {
  this.timeout(120_000);
  let upstream: TestRegistry;
  let mirror: TestRegistry;

  before(async function () {
    needPrograms(this, ['docker-registry', 'skopeo', 'openssl']);
    [upstream, mirror] = await Promise.all([startRegistry('plain'), startRegistry('basic')]);
  });

  after(() => Promise.all([upstream?.stop(), mirror?.stop()]));

  async function sync(
    targets: Readonly<Record<string, string | null>>,
    test: (stack: MirroredStack, run: () => ReturnType<CopyingHost['run']>) => Promise<void>,
  ): Promise<void> {
    const stack = await MirroredStack.open(targets);
    const host = new CopyingHost([mirror]);
    try {
      host.setRegistriesConf(upstreamConf(upstream, stack.registries, []));
      const text = await stack.export('skopeo-sync');
      host.write('sync.yaml', text);
      const command = /^# (skopeo sync .*)$/m.exec(text)?.[1]?.replace(' FILE ', ' sync.yaml ');
      assert.ok(command);
      await test(stack, () => host.run(['sh', '-c', command]));
    } finally {
      host.remove();
      stack.workspace.remove();
    }
  }

  it('copies every image of the layout upstream-host, and goes on after errors', () =>
    sync(
      {
        '*': null,
        'docker.io/istio': `${mirror.host}/{registry}/{path}`,
        'quay.io': `${mirror.host}/{registry}/{path}`,
      },
      async (stack, run) => {
        const { copies } = stack;
        assert.ok(copies.length > 4, `${copies.length}`);
        await stack.fill(upstream, copies.slice(1));
        const first = await run();
        assert.notEqual(first.code, 0);
        const [late] = copies;
        assert.deepEqual(await stack.wrongIn(mirror), [late?.target]);
        await stack.fill(upstream, copies.slice(0, 1));
        const second = await run();
        assert.equal(second.code, 0, second.stderr);
        assert.deepEqual(await stack.wrongIn(mirror), []);
      },
    ));

  it('copies to the last part of each name alone', () =>
    sync({ '*': null, 'ghcr.io/kyverno': `${mirror.host}/flat` }, async (stack, run) => {
      await stack.fill(upstream);
      for (const { target } of stack.copies) {
        assert.match(target, /\/flat\/[^/]+$/);
        assert.equal(await digestIn(mirror, target), undefined);
      }
      const { code, stderr } = await run();
      assert.equal(code, 0, stderr);
      assert.deepEqual(await stack.wrongIn(mirror), []);
    }));
});

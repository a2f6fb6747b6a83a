import assert from 'node:assert/strict';
import { CopyingHost } from '../support/registry/copyingHost.ts';
import { MirroredStack } from '../support/registry/mirroredStack.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { pushImage } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';

describe('The registries.conf, read by skopeo', function () {
  this.timeout(120_000);
  let mirror: TestRegistry;

  before(async function () {
    needPrograms(this, ['docker-registry', 'skopeo', 'openssl']);
    mirror = await startRegistry('basic');
  });

  after(() => mirror?.stop());

  /** What skopeo pulls under the name of each source. */
  async function assertPulled(targets: Readonly<Record<string, string | null>>): Promise<void> {
    const stack = await MirroredStack.open(targets);
    const host = new CopyingHost([mirror]);
    try {
      host.setRegistriesConf(await stack.export('registries-conf'));
      for (const { source, target } of stack.copies.filter((_, index) => index % 3 === 0)) {
        const [, name = '', tag = ''] = /^[^/]+\/(.*):(.*)$/.exec(target) ?? [];
        const { digest } = await pushImage(mirror, name, tag, { form: 'oci-index' });
        const words = ['inspect', '--no-tags', '--format', '{{.Digest}}', `docker://${source}`];
        const { code, stdout, stderr } = await host.run(['skopeo', ...words]);
        assert.deepEqual([code, stdout, stderr], [0, `${digest}\n`, ''], source);
      }
    } finally {
      host.remove();
      stack.workspace.remove();
    }
  }

  it('leads whole registries to a prefix', () =>
    assertPulled({ '*': `${mirror.host}/whole/{registry}/{path}` }));

  it('leads single repositories to their places', () =>
    assertPulled({
      '*': null,
      'docker.io': null,
      'docker.io/istio': `${mirror.host}/renamed`,
      'ghcr.io': `${mirror.host}/{registry}/{path}`,
      'ghcr.io/kyverno': `${mirror.host}/policies/kyverno`,
    }));
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { writeDockerConfig } from '../support/registry/credentials.ts';
import { needPrograms } from '../support/registry/programs.ts';
import { deleteManifest, imageForms, pushImage } from '../support/registry/pushImage.ts';
import { startRegistry, type RegistryKind } from '../support/registry/testRegistry.ts';

const run = promisify(execFile);

describe('The registries of the tests', function () {
  before(function () {
    needPrograms(this, ['docker-registry', 'skopeo', 'openssl']);
  });

  for (const kind of ['plain', 'basic', 'token'] satisfies RegistryKind[])
    it(`${kind}: skopeo finds images of every form in it`, async () => {
      const registry = await startRegistry(kind);
      try {
        const images = await Promise.all(
          imageForms.map(form => pushImage(registry, `library/${form}`, '1', { form })),
        );
        const authFile = writeDockerConfig(registry.folder, [registry.host]);
        const env = { ...process.env, SSL_CERT_FILE: registry.certificate?.certFile };
        const words = ['--authfile', authFile, ...(kind === 'basic' ? [] : ['--tls-verify=false'])];
        for (const [index, form] of imageForms.entries()) {
          const name = `docker://${registry.host}/library/${form}:1`;
          const { stdout } = await run('skopeo', ['inspect', ...words, '--format', '{{.Digest}}', name], {
            env,
          });
          assert.equal(stdout.trim(), images[index]?.digest);
        }
        await deleteManifest(registry, 'library/oci', images[0]?.digest ?? '');
      } finally {
        await registry.stop();
      }
    });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { placeOf } from '../../../test/support/registry/filledStack.ts';
import { missingPrograms } from '../../../test/support/registry/programs.ts';
import { imageForms, pushImage } from '../../../test/support/registry/pushImage.ts';
import { startRegistry } from '../../../test/support/registry/testRegistry.ts';
import { measure, type Row } from './measure.ts';

/** What `verify` takes for all images of a release in a real registry; said to be left out where there is none. */
export async function measureVerify(cli: string, folder: string): Promise<readonly Row[]> {
  const missing = missingPrograms(['docker-registry', 'openssl']);
  if (missing.length > 0) return [['verify', `not measured: ${missing.join(', ')} not installed`]];
  const registry = await startRegistry('plain');
  try {
    mkdirSync(folder, { recursive: true });
    const rule = { source: '*', target: `${registry.host}/{registry}/{path}` };
    writeFileSync(
      join(folder, '.deploykf-values.yaml'),
      JSON.stringify({ release: '0.1.5', registry: { rules: [rule] } }),
    );
    const values = join(folder, 'values.yaml');
    writeFileSync(values, 'deploykf_core: {}\n');
    const words = [values, '--all'];
    const { stdout } = spawnSync(process.execPath, [cli, 'mirror', ...words, '--format', 'json'], {
      encoding: 'utf8',
    });
    const { copies } = JSON.parse(stdout) as { readonly copies: readonly { readonly target: string }[] };
    for (const [index, { target }] of copies.entries()) {
      const { name, tag } = placeOf(target);
      await pushImage(registry, name, tag, { form: imageForms[index % imageForms.length] ?? 'oci' });
    }
    const { seconds, memory } = await measure(cli, ['verify', ...words]);
    return [[`verify: ${copies.length} images`, `${seconds.toFixed(1)} s, ${memory.toFixed(0)} MiB`]];
  } finally {
    await registry.stop();
  }
}

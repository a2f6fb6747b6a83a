import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitImage } from '../../../server/src/core/image/splitImage.ts';
import type { MirrorPlan } from '../../../server/src/core/mirror/types.ts';
import { imageForms, pushImage } from './pushImage.ts';
import type { TestRegistry } from './testRegistry.ts';

/** The public registries as one: each image of a plan, below the host that it comes from, in turns of another form. */
export async function fillUpstream(
  registry: TestRegistry,
  sources: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  await Promise.all(
    sources.map(async (source, index) => {
      const { repository, tag = 'latest' } = splitImage(source);
      const form = imageForms[index % imageForms.length] ?? 'oci';
      const { digest } = await pushImage(registry, repository, tag, { form });
      digests.set(source, digest);
    }),
  );
  return digests;
}

/** A home folder whose `registries.conf` has skopeo find the public registries there: what it copies from, never what it copies to. */
export function makeHome(folder: string, upstream: TestRegistry, { copies }: MirrorPlan): string {
  const home = join(folder, 'home');
  const hosts = new Set(copies.map(({ source }) => source.slice(0, source.indexOf('/'))));
  const conf = [...hosts].map(
    host => `[[registry]]\nprefix = "${host}"\nlocation = "${upstream.host}/${host}"\ninsecure = true\n`,
  );
  const place = join(home, '.config/containers');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'registries.conf'), conf.join('\n'));
  return home;
}

import { plainRelease } from '../catalog/release.ts';
import type { Application } from '../stack/application.ts';
import type { LayerPlan } from '../stack/plan.ts';
import { isUpstreamRepository, officialRelease } from '../stack/upstream.ts';
import type { SnapshotState } from './state.ts';
import { sampleUri } from './virtualUris.ts';

/** The release that the official name of an archive tells, if it is known. */
export function officialKnown({ catalogs }: SnapshotState, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const release = officialRelease(path);
  if (release === undefined || catalogs.of(release) === undefined) return undefined;
  return release;
}

/** One of upstream's sample files at a known release, by the revision that it is taken from. */
export function sampleLayer(
  { catalogs }: SnapshotState,
  { repository, revision, release }: Application,
  path: string,
): LayerPlan | undefined {
  if (!isUpstreamRepository(repository)) return undefined;
  const name = path.replace(/^(?:\.?\/)*/, '');
  for (const text of [revision, release?.text]) {
    const known = plainRelease(text ?? '');
    if (catalogs.sample?.(known, name) !== undefined)
      return { uri: sampleUri(known, name), sample: { release: known, name } };
  }
  return undefined;
}

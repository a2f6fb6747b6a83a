import { plainRelease } from '../catalog/release.ts';
import type { Application } from '../stack/application.ts';
import { mayBeFilledIn } from '../stack/templated.ts';
import { sampleAt } from '../stack/fetchedSamples.ts';
import type { GenerateCommand } from '../stack/command.ts';
import type { LayerPlan } from '../stack/plan.ts';
import { isUpstreamRepository, officialRelease, upstreamFolders } from '../stack/upstream.ts';
import { folderOfUri } from './paths.ts';
import type { SnapshotState } from './state.ts';
import { sampleUri } from './virtualUris.ts';

/** The release that the official name of an archive tells, if it is known. */
export function officialKnown({ catalogs }: SnapshotState, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const release = officialRelease(path);
  if (release === undefined || catalogs.of(release) === undefined) return undefined;
  return release;
}

/**
 * One of upstream's sample files at a known release, by the revision that the Application in a file takes it from. Where
 * another tool fills in the revision, it is taken for that of the release that the settings of the folder say.
 */
export function sampleLayer(
  { catalogs, folders }: SnapshotState,
  uri: string,
  { repository, revision, release, folder }: Application,
  path: string,
): LayerPlan | undefined {
  if (!isUpstreamRepository(repository)) return undefined;
  const name = pathInRepository(folder, path);
  const texts = [revision, release?.text].filter(text => text !== undefined);
  for (const text of texts) {
    const layer = shippedSample(catalogs, text, name);
    if (layer !== undefined) return layer;
  }
  const isOpen = texts.length > 0 && texts.every(mayBeFilledIn);
  const said = isOpen ? folderOfUri(folders, uri)?.settings.release : undefined;
  return said === undefined ? undefined : shippedSample(catalogs, said, name);
}

/** The known release of deployKF that an Application takes a file from which the release does not have. */
export function releaseWithout(
  { catalogs }: SnapshotState,
  { repository, folder, revision, release }: Application,
  path: string,
): { readonly release: string; readonly isSure: boolean } | undefined {
  const top = /^([^/]+)\//.exec(pathInRepository(folder, path))?.[1];
  const isOpen = mayBeFilledIn(folder ?? '') || mayBeFilledIn(path);
  const mayBeThere = isOpen || (top !== undefined && upstreamFolders.has(top));
  if (!isUpstreamRepository(repository) || mayBeThere) return undefined;
  const isKnown = (text = ''): boolean => shippedSample(catalogs, text, 'sample-values.yaml') !== undefined;
  if (revision !== undefined && isKnown(revision)) return { release: plainRelease(revision), isSure: true };
  // What a branch has now may be newer.
  if (release === undefined || !isKnown(release.text)) return undefined;
  return { release: plainRelease(release.text), isSure: false };
}

/** One of upstream's sample files that a script downloads to a path, or names by its address. */
export function fetchedLayer(
  { catalogs }: SnapshotState,
  { fetched = [] }: GenerateCommand,
  path: string,
): LayerPlan | undefined {
  const sample = sampleAt(path) ?? fetched.find(file => withoutDot(file.path) === withoutDot(path));
  return sample && shippedSample(catalogs, sample.revision, sample.name);
}

function shippedSample(
  catalogs: SnapshotState['catalogs'],
  revision: string,
  name: string,
): LayerPlan | undefined {
  const release = plainRelease(revision);
  if (catalogs.sample?.(release, name) === undefined) return undefined;
  return { uri: sampleUri(release, name), sample: { release, name } };
}

/** Where a path of `values_files` leads in its repository; a folder that another tool fills in is taken for the root. */
function pathInRepository(folder: string | undefined, path: string): string {
  const isKnown = folder !== undefined && !mayBeFilledIn(folder);
  const steps: string[] = [];
  for (const step of `${isKnown ? folder : ''}/${path}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function withoutDot(path: string): string {
  return path.replace(/^(?:\.?\/)*/, '');
}

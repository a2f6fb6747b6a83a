import { judge, type Wanted } from '../../core/verify/judge.ts';
import { registryAddress } from '../../core/verify/registryAddress.ts';
import type { FoundContent, SeenChild, Sighting, VerifiedImage } from '../../core/verify/types.ts';
import { RegistryClient, type ClientOptions } from './registryClient.ts';
import { digestAt, lookAt, type Closeness, type Depth } from './sight.ts';

/** An image to look for. */
export interface WantedImage {
  /** What Pods pull. */
  readonly target: string;
  readonly source: string;
  /** What the lock has of it; `undefined`: nothing. */
  readonly locked: FoundContent | undefined;
  /** The target is filled when it is asked for, so that not everything can be asked. */
  readonly isCache: boolean;
}

export interface VerifyOptions extends Omit<ClientOptions, 'repositories'> {
  /** Look for layers, too. */
  readonly isDeep: boolean;
  /** Compare with upstream where the lock has nothing. */
  readonly withSource: boolean;
  /** The only platform that has to be there; `undefined`: all. */
  readonly platform: string | undefined;
  readonly onProgress: (done: number, all: number) => void;
}

export interface Verified {
  readonly images: readonly VerifiedImage[];
  readonly requests: number;
}

/** Looks for every image in its registry. Never rejects; what the signal cuts off is `unchecked`. */
export async function verifyImages(
  wanted: readonly WantedImage[],
  options: VerifyOptions,
): Promise<Verified> {
  const named = options.withSource
    ? wanted.flatMap(({ target, source }) => [target, source])
    : wanted.map(({ target }) => target);
  const client = new RegistryClient({ ...options, repositories: repositoriesOf(named) });
  let done = 0;
  options.onProgress(0, wanted.length);
  const images = await Promise.all(
    wanted.map(async image => {
      const verified = await verifyImage(client, image, options);
      options.onProgress(++done, wanted.length);
      return verified;
    }),
  );
  return { images, requests: client.requests };
}

async function verifyImage(
  client: RegistryClient,
  { target, source, locked, isCache }: WantedImage,
  { isDeep, withSource, platform }: VerifyOptions,
): Promise<VerifiedImage> {
  const seen = await sightOf(client, target, { depth: depthOf(isDeep, isCache), platform });
  const judged = { target, source, seen, platform };
  if (locked !== undefined)
    return judge({ ...judged, wanted: { ...locked, children: childrenOf(locked), from: 'the lock' } });
  if (!withSource || seen.kind !== 'found') return judge({ ...judged, wanted: undefined });
  const upstream = await upstreamOf(client, source, seen.digest);
  if (upstream.kind === 'known') return judge({ ...judged, wanted: upstream.wanted });
  const image = judge({ ...judged, wanted: undefined });
  const note = `not compared, ${source} ${upstream.reason}`;
  return { ...image, detail: image.detail === '' ? note : `${image.detail}, ${note}` };
}

/** A lock does not say which manifest is for which platform. */
function childrenOf({ manifests }: FoundContent): readonly SeenChild[] {
  return manifests.map(digest => ({ digest, platform: undefined }));
}

function depthOf(isDeep: boolean, isCache: boolean): Depth {
  if (isCache) return 'tag';
  return isDeep ? 'all' : 'manifests';
}

async function sightOf(client: RegistryClient, image: string, closeness: Closeness): Promise<Sighting> {
  const address = registryAddress(image);
  if (address === undefined) return { kind: 'unchecked', reason: 'it is not a valid reference' };
  return lookAt(client, address, closeness);
}

type Upstream =
  { readonly kind: 'known'; readonly wanted: Wanted } | { readonly kind: 'unknown'; readonly reason: string };

/** What upstream has; it is read only where its digest is another one, since Docker Hub counts what is read. */
async function upstreamOf(client: RegistryClient, source: string, digest: string): Promise<Upstream> {
  const address = registryAddress(source);
  if (address === undefined) return { kind: 'unknown', reason: 'is not a valid reference' };
  const from = source;
  const head = await digestAt(client, address);
  if (head.kind === 'digest' && head.digest === digest)
    return { kind: 'known', wanted: { digest, platforms: [], children: [], from } };
  const seen =
    head.kind === 'digest' ? await lookAt(client, address, { depth: 'tag', platform: undefined }) : head;
  if (seen.kind !== 'found') return { kind: 'unknown', reason: sayWhy(seen) };
  return {
    kind: 'known',
    wanted: { digest: seen.digest, platforms: seen.platforms, children: seen.children, from },
  };
}

function sayWhy(seen: Exclude<Sighting, { readonly kind: 'found' }>): string {
  if (seen.kind === 'missing') return 'does not exist any more';
  return `cannot be read: ${seen.reason}`;
}

function repositoriesOf(images: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const repositories = new Map<string, string[]>();
  for (const image of images) {
    const address = registryAddress(image);
    if (address === undefined) continue;
    const known = repositories.get(address.registry) ?? [];
    if (!known.includes(address.repository)) known.push(address.repository);
    repositories.set(address.registry, known);
  }
  return repositories;
}

import { isDigest, shortDigest } from '../../core/image/digest.ts';
import {
  manifestTypes,
  platformOfConfig,
  readManifest,
  type Manifest,
  type ManifestChild,
} from '../../core/verify/manifest.ts';
import type { RegistryAddress } from '../../core/verify/registryAddress.ts';
import type { SeenChild, Sight, Sighting } from '../../core/verify/types.ts';
import type { RegistryClient } from './registryClient.ts';
import type { HttpResponse } from './transport.ts';

/** How closely an image is looked at. `all`: with its layers. `manifests`: all that its index names. `tag`: nothing else, as caches know no more. */
export type Depth = 'all' | 'manifests' | 'tag';

export interface Closeness {
  readonly depth: Depth;
  /** The only platform of an index that has to be whole; `undefined`: all. */
  readonly platform: string | undefined;
}

/** What a registry holds under a reference. */
export async function lookAt(
  client: RegistryClient,
  address: RegistryAddress,
  { depth, platform }: Closeness,
): Promise<Sighting> {
  const answer = await ask(client, address, 'GET', `manifests/${address.reference}`);
  if ('kind' in answer) return answer;
  const read = await readAnswer(answer, address.reference);
  if (read.kind === 'flawed') return read.sight;
  const { digest, manifest } = read;
  if (manifest.kind === 'index')
    return lookAtIndex({ client, address, depth, platform }, digest, manifest.children);
  if (manifest.kind !== 'image') return flawed(digest, flawOf(manifest));
  return lookAtImage({ client, address, depth, platform }, digest, manifest);
}

/** The digest that a registry gives for a reference, without reading it, which Docker Hub does not count. */
export async function digestAt(
  client: RegistryClient,
  address: RegistryAddress,
): Promise<Sighting | { readonly kind: 'digest'; readonly digest: string }> {
  const answer = await ask(client, address, 'HEAD', `manifests/${address.reference}`);
  if ('kind' in answer) return answer;
  const digest = answer.headers['docker-content-digest'] ?? '';
  if (isDigest(digest)) return { kind: 'digest', digest };
  return { kind: 'unreachable', reason: 'it does not say the digest' };
}

interface Looking extends Closeness {
  readonly client: RegistryClient;
  readonly address: RegistryAddress;
}

/** What is there, or why it is not had. */
async function ask(
  client: RegistryClient,
  { registry, repository }: RegistryAddress,
  method: 'GET' | 'HEAD',
  path: string,
): Promise<HttpResponse | Exclude<Sighting, Sight>> {
  const accept = path.startsWith('manifests/') ? { accept: manifestTypes } : {};
  const answer = await client.ask({ method, registry, repository, path, ...accept });
  if (answer.kind === 'response') {
    const { status } = answer.response;
    if (status === 200) return answer.response;
    if (status === 404) return { kind: 'missing' };
    return { kind: 'unreachable', reason: `it answers with status ${status}` };
  }
  const { kind, reason } = answer;
  if (kind === 'denied') return { kind, reason };
  return { kind: kind === 'later' || reason === 'stopped' ? 'unchecked' : 'unreachable', reason };
}

type Read =
  | { readonly kind: 'read'; readonly digest: string; readonly manifest: Manifest }
  | { readonly kind: 'flawed'; readonly sight: Sight };

/** The content decides about the digest, and not what the registry says of it. */
async function readAnswer({ headers, body }: HttpResponse, reference: string): Promise<Read> {
  const digest = await digestOf(body);
  const said = headers['docker-content-digest'];
  const wanted = isDigest(reference) ? reference : said;
  if (wanted?.startsWith('sha256:') === true && wanted !== digest) {
    const flaw = `the registry says its digest is ${shownDigest(wanted)}, but its content has ${digest}`;
    return { kind: 'flawed', sight: flawed(digest, flaw) };
  }
  const text = new TextDecoder().decode(body);
  return { kind: 'read', digest, manifest: readManifest(text, headers['content-type']) };
}

/** Indexes may be in indexes; more levels than this were not made to be pulled. */
const deepestIndex = 3;

async function lookAtIndex(
  looking: Looking,
  digest: string,
  children: readonly ManifestChild[],
  level = 1,
): Promise<Sighting> {
  const found: FoundChild[] = [];
  const seenOf = async (child: ManifestChild): Promise<void> => {
    found.push({ child, seen: await lookAtChild(looking, child, level) });
  };
  const { platform: only } = looking;
  const wanted = children.filter(
    ({ platform }) => [undefined, platform].includes(only) || platform === undefined,
  );
  if (looking.depth !== 'tag') await Promise.all(wanted.map(seenOf));
  const holes: string[] = [];
  const notes: string[] = [];
  const below: Sight[] = [];
  let trouble: Sighting | undefined;
  for (const { child, seen } of found) {
    if (seen === 'there' || seen === 'artifact') continue;
    if (typeof seen !== 'object') (child.isAttestation ? notes : holes).push(seen);
    else if (seen.kind !== 'found') trouble ??= seen;
    else below.push(seen);
  }
  holes.push(...below.flatMap(sight => sight.holes));
  if (trouble !== undefined && holes.length === 0) return trouble;
  const artifacts = new Set(found.filter(({ seen }) => seen === 'artifact').map(({ child }) => child));
  const own = children.filter(child => !child.isAttestation && !artifacts.has(child));
  const platforms = [
    ...own.flatMap(({ platform }) => platform ?? []),
    ...below.flatMap(sight => sight.platforms),
  ];
  const seen: readonly SeenChild[] = own.map(child => ({ digest: child.digest, platform: child.platform }));
  const flaw = own.length === 0 ? 'its index does not name an image' : undefined;
  return {
    kind: 'found',
    digest,
    platforms: [...new Set(platforms)],
    children: seen,
    flaw: flaw ?? below.find(sight => sight.flaw !== undefined)?.flaw,
    holes: holes.sort(),
    notes: notes.sort(),
  };
}

interface FoundChild {
  readonly child: ManifestChild;
  readonly seen: string | Sighting;
}

/** `there`, `artifact` for what nobody runs, what is missing, what an index in it leads to, or why it cannot be told. */
async function lookAtChild(
  looking: Looking,
  child: ManifestChild,
  level: number,
): Promise<string | Sighting> {
  const { client, address, depth } = looking;
  const name = nameOf(child);
  const isSure = imageTypes.has(child.mediaType) && child.platform !== undefined;
  const isRead = !child.isAttestation && (depth === 'all' || !isSure);
  const answer = await ask(client, address, isRead ? 'GET' : 'HEAD', `manifests/${child.digest}`);
  if ('kind' in answer) return answer.kind === 'missing' ? `${name} is missing` : answer;
  if (!isRead) return 'there';
  const read = await readAnswer(answer, child.digest);
  if (read.kind === 'flawed') return `${name}: ${read.sight.flaw ?? ''}`;
  const { manifest, digest } = read;
  if (manifest.kind === 'index') {
    if (level < deepestIndex) return lookAtIndex(looking, digest, manifest.children, level + 1);
    return `${name} is an index in too many others`;
  }
  // Some indexes have signatures and bills of materials beside their images.
  if (manifest.kind === 'unreadable' && child.platform === undefined) return 'artifact';
  if (manifest.kind !== 'image') return `${name}: ${flawOf(manifest)}`;
  if (depth !== 'all') return 'there';
  const lost = await lostBlobs(looking, [manifest.config, ...manifest.layers]);
  if (typeof lost !== 'number') return lost;
  return lost === 0 ? 'there' : `${name} lacks ${lost} of its layers`;
}

/** Of what is an image for sure, so that it need not be read. */
const imageTypes = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);

function nameOf({ isAttestation, platform, digest }: ManifestChild): string {
  if (isAttestation) return 'an attestation';
  return platform ?? shortDigest(digest);
}

async function lookAtImage(
  looking: Looking,
  digest: string,
  { config, layers }: Manifest & { readonly kind: 'image' },
): Promise<Sighting> {
  const holes: string[] = [];
  let platform: string | undefined;
  if (looking.depth !== 'tag') {
    const answer = await ask(looking.client, looking.address, 'GET', `blobs/${config}`);
    if (!('kind' in answer)) platform = platformOfConfig(new TextDecoder().decode(answer.body));
    else if (answer.kind === 'missing') holes.push('its configuration is missing');
    else return answer;
  }
  if (looking.depth === 'all') {
    const lost = await lostBlobs(looking, layers);
    if (typeof lost !== 'number') return lost;
    if (lost > 0) holes.push(`${lost} of its layers are missing`);
  }
  const platforms = platform === undefined ? [] : [platform];
  return {
    kind: 'found',
    digest,
    platforms,
    children: [{ digest, platform }],
    flaw: undefined,
    holes,
    notes: [],
  };
}

/** How many of these blobs are missing, or why that cannot be told. */
async function lostBlobs(
  { client, address }: Looking,
  digests: readonly string[],
): Promise<number | Sighting> {
  let lost = 0;
  for (const digest of new Set(digests)) {
    const answer = await ask(client, address, 'HEAD', `blobs/${digest}`);
    if (!('kind' in answer)) continue;
    if (answer.kind !== 'missing') return answer;
    lost++;
  }
  return lost;
}

function flawOf(manifest: Manifest): string {
  if (manifest.kind === 'schema1')
    return 'it has the old manifest schema 1, which current runtimes refuse: copy it again';
  return `its manifest cannot be read: ${manifest.kind === 'unreadable' ? manifest.reason : ''}`;
}

function flawed(digest: string, flaw: string): Sight {
  return { kind: 'found', digest, platforms: [], children: [], flaw, holes: [], notes: [] };
}

function shownDigest(text: string): string {
  return text.replace(/[^\w:]/g, '').slice(0, 80);
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
  return `sha256:${Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

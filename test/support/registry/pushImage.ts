// Tiny images that are whole: their only layer is an empty archive, so that engines can unpack them.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { TestRegistry } from './testRegistry.ts';

const types = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

/** `oci` and `docker`: one platform. `oci-index`: several, each with an attestation. `docker-list`: several. */
export type ImageForm = 'oci' | 'oci-index' | 'docker-list' | 'docker';

export const imageForms: readonly ImageForm[] = ['oci', 'oci-index', 'docker-list', 'docker'];

export interface PushOptions {
  readonly form: ImageForm;
  /** The first of them for a form with one; linux/amd64 and linux/arm64 by default. */
  readonly platforms?: readonly string[];
  /** Makes images of one name different; the repository by default. */
  readonly seed?: string;
}

export interface PushedChild {
  readonly digest: string;
  /** `undefined`: an attestation. */
  readonly platform: string | undefined;
  readonly config: string;
}

export interface PushedImage {
  readonly digest: string;
  readonly mediaType: string;
  /** The manifest itself for a form with one. */
  readonly children: readonly PushedChild[];
  readonly layer: string;
}

const archive = Buffer.alloc(1024);
const layer = gzipSync(archive);

export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Pushes an image under a tag. */
export async function pushImage(
  registry: TestRegistry,
  repository: string,
  tag: string,
  { form, platforms = ['linux/amd64', 'linux/arm64'], seed = repository }: PushOptions,
): Promise<PushedImage> {
  const isDocker = form.startsWith('docker');
  const isIndex = form === 'oci-index' || form === 'docker-list';
  await pushBlob(registry, repository, layer);
  const wanted = isIndex ? platforms : platforms.slice(0, 1);
  const children: PushedChild[] = [];
  const entries: Record<string, unknown>[] = [];
  for (const platform of wanted) {
    const made = await pushManifest(registry, repository, {
      isDocker,
      platform,
      seed,
      tag: isIndex ? undefined : tag,
    });
    children.push({ digest: made.descriptor.digest, platform, config: made.config });
    entries.push({ ...made.descriptor, platform: platformOf(platform) });
    if (!isIndex)
      return {
        digest: made.descriptor.digest,
        mediaType: made.descriptor.mediaType,
        children,
        layer: digestOf(layer),
      };
    if (form !== 'oci-index') continue;
    const attestation = await pushManifest(registry, repository, {
      isDocker,
      platform: 'unknown/unknown',
      seed: `${seed} ${platform}`,
      tag: undefined,
    });
    children.push({ digest: attestation.descriptor.digest, platform: undefined, config: attestation.config });
    entries.push({
      ...attestation.descriptor,
      platform: platformOf('unknown/unknown'),
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': made.descriptor.digest,
      },
    });
  }
  const mediaType = isDocker ? types.dockerList : types.ociIndex;
  const body = JSON.stringify({ schemaVersion: 2, mediaType, manifests: entries });
  await putManifest(registry, repository, tag, { mediaType, body });
  return { digest: digestOf(body), mediaType, children, layer: digestOf(layer) };
}

interface ManifestOptions {
  readonly isDocker: boolean;
  readonly platform: string;
  readonly seed: string;
  /** `undefined`: it is put under its digest. */
  readonly tag: string | undefined;
}

interface PushedManifest {
  readonly descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly config: string;
}

async function pushManifest(
  registry: TestRegistry,
  repository: string,
  { isDocker, platform, seed, tag }: ManifestOptions,
): Promise<PushedManifest> {
  const config = Buffer.from(
    JSON.stringify({
      ...platformOf(platform),
      config: { Labels: { seed } },
      rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
    }),
  );
  await pushBlob(registry, repository, config);
  const mediaType = isDocker ? types.dockerManifest : types.ociManifest;
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: descriptor(isDocker ? types.dockerConfig : types.ociConfig, config),
    layers: [descriptor(isDocker ? types.dockerLayer : types.ociLayer, layer)],
  });
  await putManifest(registry, repository, tag ?? digestOf(body), { mediaType, body });
  return { descriptor: descriptor(mediaType, Buffer.from(body)), config: digestOf(config) };
}

function descriptor(mediaType: string, bytes: Uint8Array): PushedManifest['descriptor'] {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** `linux/arm/v7` as an index writes it. */
function platformOf(platform: string): Record<string, string> {
  const [os = '', architecture = '', variant] = platform.split('/');
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

export async function pushBlob(
  registry: TestRegistry,
  repository: string,
  bytes: Uint8Array,
): Promise<string> {
  const digest = digestOf(bytes);
  const start = await registry.call({ method: 'POST', path: `/v2/${repository}/blobs/uploads/` });
  const location = start.headers.location;
  if (start.status !== 202 || location === undefined)
    throw new Error(`POST ${repository}: ${start.status} ${start.body.toString()}`);
  const target = new URL(location, registry.url);
  target.searchParams.set('digest', digest);
  const { status, body } = await registry.call({
    method: 'PUT',
    path: target.href,
    headers: { 'content-type': 'application/octet-stream', 'content-length': `${bytes.length}` },
    body: bytes,
  });
  if (status !== 201) throw new Error(`PUT blob of ${repository}: ${status} ${body.toString()}`);
  return digest;
}

export async function putManifest(
  registry: TestRegistry,
  repository: string,
  reference: string,
  { mediaType, body }: { readonly mediaType: string; readonly body: string },
): Promise<void> {
  const answer = await registry.call({
    method: 'PUT',
    path: `/v2/${repository}/manifests/${reference}`,
    headers: { 'content-type': mediaType },
    body,
  });
  if (answer.status !== 201)
    throw new Error(`PUT ${repository}:${reference}: ${answer.status} ${answer.body.toString()}`);
}

export async function deleteManifest(
  registry: TestRegistry,
  repository: string,
  digest: string,
): Promise<void> {
  const { status } = await registry.call({ method: 'DELETE', path: `/v2/${repository}/manifests/${digest}` });
  if (status !== 202) throw new Error(`DELETE ${repository}@${digest}: ${status}`);
}

export async function deleteBlob(registry: TestRegistry, repository: string, digest: string): Promise<void> {
  const { status } = await registry.call({ method: 'DELETE', path: `/v2/${repository}/blobs/${digest}` });
  if (status !== 202) throw new Error(`DELETE ${repository} ${digest}: ${status}`);
}

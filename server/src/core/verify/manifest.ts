import { isDigest } from '../image/digest.ts';
import { jsonValue } from '../text/jsonValue.ts';
import { isRecord } from '../yaml/value.ts';
import { usualPlatform } from './platform.ts';

/** What a registry is asked for. To whoever leaves one of them out, an image of that type seems to be missing. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  // The last, and only to be recognised.
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
].join(', ');

/** A manifest that an index names. */
export interface ManifestChild {
  readonly digest: string;
  readonly mediaType: string;
  /** Such as `linux/arm/v7`; `undefined`: it is for no platform. */
  readonly platform: string | undefined;
  /** Says how another child was built; nobody runs it. */
  readonly isAttestation: boolean;
}

export type Manifest =
  | { readonly kind: 'index'; readonly children: readonly ManifestChild[] }
  /** The first blob is its configuration. */
  | { readonly kind: 'image'; readonly config: string; readonly layers: readonly string[] }
  /** The form before 2016, which current runtimes refuse. */
  | { readonly kind: 'schema1' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** More than any index has. */
const mostChildren = 500;

/** Reads a manifest; its own `mediaType` counts before the `Content-Type` that it came with. */
export function readManifest(text: string, contentType: string | undefined): Manifest {
  const value = jsonValue(text);
  if (value === undefined) return unreadable('it is not JSON');
  if (!isRecord(value)) return unreadable('it is not a JSON object');
  const type = typeof value['mediaType'] === 'string' ? value['mediaType'] : (contentType ?? '');
  if (value['schemaVersion'] === 1 || /docker\.distribution\.manifest\.v1\+/.test(type))
    return { kind: 'schema1' };
  if (Array.isArray(value['manifests'])) return readIndex(value['manifests']);
  if (!Array.isArray(value['layers'])) return unreadable(`its type "${shown(type)}" is not that of an image`);
  return readImage(value['config'], value['layers']);
}

/** By the image specifications of OCI and of Docker; other things, such as Helm charts, have manifests of the same form. */
const configTypes = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

function readImage(config: unknown, entries: readonly unknown[]): Manifest {
  const digest = digestIn(config);
  if (!isRecord(config) || digest === undefined) return unreadable('it has no configuration');
  const type = config['mediaType'];
  if (typeof type === 'string' && !configTypes.has(type))
    return unreadable(`its content is "${shown(type)}", which is not an image`);
  const layers: string[] = [];
  for (const entry of entries) {
    const layer = digestIn(entry);
    if (layer === undefined) return unreadable('it names a layer without a digest');
    layers.push(layer);
  }
  return { kind: 'image', config: digest, layers };
}

function readIndex(entries: readonly unknown[]): Manifest {
  if (entries.length > mostChildren) return unreadable(`it names ${entries.length} manifests`);
  const children: ManifestChild[] = [];
  for (const entry of entries) {
    const digest = digestIn(entry);
    if (digest === undefined || !isRecord(entry)) return unreadable('it names a manifest without a digest');
    const platform = platformOf(entry['platform']);
    const isAttestation = platform === 'unknown/unknown' || hasReferenceType(entry['annotations']);
    children.push({
      digest,
      mediaType: typeof entry['mediaType'] === 'string' ? entry['mediaType'] : '',
      platform: isAttestation ? undefined : platform,
      isAttestation,
    });
  }
  return { kind: 'index', children };
}

/** The platform that the configuration of an image names; `undefined`: none. */
export function platformOfConfig(text: string): string | undefined {
  return platformOf(jsonValue(text));
}

function platformOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { os, architecture, variant } = value;
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  const parts = [os, architecture, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])];
  if (!parts.every(part => /^[\w.-]{1,40}$/.test(part))) return undefined;
  return usualPlatform(parts.join('/'));
}

function hasReferenceType(annotations: unknown): boolean {
  return isRecord(annotations) && annotations['vnd.docker.reference.type'] !== undefined;
}

function digestIn(value: unknown): string | undefined {
  const digest = isRecord(value) ? value['digest'] : undefined;
  return typeof digest === 'string' && isDigest(digest) ? digest : undefined;
}

function shown(type: string): string {
  return type.replace(/[^\w.+/;= -]/g, '').slice(0, 100);
}

function unreadable(reason: string): Manifest {
  return { kind: 'unreadable', reason };
}

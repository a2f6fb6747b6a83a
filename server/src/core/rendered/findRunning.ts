import { isDigest } from '../image/digest.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import { canonicalImage } from './references.ts';
import type { RenderedImage } from './types.ts';

const statusLists = [
  ['containerStatuses', 'containers'],
  ['initContainerStatuses', 'initContainers'],
  ['ephemeralContainerStatuses', 'ephemeralContainers'],
] as const;

/** Why a kubelet has not pulled an image (its pkg/kubelet/images/types.go). */
const pullTroubles = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** What runs in a Pod by its status, or would if it could be pulled; none of an object that is not a Pod, or of a Pod that has ended. */
export function findRunning(object: Value): readonly RenderedImage[] {
  if (!isRecord(object)) return [];
  const { kind, metadata, spec, status } = object;
  // Items of a list need not name their kind.
  if ((kind !== undefined && kind !== 'Pod') || !isRecord(status) || !isRecord(spec)) return [];
  if (status['phase'] === 'Succeeded' || status['phase'] === 'Failed') return [];
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  const pod = { kind: 'Pod', name: textOf(name), namespace: textOf(namespace) || undefined };
  const found: RenderedImage[] = [];
  for (const [key, containers] of statusLists) {
    const wanted = imagesByName(spec[containers]);
    const list = status[key];
    for (const [index, each] of (isList(list) ? list : []).entries()) {
      if (!isRecord(each)) continue;
      const imageId = textOf(each['imageID']);
      const written = wanted.get(textOf(each['name'])) ?? textOf(each['image']);
      const running = { digest: digestOf(imageId), trouble: troubleOf(each['state']) };
      if (imageId === '' && running.trouble === undefined) continue;
      const path = ['status', key, index, 'imageID'];
      found.push({
        how: 'running',
        written,
        image: canonicalImage(written),
        object: pod,
        path,
        inner: [],
        running,
      });
    }
  }
  return found;
}

/** By the name of the container. The status may name another tag of the same content. */
function imagesByName(containers: Value | undefined): ReadonlyMap<string, string> {
  const images = new Map<string, string>();
  for (const container of isList(containers) ? containers : []) {
    if (!isRecord(container)) continue;
    images.set(textOf(container['name']), textOf(container['image']));
  }
  return images;
}

/** `docker-pullable://host/path@sha256:…` and the like; an identifier without `@` is that of the unpacked image. */
function digestOf(imageId: string): string | undefined {
  const digest = imageId.slice(imageId.indexOf('@') + 1);
  return digest !== imageId && isDigest(digest) ? digest : undefined;
}

function troubleOf(state: Value | undefined): string | undefined {
  const waiting = isRecord(state) ? state['waiting'] : undefined;
  const reason = isRecord(waiting) ? textOf(waiting['reason']) : '';
  return pullTroubles.has(reason) ? reason : undefined;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

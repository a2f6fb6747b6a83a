import { isDigest } from '../image/digest.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';
import type { Path } from '../yaml/nodes.ts';
import { nameOf, textOf } from './objectsIn.ts';
import { canonicalImage } from './references.ts';
import type { ObjectName, RenderedImage, RunningImage } from './types.ts';

const containerLists = [
  ['containers', 'containerStatuses'],
  ['initContainers', 'initContainerStatuses'],
  ['ephemeralContainers', 'ephemeralContainerStatuses'],
] as const;

/** Why a kubelet has not pulled an image (its pkg/kubelet/images/types.go). */
export const pullTroubles: ReadonlySet<string> = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

type Fields = Readonly<Record<string, Value>>;

/**
 * What runs in a Pod, or is to run: each container with what its status says, and image volumes, which have none. Nothing of an
 * object that is not a Pod, or of a Pod that has ended.
 */
export function findRunning(object: Value): readonly RenderedImage[] {
  if (!isRecord(object)) return [];
  const { kind, spec } = object;
  const status = object['status'] ?? {};
  // Items of a list need not name their kind.
  if ((kind !== undefined && kind !== 'Pod') || !isRecord(spec) || !isRecord(status)) return [];
  if (status['phase'] === 'Succeeded' || status['phase'] === 'Failed') return [];
  const pod = { ...nameOf(object), kind: 'Pod' };
  return [
    ...containerLists.flatMap(([list, statuses]) =>
      containersIn(pod, recordsIn(spec[list]), list, status[statuses]),
    ),
    ...volumesIn(pod, recordsIn(spec['volumes'])),
  ];
}

function containersIn(
  pod: ObjectName,
  containers: readonly Fields[],
  list: string,
  statuses: Value | undefined,
): readonly RenderedImage[] {
  const known = new Map(recordsIn(statuses).map(status => [textOf(status['name']), status]));
  return containers.flatMap((container, index): readonly RenderedImage[] => {
    // The status may name another tag of the same content.
    const written = textOf(container['image']);
    if (written === '') return [];
    const running = runningOf(known.get(textOf(container['name'])));
    return [imageAt(pod, ['spec', list, index, 'image'], written, running)];
  });
}

function volumesIn(pod: ObjectName, volumes: readonly Fields[]): readonly RenderedImage[] {
  return volumes.flatMap((volume, index): readonly RenderedImage[] => {
    const image = isRecord(volume['image']) ? textOf(volume['image']['reference']) : '';
    const path = ['spec', 'volumes', index, 'image', 'reference'];
    return image === '' ? [] : [imageAt(pod, path, image, { digest: undefined, trouble: undefined })];
  });
}

function imageAt(object: ObjectName, path: Path, written: string, running: RunningImage): RenderedImage {
  return { how: 'running', written, image: canonicalImage(written), object, path, inner: [], running };
}

/** What is waiting, and not pulled: for the registry, for another container, or for a node. */
function runningOf(status: Fields | undefined): RunningImage {
  const imageId = textOf(status?.['imageID']);
  const state = status?.['state'];
  const waiting = isRecord(state) ? state['waiting'] : undefined;
  const reason = isRecord(waiting) ? textOf(waiting['reason']) : '';
  // After a restart, what was pulled once may not be had any more.
  if (imageId !== '')
    return { digest: digestOf(imageId), trouble: pullTroubles.has(reason) ? reason : undefined };
  return { digest: undefined, trouble: reason === '' ? 'not started yet' : reason };
}

/** `docker-pullable://host/path@sha256:…` and the like; an identifier without `@` is that of the unpacked image. */
function digestOf(imageId: string): string | undefined {
  const digest = imageId.slice(imageId.indexOf('@') + 1);
  return digest !== imageId && isDigest(digest) ? digest : undefined;
}

function recordsIn(list: Value | undefined): readonly Fields[] {
  return (isList(list) ? list : []).filter(isRecord);
}

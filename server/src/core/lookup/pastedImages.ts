import { pullTroubles, findRunning } from '../rendered/findRunning.ts';
import { findImages } from '../rendered/findImages.ts';
import { nameOf, textOf } from '../rendered/objectsIn.ts';
import { readManifest, withInjectedProxy } from '../rendered/readManifest.ts';
import { canonicalImage, tellsReference } from '../rendered/references.ts';
import { ManifestSplitter } from '../rendered/splitManifests.ts';
import type { RenderedImage } from '../rendered/types.ts';
import { isRecord, type Value } from '../yaml/value.ts';

/** An image that somebody asks about. */
export interface AskedImage {
  /** Canonical. */
  readonly image: string;
  /** Of the Pod; `undefined`: the text does not say. */
  readonly namespace: string | undefined;
  /** Why it is not pulled, such as `ImagePullBackOff`; `undefined`: it is, or the text does not say. */
  readonly trouble: string | undefined;
}

/**
 * The images that a text names, each once for each namespace: references, events, what `kubectl describe` prints, or manifests. Nothing
 * else of the text is in the answer, since Pods hold passwords.
 */
export function readPastedImages(text: string): readonly AskedImage[] {
  const found = isManifest(text) ? inManifests(text) : inLines(text);
  const asked = new Map<string, AskedImage>();
  for (const image of found) {
    const key = `${image.namespace ?? ''} ${image.image}`;
    if (asked.get(key)?.trouble === undefined) asked.set(key, image);
  }
  return [...asked.values()];
}

function isManifest(text: string): boolean {
  return /^\s*[{[]/.test(text) || /^[ \t]*(?:-[ \t]+)?["']?(?:kind|spec|containers)["']?:/m.test(text);
}

function inManifests(text: string): readonly AskedImage[] {
  const splitter = new ManifestSplitter();
  const parts = [...splitter.push(text), ...splitter.end()];
  const images = withInjectedProxy(parts.flatMap(part => readManifest(part, findAsked).images));
  const asked: AskedImage[] = [];
  for (const { image, object, running } of images) {
    const trouble = running?.trouble ?? '';
    const known = pullTroubles.has(trouble) ? trouble : undefined;
    if (image !== undefined) asked.push({ image, namespace: object.namespace, trouble: known });
  }
  return asked;
}

/** What the containers of a Pod are to run is better told by its status. */
function findAsked(object: Value): readonly RenderedImage[] {
  if (isRecord(object) && object['kind'] === 'Event') return inEvent(object);
  const running = findRunning(object);
  if (running.length === 0) return findImages(object);
  return [...running, ...findImages(object).filter(({ how }) => how !== 'container')];
}

function inEvent(event: Readonly<Record<string, Value>>): readonly RenderedImage[] {
  const object = nameOf(event);
  return quotedImages(textOf(event['message'])).map(({ image, trouble }) => ({
    how: 'text',
    written: image,
    image,
    object,
    path: ['message'],
    inner: [],
    running: { digest: undefined, trouble },
  }));
}

function inLines(text: string): readonly AskedImage[] {
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
  const isTable = /^NAMESPACE\s/.test(lines[0] ?? '');
  const found: AskedImage[] = [];
  let namespace: string | undefined;
  for (const line of lines) {
    namespace = /^Namespace:\s+(\S+)/.exec(line)?.[1] ?? namespace;
    if (isTable) namespace = /^\S+/.exec(line)?.[0];
    const reason = /^\s+Reason:\s+(\w+)/.exec(line)?.[1] ?? '';
    const last = found.at(-1);
    if (last !== undefined && pullTroubles.has(reason)) found.splice(-1, 1, { ...last, trouble: reason });
    for (const image of imagesOfLine(line, lines.length === 1)) found.push({ ...image, namespace });
  }
  return found;
}

type Named = Pick<AskedImage, 'image' | 'trouble'>;

function imagesOfLine(line: string, isAlone: boolean): readonly Named[] {
  const quoted = quotedImages(line);
  if (quoted.length > 0) return quoted;
  const field = /^\s*(?:-\s+)?["']?(?:\w*[Ii]mage|repository)["']?:\s+["']?([^\s"',]+)/.exec(line)?.[1];
  const written = field ?? wordOf(line);
  if (written === undefined) return [];
  // Any word is a short name of Docker Hub, but few are meant to be.
  const isMeant = isAlone || field !== undefined || tellsReference(written) || written.includes('/');
  const image = isMeant ? canonicalImage(written.replace(runtimePrefix, '')) : undefined;
  return image === undefined ? [] : [{ image, trouble: undefined }];
}

const runtimePrefix = /^(?:docker-pullable|docker|containerd|oci|https?):\/\//;

/** A line that is one word, after the command that pulls it. */
function wordOf(line: string): string | undefined {
  return /^\s*(?:-\s+)?(?:\w+ (?:image )?pull\s+)?["'`]?([^\s"'`,]+)["'`]?,?\s*$/.exec(line)?.[1];
}

/** What messages of the kubelet name (its pkg/kubelet/images and events), and of container runtimes. */
const message =
  /(Back-off pulling|Failed to pull|pull(?:ing|ed)?|Container|reference) (?:image )?\\?"([^"\\\s]+)\\?"/gi;

function quotedImages(text: string): readonly Named[] {
  const said = /\w+/g;
  const reason = [...text.matchAll(said)].map(([word]) => word).find(word => pullTroubles.has(word));
  const found = new Map<string, Named>();
  for (const [, verb = '', written = ''] of text.matchAll(message)) {
    const image = canonicalImage(written.replace(runtimePrefix, ''));
    if (image !== undefined && !found.has(image))
      found.set(image, { image, trouble: reason ?? troubleOf(verb.toLowerCase()) });
  }
  return [...found.values()];
}

function troubleOf(verb: string): string | undefined {
  if (verb === 'back-off pulling') return 'ImagePullBackOff';
  return verb === 'failed to pull' ? 'ErrImagePull' : undefined;
}

import { readText } from './readText.ts';
import { findImages } from './findImages.ts';
import type { ManifestPart } from './splitManifests.ts';
import { objectsIn } from './objectsIn.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { RenderedImage } from './types.ts';

/** What a part of a stream of manifests names. */
export interface ReadManifest {
  readonly images: readonly RenderedImage[];
  /** How many objects of Kubernetes it is. */
  readonly objects: number;
  /** Why images may be missing from it: a sentence without its end; `undefined`: none are. */
  readonly problem: string | undefined;
}

const withoutImages: ReadManifest = { images: [], objects: 1, problem: undefined };

/** `find` says what is looked for in an object. */
export function readManifest(
  { text, line: begin, role, isLast }: ManifestPart,
  find: (object: Value) => readonly RenderedImage[] = findImages,
): ReadManifest {
  if (isDefinition(text) || (!isLast && isWithoutImages(text))) return withoutImages;
  const { values, lines, isStructured } = readText(text);
  const object = { kind: '', name: '', namespace: undefined };
  const found = lines.map(({ line, image }): RenderedImage => {
    return { written: image, image, object, path: [], inner: [], how: 'text', line: begin + line - 1 };
  });
  const all = values.flatMap(objectsIn);
  const images = [...all.flatMap(find), ...found];
  if (!isStructured) {
    const problem = 'this is neither YAML nor JSON, so only lines with "image:" were looked at';
    return { images, objects: 0, problem };
  }
  if (role === 'frame') return { images, objects: 0, problem: undefined };
  const isNamed =
    role === 'item' || values.every(value => !isRecord(value) || typeof value['kind'] === 'string');
  const objects = all.filter(isRecord).length;
  if (isNamed && objects === all.length) return { images, objects, problem: undefined };
  return { images, objects, problem: 'this is not a manifest of Kubernetes, it does not have a "kind"' };
}

/** Most objects do not name an image, whether they can be parsed or not; anything else is looked at all the same. */
function isWithoutImages(text: string): boolean {
  return /^ *kind: \w/m.test(text) && !/image/i.test(text);
}

/**
 * Whether it is plain from the text that it is a CustomResourceDefinition. They are nine tenths of what is printed, their schemas tell
 * of images, and none names one.
 */
function isDefinition(text: string): boolean {
  if (text.startsWith('{')) return definitionInJson.test(text);
  // An item of a list is indented.
  return (text.startsWith('  ') ? definitionOfItem : definitionInYaml).test(text);
}

const definitionInJson =
  /^\{\s*"apiVersion":\s*"apiextensions\.k8s\.io\/\w+",\s*"kind":\s*"CustomResourceDefinition"/;
const definitionInYaml = /^kind: CustomResourceDefinition\s*$/m;
const definitionOfItem = /^ {2}kind: CustomResourceDefinition\s*$/m;

/** Names what Istio puts in for `auto`, where the same input holds its configuration. */
export function withInjectedProxy(images: readonly RenderedImage[]): readonly RenderedImage[] {
  const proxy = images.find(
    ({ object, inner }) =>
      object.kind === 'ConfigMap' &&
      object.name.startsWith('istio-sidecar-injector') &&
      inner[0]?.join('.') === 'global.proxy.image',
  );
  if (proxy === undefined) return images;
  return images.map(found => (found.how === 'istio-auto' ? { ...found, image: proxy.image } : found));
}

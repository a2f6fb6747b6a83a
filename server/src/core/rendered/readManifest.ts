import { readText } from './readText.ts';
import { findImages } from './findImages.ts';
import type { ManifestPart } from './splitManifests.ts';
import type { RenderedImage } from './types.ts';

/** What one object names; `isUnreadable`: its text is neither YAML nor JSON, so that only its lines were searched. */
export interface ReadManifest {
  readonly images: readonly RenderedImage[];
  readonly isUnreadable: boolean;
}

const nothing: ReadManifest = { images: [], isUnreadable: false };

/** Most objects do not name an image, and need not be parsed. */
export function readManifest({ text, line: begin }: ManifestPart): ReadManifest {
  if (isDefinition(text) || !/image/i.test(text)) return nothing;
  const { values, lines } = readText(text);
  const object = { kind: '', name: '', namespace: undefined };
  const found = lines.map(({ line, image }): RenderedImage => {
    return { written: image, image, object, path: [], inner: [], how: 'text', line: begin + line - 1 };
  });
  return { images: [...values.flatMap(findImages), ...found], isUnreadable: values.length === 0 };
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

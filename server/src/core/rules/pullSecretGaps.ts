import type { StackView } from '../policy/view.ts';
import { pullSecretsBlock } from '../pullSecrets/block.ts';
import { imagesToCover, type PrivateImage } from '../pullSecrets/privateImages.ts';
import { imageReach, secretOverrides, type ImageReach, type NamespacePull } from '../pullSecrets/reach.ts';
import { jointCover } from '../pullSecrets/sources.ts';
import type { Value } from '../yaml/value.ts';
import { sayList } from '../text/list.ts';
import { imageLabel, isShared, isWritable } from './rewriteChanges.ts';
import type { Fix } from './types.ts';

/** Images that need credentials and whose Pods get none, all for one reason. */
export interface PullSecretGap {
  readonly verdict: NamespacePull['verdict'];
  /** For `excluded`, the pattern. */
  readonly by: string;
  readonly namespaces: readonly string[];
  readonly images: readonly PrivateImage[];
}

interface OpenGap {
  readonly verdict: NamespacePull['verdict'];
  readonly by: string;
  readonly namespaces: Set<string>;
  readonly images: Set<PrivateImage>;
}

/**
 * The gaps of a stack: one a pattern that excludes, else one a component. Images whose chart gets a Secret already have
 * none, and neither have those that the policy's Secrets are known to have no credentials for.
 */
export function pullSecretGaps(view: StackView): readonly PullSecretGap[] {
  const isCovered = jointCover(view, pullSecretsBlock(view).credentials) ?? (() => true);
  const images = imagesToCover(view).filter(({ repository }) => isCovered(repository));
  const needed = new Map(images.map(image => [image.entry.path, image]));
  const gaps = new Map<string, OpenGap>();
  for (const reach of imageReach(view)) {
    const image = needed.get(reach.entry.path);
    if (image === undefined || reach.supplied !== 'no') continue;
    for (const pull of reach.pulls) if (pull.verdict !== 'receives') addTo(gaps, reach, { pull, image });
  }
  return [...gaps.values()].map(gap => ({ ...gap, namespaces: [...gap.namespaces], images: [...gap.images] }));
}

function addTo(
  gaps: Map<string, OpenGap>,
  { entry }: ImageReach,
  { pull, image }: { readonly pull: NamespacePull; readonly image: PrivateImage },
): void {
  const { verdict, by = '', namespace } = pull;
  const key = verdict === 'excluded' ? `excluded ${by}` : `${verdict} ${entry.component.path}`;
  const gap = gaps.get(key) ?? { verdict, by, namespaces: new Set<string>(), images: new Set<PrivateImage>() };
  gap.namespaces.add(namespace);
  gap.images.add(image);
  gaps.set(key, gap);
}

/** `5 images from registry.example.com (dex, oauth2Proxy, kubectl, …)`. */
export function sayImages(images: readonly PrivateImage[]): string {
  const names = [...new Set(images.map(({ entry }) => imageLabel(entry)))];
  const shown = [...names.slice(0, 3), ...(names.length > 3 ? ['…'] : [])].join(', ');
  const registries = [...new Set(images.map(({ registry }) => registry))];
  return `${images.length} ${images.length === 1 ? 'image' : 'images'} from ${sayList(registries)} (${shown})`;
}

/** The images for which no value of their chart takes a Secret. */
export function withoutKey(view: StackView, images: readonly PrivateImage[]): readonly PrivateImage[] {
  return images.filter(({ entry }) => secretOverrides(view, entry, '').length === 0);
}

/** Hands a Secret to the charts of the images by `valuesOverrides`; none where no chart takes one. */
export function overrideFixes(view: StackView, { images, namespaces }: PullSecretGap, secret: string): readonly Fix[] {
  const layer = view.ownLayer;
  if (layer === undefined || !isWritable(layer)) return [];
  const values = new Map<string, { readonly path: readonly string[]; readonly value: Value }>();
  for (const { entry } of images) {
    for (const override of secretOverrides(view, entry, secret)) {
      if (!isShared(layer, override.path)) values.set(override.path.join('.'), override);
    }
  }
  if (values.size === 0) return [];
  const where = `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${sayList(namespaces)}`;
  return [
    {
      title: `Hand Secret "${secret}" to the charts by valuesOverrides (it must be in ${where} before the sync)`,
      applies: 'choice',
      changes: () => [...values.values()].map(({ path, value }) => ({ kind: 'set', layer, path, value })),
    },
  ];
}

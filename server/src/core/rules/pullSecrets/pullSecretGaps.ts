import type { StackView } from '../../analysis/stackView.ts';
import { pullSecretsBlock } from '../../pullSecrets/block.ts';
import { imagesToCover, type PrivateImage } from '../../pullSecrets/privateImages.ts';
import type { SecretKey } from '../../catalog/types.ts';
import { overrideValue } from '../../pullSecrets/chartSecrets.ts';
import {
  hasTextOverrides,
  imageReach,
  overrideKeys,
  podSwitches,
  writablePath,
  type ImageReach,
  type NamespacePull,
} from '../../pullSecrets/reach.ts';
import { secretsToHand, jointCover } from '../../pullSecrets/sources.ts';
import { sayList } from '../../text/list.ts';
import { isWritable } from '../image/overrides.ts';
import { imageLabel, isShared } from '../image/rewriteChanges.ts';
import type { Fix } from '../../findings/finding.ts';

/** Images that need credentials and whose Pods get none, all for one reason. */
export interface PullSecretGap {
  readonly verdict: NamespacePull['verdict'];
  /** For `excluded`, the pattern. */
  readonly by: string;
  readonly namespaces: readonly string[];
  readonly images: readonly PrivateImage[];
  /** All of the Pods start before the policy exists, so that it could not help them in any case. */
  readonly startsEarly: boolean;
}

interface OpenGap {
  readonly verdict: NamespacePull['verdict'];
  readonly by: string;
  readonly namespaces: Set<string>;
  readonly images: Set<PrivateImage>;
  startsEarly: boolean;
}

/**
 * The gaps of a stack: one per pattern that excludes, else one per component. Images whose chart gets a Secret already have
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
  return [...gaps.values()].map(gap => ({
    ...gap,
    namespaces: [...gap.namespaces],
    images: [...gap.images],
  }));
}

/** The images of which it is not known whether their chart gets a Secret, as far as the policy does not reach them, by component. */
export function openPullSecrets(view: StackView): ReadonlyMap<string, readonly PrivateImage[]> {
  const needed = new Map(imagesToCover(view).map(image => [image.entry.path, image]));
  const open = new Map<string, PrivateImage[]>();
  for (const { entry, supplied, pulls } of imageReach(view)) {
    const image = needed.get(entry.path);
    if (supplied !== 'unknown' || image === undefined) continue;
    if (pulls.every(({ verdict }) => verdict === 'receives')) continue;
    const own = open.get(entry.component.path) ?? [];
    own.push(image);
    open.set(entry.component.path, own);
  }
  return open;
}

function addTo(
  gaps: Map<string, OpenGap>,
  { entry }: ImageReach,
  { pull, image }: { readonly pull: NamespacePull; readonly image: PrivateImage },
): void {
  const { verdict, by = '', namespace } = pull;
  const key = verdict === 'excluded' ? `excluded ${by}` : `${verdict} ${entry.component.path}`;
  const gap = gaps.get(key) ?? { verdict, by, namespaces: new Set(), images: new Set(), startsEarly: true };
  gap.startsEarly &&= pull.startsEarly;
  gap.namespaces.add(namespace);
  gap.images.add(image);
  gaps.set(key, gap);
}

/** What findings about the images name: a repository once for each value, so that one value more is another finding. */
export function repositoriesOf(images: readonly PrivateImage[]): readonly string[] {
  return [...new Set(images)].map(({ repository }) => repository);
}

/** `5 images from registry.example.com (dex, oauth2Proxy, kubectl, …)`. */
export function sayImages(images: readonly PrivateImage[]): string {
  const names = [...new Set(images.map(({ entry }) => imageLabel(entry)))];
  const shown = names.slice(0, 3);
  if (names.length > 3) shown.push('…');
  const registries = [...new Set(images.map(({ registry }) => registry))];
  const count = images.length === 1 ? '1 image' : `${images.length} images`;
  return `${count} from ${sayList(registries)} (${shown.join(', ')})`;
}

/** The images for which no value of their chart takes a Secret. */
export function withoutKey(view: StackView, images: readonly PrivateImage[]): readonly PrivateImage[] {
  return images.filter(({ entry }) => overrideKeys(view, entry).length === 0);
}

/** A chart's key and the Secrets that cover its images. */
export interface Handed {
  readonly key: SecretKey;
  /** The value path to write them at. */
  readonly path: readonly string[];
  readonly secrets: Set<string>;
}

/** Hands the charts of the images the Secrets that cover them, by `valuesOverrides`; none where no chart takes one. */
export function overrideFixes(view: StackView, gap: PullSecretGap): readonly Fix[] {
  const layer = view.ownLayer;
  if (layer === undefined || !isWritable(layer)) return [];
  const writable = gap.images.filter(({ entry }) => !hasTextOverrides(view, entry));
  const handed = handedTo(view, writable).filter(({ path }) => !isShared(layer, path));
  if (handed.length === 0) return [];
  const secrets = [...new Set(handed.flatMap(each => [...each.secrets]))].map(name => `"${name}"`);
  const places = secretNamespaces(view, gap, handed);
  const [what, it] = secrets.length === 1 ? ['Secret', 'it'] : ['Secrets', 'they'];
  const where = `${places.length === 1 ? 'namespace' : 'namespaces'} ${sayList(places)}`;
  return [
    {
      title: `Pass ${what} ${sayList(secrets)} to the charts with valuesOverrides (${it} must be in ${where} before the sync)`,
      applies: 'named',
      changes: () =>
        handed.map(({ key, path, secrets: names }) => {
          return { kind: 'set', layer, path, value: overrideValue(key, [...names]) };
        }),
    },
  ];
}

/** The namespaces that need the Secrets before the sync. */
export function secretNamespaces(
  view: StackView,
  { namespaces }: PullSecretGap,
  handed: readonly Handed[],
): readonly string[] {
  return [...new Set([...namespaces, ...handed.flatMap(({ key }) => otherNamespaces(view, key))])];
}

/** The keys of the charts for some images, with the Secrets of the policy that cover these. */
export function handedTo(view: StackView, images: readonly PrivateImage[]): readonly Handed[] {
  const { credentials } = pullSecretsBlock(view);
  const handed = new Map<SecretKey, Handed>();
  for (const { entry, repository } of images) {
    const secrets = secretsToHand(view, credentials, repository);
    if (secrets.length === 0) continue;
    for (const key of overrideKeys(view, entry)) {
      // A chart that takes only one would get the wrong one.
      if (key.form === 'name' && secrets.length > 1) continue;
      const known = handed.get(key) ?? { key, path: writablePath(view, key), secrets: new Set() };
      for (const secret of secrets) known.secrets.add(secret);
      handed.set(key, known);
    }
  }
  return [...handed.values()];
}

/** Switches off the jobs whose chart takes no Secret, by `valuesOverrides`; none where there are no such jobs. */
export function switchFixes(view: StackView, { images }: PullSecretGap): readonly Fix[] {
  const layer = view.ownLayer;
  if (layer === undefined || !isWritable(layer)) return [];
  return withoutKey(view, images).flatMap(({ entry }): readonly Fix[] => {
    if (hasTextOverrides(view, entry)) return [];
    const paths = podSwitches(view, entry).filter(path => !isShared(layer, path));
    const title = `Switch off the jobs that pull ${imageLabel(entry)} with valuesOverrides`;
    const changes: Fix['changes'] = () => paths.map(path => ({ kind: 'set', layer, path, value: false }));
    if (paths.length === 0) return [];
    return [{ title, applies: 'choice', changes }];
  });
}

/** Where Pods of other components get the Secret's name, too, and the policy's secrets do not arrive. */
function otherNamespaces(view: StackView, key: SecretKey): readonly string[] {
  if (key.everywhere !== true) return [];
  const needed = new Set(imagesToCover(view).map(({ entry }) => entry));
  return imageReach(view)
    .filter(({ entry }) => needed.has(entry) && overrideKeys(view, entry).includes(key))
    .flatMap(({ pulls }) =>
      pulls.filter(({ verdict }) => verdict !== 'receives').map(({ namespace }) => namespace),
    );
}

import { retiredImage } from '../catalog/retired.ts';
import { canonicalRepository, registryOf } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';
import type { Override } from '../policy/infer.ts';
import { isSharedRegistry } from '../policy/privacy.ts';
import type { StackView } from './stackView.ts';

/** The images that the user's layers take from a registry of their own, and what each was by default. To be asked as a memo. */
export function privateOverrides(view: StackView): readonly Override[] {
  return ownOverrides(view).filter(({ actual }) => !isSharedRegistry(registryOf(actual) ?? ''));
}

/** The same, with those on registries that many share, such as an account of Docker Hub. */
export function ownOverrides(view: StackView): readonly Override[] {
  const overrides: Override[] = [];
  for (const { image, form, path, keys, value, canonical } of view.images) {
    const written = form === 'map' ? (keys.registry ?? keys.repository) : value;
    if (canonical === undefined || written?.winner.layer.file === undefined) continue;
    const original = view.catalog.defaultAt(image.form === 'map' ? `${image.path}.repository` : path);
    if (typeof original !== 'string') continue;
    const upstream = upstreamOf(view, splitImage(original).repository, canonical);
    if (isCopy(upstream, canonical)) overrides.push({ upstream, actual: canonical });
  }
  return overrides;
}

/**
 * Whether a repository may hold a copy of another one, by its name: the last part, or several joined. An image of the user's own in
 * its place must never be taken for one, since copies are written over.
 */
function isCopy(upstream: string, actual: string): boolean {
  const [name = '', above = 'library'] = upstream.split('/').toReversed();
  const last = actual.slice(actual.lastIndexOf('/') + 1);
  if (last === name) return true;
  const joined = last.slice(0, -name.length - 1);
  return last.endsWith(name) && /[-_.]/.test(last.charAt(joined.length)) && joined.endsWith(above);
}

/** Whether a stack has private images while nothing says which registry they are meant for. */
export function lacksPolicy(view: StackView): boolean {
  return view.policy === undefined && view.memo(privateOverrides).length > 0;
}

/**
 * A repository that is gone may have been mirrored from the one that took its place,
 * such as `bitnamilegacy/kubectl`.
 */
function upstreamOf({ retired }: StackView, original: string, actual: string): string {
  const moved = retiredImage(retired, canonicalRepository(original) ?? original, undefined)?.replacement;
  const path = moved?.slice(moved.indexOf('/'));
  if (moved !== undefined && path !== undefined && actual.endsWith(path)) return moved;
  return original;
}

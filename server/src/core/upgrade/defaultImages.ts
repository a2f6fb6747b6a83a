import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import { isList } from '../yaml/value.ts';
import { canonicalRepository } from '../image/repository.ts';
import { splitImage } from '../image/splitImage.ts';

/** An image that a release has by default. */
export interface DefaultImage {
  /** Canonical. */
  readonly repository: string;
  /** `undefined`: left to deploy time, or none. */
  readonly tag: string | undefined;
}

/** The images at a value path: of a map its repository, of a text or list each reference. */
export function defaultImages(catalog: CatalogIndex, path: string): readonly DefaultImage[] {
  const image = catalog.imageAt(path);
  if (image === undefined) return [];
  const value = catalog.defaultAt(image.form === 'map' ? `${path}.repository` : path);
  const texts = isList(value) ? value : [value];
  return texts.flatMap(text => {
    if (typeof text !== 'string' || text === '') return [];
    const { repository, tag, digest } = splitImage(text);
    const canonical = canonicalRepository(repository);
    return canonical === undefined ? [] : [{ repository: canonical, tag: tag ?? digest }];
  });
}

/** Whether a canonical repository ends in the path of another one of at least two names: most mirrors keep it. */
export function keepsPath(repository: string, upstream: string): boolean {
  const path = upstream.slice(upstream.indexOf('/') + 1);
  return path.includes('/') && repository.endsWith(`/${path}`);
}

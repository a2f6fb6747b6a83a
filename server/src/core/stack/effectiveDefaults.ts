import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import { Effective } from './effective.ts';

/** A release without any values of the user; ask for it by `catalog.memo(effectiveDefaults)`, so it is made once. */
export function effectiveDefaults(catalog: CatalogIndex): Effective {
  return new Effective([catalog.defaultsLayer]);
}

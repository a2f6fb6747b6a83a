import { isRecord } from '../yaml/value.ts';
import type { Catalog, Retired } from './types.ts';

/** The shipped data as a catalog. Throws when it is not one, which only a bug in the generator can cause. */
export function parseCatalog(json: unknown): Catalog {
  if (!isCatalog(json)) throw new TypeError('not a catalog');
  return json;
}

/** The shipped list of retired repositories. Throws when it is not one. */
export function parseRetired(json: unknown): readonly Retired[] {
  if (!Array.isArray(json) || !json.every(isRetired))
    throw new TypeError('not a list of retired repositories');
  return json;
}

/** Data of our own is looked at only where a mix-up of files would show. */
function isCatalog(json: unknown): json is Catalog {
  const lists = [
    'components',
    'images',
    'charts',
    'hiddenImages',
    'pluginImages',
    'secretKeys',
    'podSwitches',
    'missingPrograms',
    'chartImages',
    'endingKinds',
    'documentedNulls',
    'exampleLists',
  ];
  return (
    isRecord(json) &&
    typeof json['release'] === 'string' &&
    isRecord(json['defaults']) &&
    lists.every(name => Array.isArray(json[name]))
  );
}

function isRetired(json: unknown): json is Retired {
  return isRecord(json) && typeof json['source'] === 'string' && typeof json['status'] === 'string';
}

import { isChartWithin } from '../catalog/chartVersions.ts';
import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { Catalog, CatalogImage, SecretKey } from '../catalog/types.ts';
import { parsePath } from '../yaml/nodes.ts';
import type { Value } from '../yaml/value.ts';

/** What charts take, as the catalog of a release has it. */
export type ChartFacts = Pick<Catalog, 'secretKeys' | 'podSwitches'>;

/** The effective value at a path. */
export type ValueAt = (path: string) => Value | undefined;

/** The keys for an image, by the versions of charts that are effective; empty when the chart has none or is not known. */
export function secretKeysOf(
  { secretKeys }: ChartFacts,
  imagePath: string,
  value: ValueAt,
): readonly SecretKey[] {
  return secretKeys.filter(
    ({ component, images, chart }) =>
      images.some(image => imagePath === `${component}.images.${image}`) &&
      (chart === undefined || isChartWithin(value(chart.path), chart)),
  );
}

/** What the charts of a release take for one image, whatever their versions. */
export function chartFactsOf(catalog: CatalogIndex, { path }: CatalogImage): ChartFacts {
  return catalog.memo(factsByImage).get(path) ?? noFacts;
}

const noFacts: ChartFacts = { secretKeys: [], podSwitches: [] };

function factsByImage({ catalog }: CatalogIndex): ReadonlyMap<string, ChartFacts> {
  const { secretKeys, podSwitches } = catalog;
  return new Map(
    catalog.images.map(({ path }) => [
      path,
      {
        secretKeys: secretKeys.filter(({ component, images }) =>
          images.some(image => path === `${component}.images.${image}`),
        ),
        podSwitches: podSwitches.filter(({ component, image }) => path === `${component}.images.${image}`),
      },
    ]),
  );
}

/** The value path that hands Secrets to the chart. */
export function overridePath({ component, keys: at }: SecretKey): readonly string[] {
  const steps = parsePath(component).filter(step => typeof step === 'string');
  return [...steps, 'valuesOverrides', ...at];
}

/**
 * All value paths by which Secrets reach the chart, the strongest first: Helm puts each of the globals of a parent, also an empty one,
 * in the place of that of its dependencies.
 */
export function supplyingPaths(key: SecretKey): readonly (readonly string[])[] {
  const { keys, dependency, fallback } = key;
  const path = overridePath(key);
  if (fallback !== undefined) {
    const { fallback: _, ...rest } = key;
    return [path, ...supplyingPaths({ ...rest, keys: fallback })];
  }
  const root = path.slice(0, -keys.length);
  const [chart = '', scope, ...rest] = dependency === undefined ? keys : [dependency, ...keys];
  if (scope !== 'global') return [path];
  return [
    [...root, scope, ...rest],
    [...root, chart, scope, ...rest],
  ];
}

/** The value that hands Secrets to the chart; where it takes only one, the first. */
export function overrideValue({ form }: SecretKey, secrets: readonly string[]): Value {
  if (form === 'name') return secrets[0] ?? '';
  if (form === 'names') return [...secrets];
  return secrets.map(name => ({ name }));
}

/** The value paths that switch off all Pods of an image when all are false, besides `enabled` of its component. */
export function podSwitchesOf(
  { podSwitches }: ChartFacts,
  imagePath: string,
  value: ValueAt,
): readonly (readonly string[])[] {
  return podSwitches.flatMap(({ component, image, paths: at, chart }) => {
    if (imagePath === `${component}.images.${image}` && isChartWithin(value(chart.path), chart))
      return at.map(keys => [...component.split('.'), 'valuesOverrides', ...keys.split('.')]);
    return [];
  });
}

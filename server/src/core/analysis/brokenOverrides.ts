import type { CatalogIndex } from '../catalog/catalogIndex.ts';
import type { CatalogImage, ChartImage } from '../catalog/types.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import { isTemplated } from '../stack/templated.ts';
import { chartFacts, type ImageValues } from './chartOverrides.ts';

/** A value in `valuesOverrides` that takes away what deployKF hands to a chart, or that the chart cannot read. */
export interface BrokenOverride {
  /** The value path. */
  readonly path: string;
  readonly value: EffectiveValue;
  /** Helm removes a key that is null; `other`: a text or a list is where a map is read. */
  readonly kind: 'null' | 'other';
  /** Whether the chart is a dependency with defaults of its own, which count where deployKF's are removed. */
  readonly isDependency: boolean;
}

/** What of `valuesOverrides` keeps a chart from reading an image as deployKF has it; what it pulls is not known then. */
export function brokenOverrides(
  catalog: CatalogIndex,
  image: CatalogImage,
  values: ImageValues,
): readonly BrokenOverride[] {
  const broken = new Map<string, BrokenOverride>();
  const isDependency = catalog.catalog.charts.some(({ component }) => component === image.component);
  for (const fact of chartFacts(catalog, image, values)) {
    for (const path of pathsOf(fact, isDependency)) {
      const value = values.at(path.printed);
      const kind = value && kindOf(value, path.isMap);
      if (value === undefined || kind === undefined) continue;
      broken.set(path.printed, { path: path.printed, value, kind, isDependency });
    }
  }
  return [...broken.values()];
}

interface ReadPath {
  readonly printed: string;
  readonly isMap: boolean;
}

/** The local charts of deployKF have no defaults below those that it hands over: a tag that is null is another matter there. */
function pathsOf({ component, keys, form }: ChartImage, isDependency: boolean): readonly ReadPath[] {
  const printed = keys.map((_, index) =>
    [component, 'valuesOverrides', ...keys.slice(0, index + 1)].join('.'),
  );
  const maps = form === 'map' ? printed : printed.slice(0, -1);
  const last = printed.at(-1) ?? '';
  const texts = form === 'map' ? [`${last}.repository`, `${last}.tag`] : [last];
  const read = maps.map(path => ({ printed: path, isMap: true }));
  if (!isDependency) return read;
  return [...read, ...texts.map(path => ({ printed: path, isMap: false }))];
}

function kindOf(value: EffectiveValue, isMap: boolean): BrokenOverride['kind'] | undefined {
  const { node } = value.winner;
  if (node.kind === 'map' || isTemplated(value)) return undefined;
  if (node.kind === 'scalar' && node.type === 'null') return 'null';
  return isMap ? 'other' : undefined;
}

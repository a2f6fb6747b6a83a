import { isRecord, type Value } from '../yaml/value.ts';
import { findImageShapes, type ImageShape } from './shape.ts';
import type { Catalog, CatalogImage, Chart, Component, TagRule } from './types.ts';

export interface DeriveOptions {
  /** The fork's or release's name as the user knows it. */
  readonly release: string;
  /** The nearest release that is known: its facts are taken over where nothing that they rest on has changed. */
  readonly nearest?: Catalog;
}

/**
 * A catalog from the values of any `default_values.yaml`, for forks and releases that are not known. Images are found by
 * shape, components by their switch. What cannot be seen in the values (tag rules, hidden images) stays unknown.
 */
export function deriveCatalog(defaults: Value, { release, nearest }: DeriveOptions): Catalog {
  const values = isRecord(defaults) ? defaults : {};
  const components = findComponents(values, nearest);
  const context: Context = { defaults: values, components, nearest };
  return {
    release,
    derived: true,
    pullSecretPolicy:
      valueAt(values, 'deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets') !== undefined,
    pullSecrets: nearest?.pullSecrets ?? { since: '', ignoredNamespaces: [] },
    secretKeys: nearest?.secretKeys ?? [],
    podSwitches: nearest?.podSwitches ?? [],
    missingPrograms: nearest?.missingPrograms ?? [],
    chartImages: nearest?.chartImages ?? [],
    endingKinds: nearest?.endingKinds ?? [],
    documentedNulls: nearest?.documentedNulls ?? [],
    exampleLists: nearest?.exampleLists ?? [],
    components,
    images: findImageShapes(values).map(shape => deriveImage(shape, context)),
    charts: components.flatMap(component => findCharts(values, component)),
    hiddenImages: [],
    pluginImages: [],
    defaults: values,
  };
}

interface Context {
  readonly defaults: Catalog['defaults'];
  readonly components: readonly Component[];
  readonly nearest: Catalog | undefined;
}

function findComponents(defaults: Catalog['defaults'], nearest: Catalog | undefined): readonly Component[] {
  return Object.entries(defaults).flatMap(([section, below]) => {
    if (!isRecord(below)) return [];
    return Object.entries(below).flatMap(([name, value]) => {
      // What is always on need not have a switch.
      if (isRecord(value) && (typeof value['enabled'] === 'boolean' || isRecord(value['images'])))
        return [deriveComponent(`${section}.${name}`, value, nearest)];
      return [];
    });
  });
}

function deriveComponent(
  path: string,
  value: { readonly [key: string]: Value },
  nearest: Catalog | undefined,
): Component {
  const known = nearest?.components.find(component => component.path === path);
  const isHelm = isRecord(value['charts']) || 'valuesOverrides' in value;
  return {
    path,
    title: known?.title ?? path.split('.').at(-1) ?? path,
    enabledPath: `${path}.enabled`,
    required: known?.required ?? false,
    ...namespaceOf(path, value['namespace'], known),
    syncWave: known?.syncWave ?? 0,
    kind: known?.kind ?? (isHelm ? 'helm' : 'kustomize'),
  };
}

/** That of the values; one that no value decides is as known. */
function namespaceOf(
  path: string,
  namespace: Value | undefined,
  known: Component | undefined,
): Pick<Component, 'namespace' | 'namespacePath'> {
  if (typeof namespace === 'string') return { namespacePath: `${path}.namespace`, namespace };
  if (known === undefined || known.namespacePath !== undefined) return { namespace: '' };
  return { namespace: known.namespace };
}

function deriveImage({ path, form }: ImageShape, { defaults, components, nearest }: Context): CatalogImage {
  const catalogImage = nearest?.images.find(image => image.path === path && image.form === form);
  if (
    catalogImage !== undefined &&
    nearest !== undefined &&
    hasSameGround(catalogImage, defaults, nearest.defaults)
  )
    return catalogImage;
  const component = components.find(item => path.startsWith(`${item.path}.`));
  const value = valueAt(defaults, path);
  const tag: TagRule = { read: form === 'map' ? 'whenSet' : 'verbatim' };
  return {
    path,
    form,
    component: component?.path ?? path.split('.').slice(0, 2).join('.'),
    usedFor: catalogImage?.usedFor ?? '',
    namespaces: catalogImage?.namespaces ?? [],
    repository: { read: 'always' },
    tag,
    pullPolicy: isRecord(value) && 'pullPolicy' in value ? 'honoured' : 'absent',
    evidence: [],
  };
}

/** Whether a known image's rules still hold: its own default and every value that they look at are what they were. */
function hasSameGround(image: CatalogImage, defaults: Value, before: Value): boolean {
  const paths: (string | undefined)[] = [image.path];
  for (const rule of [image.tag, image.secondPlace?.tag]) {
    paths.push(rule?.exactVersionAt, rule?.fallbackByVersion?.path, rule?.renderedFrom);
    for (const [, path] of (rule?.fallback ?? '').matchAll(/\{([^{}|]+)/g)) paths.push(path);
  }
  const grounds = paths.filter(path => path !== undefined);
  return grounds.every(
    path => JSON.stringify(valueAt(defaults, path)) === JSON.stringify(valueAt(before, path)),
  );
}

function findCharts(defaults: Value, { path: component }: Component): readonly Chart[] {
  const charts = valueAt(defaults, `${component}.charts`);
  if (!isRecord(charts)) return [];
  return Object.keys(charts).map(name => ({ path: `${component}.charts.${name}`, component }));
}

function valueAt(defaults: Value, path: string): Value | undefined {
  let current: Value | undefined = defaults;
  for (const key of path.split('.')) {
    current = isRecord(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

import { findImageShapes } from '../../src/core/catalog/shape.ts';
import type {
  Catalog,
  CatalogImage,
  Chart,
  BareImage,
  ChartImage,
  Component,
  TagRule,
  TemplateFacts,
  Value,
} from '../../src/core/catalog/types.ts';
import { anchorsOf, findPath, firstDocument } from '../../src/core/yaml/lookup.ts';
import { parsePath, type YamlNode } from '../../src/core/yaml/nodes.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { isRecord, valueOf } from '../../src/core/yaml/value.ts';
import type { ReleaseTemplates } from '../templates/facts.ts';
import type { ChartImageFact, ComponentFact, Facts, ImageFact, TagFact } from './facts.ts';

const pullSecretPath = 'deploykf_dependencies.kyverno.clusterPolicies.imagePullSecrets';

export interface Built {
  readonly catalog: Catalog;
  /** Facts and values that do not meet: the catalog is not to be trusted before they are settled. */
  readonly mismatches: readonly string[];
}

/** Makes a release's catalog from the text of upstream's `default_values.yaml` and our facts. */
export function buildCatalog(text: string, facts: Facts): Built {
  const parsed = parseYaml(text);
  const root = firstDocument(parsed);
  const defaults = valueOf(root, anchorsOf(root));
  if (parsed.problems.length > 0 || !isRecord(defaults))
    throw new Error('default_values.yaml is not a YAML map');
  const source: Source = { text, root, defaults };
  const shapes = findImageShapes(defaults);
  const factPaths = new Set(facts.images.map(image => image.path));
  const present = facts.images.filter(image => valueAt(defaults, image.path) !== undefined);
  const components = facts.components.filter(component => isRecord(valueAt(defaults, component.path)));
  const mismatches = [
    ...shapes.filter(shape => !factPaths.has(shape.path)).map(shape => `image without facts: ${shape.path}`),
    ...facts.images
      .filter(image => !present.includes(image))
      .map(image => `facts without a value: ${image.path}`),
    ...facts.components
      .filter(item => !components.includes(item))
      .map(item => `component is gone: ${item.path}`),
    ...newComponents(defaults, facts).map(path => `component without facts: ${path}`),
  ];
  const catalog: Catalog = {
    release: facts.release,
    pullSecretPolicy: valueAt(defaults, pullSecretPath) !== undefined,
    pullSecrets: facts.pullSecrets,
    secretKeys: facts.secretKeys,
    podSwitches: facts.podSwitches,
    missingPrograms: facts.missingPrograms,
    chartImages: facts.chartImages.map(buildChartImage),
    endingKinds: facts.endingKinds,
    documentedNulls: facts.documentedNulls.map(({ path }) => path),
    exampleLists: facts.exampleLists.map(({ path }) => path),
    itemRules: facts.itemRules,
    pluginSwitches: facts.pluginSwitches.map(({ path }) => path),
    components: components.map(component => buildComponent(component, defaults)),
    images: present
      .map(image => buildImage(image, source, facts))
      .toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)),
    charts: findCharts(defaults, facts.components),
    hiddenImages: facts.hiddenImages.map(image => ({
      reference: image.reference,
      component: image.component,
      deployed: image.deployed,
      where: image.where,
      ...(image.choices && { choices: image.choices }),
      ...(image.changedBy !== undefined && { changedBy: image.changedBy }),
      evidence: image.evidence,
    })),
    pluginImages: facts.pluginImages.map(({ reference, variant, where, evidence }) => ({
      reference,
      variant,
      where,
      evidence,
    })),
    ...(facts.templates && { templates: withoutPlaces(facts.templates) }),
    defaults,
  };
  return { catalog, mismatches };
}

function withoutPlaces({ needs, checks }: ReleaseTemplates): TemplateFacts {
  return { needs: needs.map(need => ({ ...need, paths: Object.keys(need.paths) })), checks };
}

interface Source {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly defaults: Value;
}

function buildComponent(fact: ComponentFact, defaults: Value): Component {
  const namespacePath = `${fact.path}.namespace`;
  const fixed = fact.namespace;
  const namespace = fixed ?? valueAt(defaults, namespacePath);
  if (typeof namespace !== 'string') throw new Error(`no namespace for ${fact.path}`);
  return {
    path: fact.path,
    title: fact.title,
    enabledPath: `${fact.path}.enabled`,
    required: fact.required ?? false,
    ...(fixed === undefined && { namespacePath }),
    namespace,
    syncWave: fact.syncWave,
    kind: fact.kind,
  };
}

function buildChartImage({ keys, registries, pullPolicies, bare, ...rest }: ChartImageFact): ChartImage {
  return {
    ...rest,
    keys: keys.split('.'),
    ...(registries && { registries: splitPaths(registries) }),
    ...(pullPolicies && { pullPolicies: splitPaths(pullPolicies) }),
    ...(bare && { bare: buildBareImage(bare) }),
  };
}

function buildBareImage({ name, ...bare }: NonNullable<ChartImageFact['bare']>): BareImage {
  const { hubs, tags, variants } = bare;
  return {
    ...bare,
    ...(name !== undefined && { name: name.split('.') }),
    hubs: splitPaths(hubs),
    tags: splitPaths(tags),
    variants: splitPaths(variants),
  };
}

function splitPaths(paths: readonly string[]): readonly (readonly string[])[] {
  return paths.map(path => path.split('.'));
}

function buildImage(fact: ImageFact, source: Source, facts: Facts): CatalogImage {
  const component = facts.components.find(item => fact.path.startsWith(`${item.path}.`));
  const rule = facts.rules[fact.rule];
  if (component === undefined || rule === undefined) throw new Error(`no component or rule for ${fact.path}`);
  const value = valueAt(source.defaults, fact.path);
  const ownNamespace = component.namespace ?? `{${component.path}.namespace}`;
  const policy =
    isRecord(value) && Object.hasOwn(value, 'pullPolicy') ? (fact.pullPolicy ?? 'honoured') : 'absent';
  return {
    path: fact.path,
    form: isRecord(value) ? 'map' : Array.isArray(value) ? 'list' : 'string',
    component: component.path,
    line: lineOf(fact.path, source),
    usedFor: fact.usedFor,
    namespaces: fact.namespaces ?? [ownNamespace],
    repository: { ...rule.repository, ...fact.repository },
    tag: buildTagRule({ ...rule.tag, ...fact.tag }, facts),
    ...(rule.reader !== undefined && { reader: rule.reader }),
    ...(fact.secondPlace && { secondPlace: fact.secondPlace }),
    ...(fact.runs && { runs: fact.runs }),
    pullPolicy: policy,
    ...(policy === 'ignored' && fact.pullPolicySince && { pullPolicySince: fact.pullPolicySince }),
    evidence: [...fact.evidence, ...(rule.evidence ?? [])],
  };
}

function buildTagRule({ table, ...rule }: TagFact & Pick<TagRule, 'read'>, facts: Facts): TagRule {
  if (table === undefined) return rule;
  const known = facts.tables[table];
  if (known === undefined) throw new Error(`no table ${table}`);
  return { ...rule, fallbackByVersion: { path: known.path, tags: known.tags } };
}

/** Maps with a chart's `name`, `version` and `repository`. */
function findCharts(defaults: Value, components: readonly ComponentFact[]): readonly Chart[] {
  return components.flatMap(({ path: component }) => {
    const charts = valueAt(defaults, `${component}.charts`);
    return isRecord(charts)
      ? Object.keys(charts).map(name => ({ path: `${component}.charts.${name}`, component }))
      : [];
  });
}

/** Switchable sections of the second level that no fact names. */
function newComponents(defaults: Value, facts: Facts): readonly string[] {
  if (!isRecord(defaults)) return [];
  return Object.entries(defaults).flatMap(([section, below]) =>
    isRecord(below)
      ? Object.entries(below)
          .filter(([, value]) => isRecord(value) && typeof value['enabled'] === 'boolean')
          .map(([name]) => `${section}.${name}`)
          .filter(path => facts.components.every(component => component.path !== path))
      : [],
  );
}

export function valueAt(defaults: Value, path: string): Value | undefined {
  let current: Value | undefined = defaults;
  for (const key of path.split('.'))
    current = isRecord(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  return current;
}

function lineOf(path: string, { text, root }: Source): number {
  const found = findPath(root, parsePath(path), anchorsOf(root));
  const offset = found?.pair?.key.span.start;
  if (offset === undefined) throw new Error(`no line for ${path}`);
  return text.slice(0, offset).split('\n').length;
}

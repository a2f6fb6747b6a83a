import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { isChartWithin } from '../../catalog/chartVersions.ts';
import type { CatalogImage, ChartVersions } from '../../catalog/types.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import type { ImageRule } from '../rule.ts';
import { isWritable } from './overrides.ts';
import { isShared, textPath } from './rewriteChanges.ts';

/** Repositories that a chart puts a registry before, although they have one. */
export const imageHelmPrefix: ImageRule = {
  subject: 'image',
  code: 'image-helm-prefix',
  severity: 'warning',
  doc: {
    summary: 'A chart puts a registry before a repository that has one',
    why: [
      "deployKF 0.1.0 and 0.1.1 unset the registry of Kyverno's images by null. Helm 3.11 and 3.12, which ArgoCD",
      'of that time and the plugin of 0.1.1 bring, keep the default of the chart all the same, so that',
      'the repository starts with `ghcr.io/`; newer versions do not. An empty text in `valuesOverrides` works',
      'with all of them. Only repositories that a values file names are reported.',
      '',
      "A `registry` in `valuesOverrides` is put before the repository in any release, by Kyverno's charts,",
      'cert-manager and trust-manager: where the repository has a registry already, the image exists nowhere (an error).',
    ].join('\n'),
    bad: [
      'deploykf_dependencies:',
      '  kyverno:',
      '    images:',
      '      kyverno:',
      '        repository: registry.example.com/kyverno/kyverno',
      '',
    ].join('\n'),
    badRelease: '0.1.1',
    good: [
      'deploykf_dependencies:',
      '  kyverno:',
      '    valuesOverrides:',
      '      kyverno:',
      '        admissionController:',
      '          container:',
      '            image:',
      '              registry: ""',
      '    images:',
      '      kyverno:',
      '        repository: registry.example.com/kyverno/kyverno',
      '',
    ].join('\n'),
    fix: [
      'Sets the registry to an empty text in `valuesOverrides`; `deploykf-values fix --only image-helm-prefix` does it for all images.',
      'Removes a registry that a values file puts before repositories with one.',
    ].join(' '),
  },
  check: (entry, view) => {
    const { image, enabled, templated, repository, rendered, keys } = entry;
    if (entry.hasRegistryTwice) return checkTwice(view, entry);
    const prefix = image.repository.helmPrefix;
    if (prefix === undefined || !enabled || templated || repository === undefined) return [];
    // A layer that is not to be had may set the registry; without a registry of its own the prefix is right.
    if (view.stack.missing !== undefined || !namesRegistry(repository)) return [];
    // A copy of the release's own line is upstream's matter.
    if (repository === view.catalog.defaultAt(`${image.path}.repository`)) return [];
    const path = registryPath(view, image, prefix.chart);
    if (path === undefined || mayBeSet(view, entry, path)) return [];
    return reportAt(writtenLocation(view, keys.repository), {
      message: `"${prefix.registry}/${rendered ?? repository}" will be pulled with Helm ${prefix.helm}: set "${path}" to ""`,
      path: `${image.path}.repository`,
      fixes: fixes(view, path),
    });
  },
};

/** Said once of a registry that several images share. */
function checkTwice(view: StackView, entry: ImageEntry): readonly Report[] {
  const { enabled, keys, rendered, repository = '' } = entry;
  const { registry } = keys;
  const node = registry?.winner.node;
  if (!enabled || registry === undefined || node?.kind !== 'scalar') return [];
  const path = writtenRegistry(view, entry, registry);
  const isSame = (other: ImageEntry): boolean => {
    if (path === undefined || other.keys.registry === undefined) return other === entry;
    return writtenRegistry(view, other, other.keys.registry) === path;
  };
  const users = view.images.filter(image => image.enabled && isSame(image));
  if (users.find(image => image.hasRegistryTwice) !== entry) return [];
  const message = [
    `"${rendered ?? repository}" will be pulled: the chart puts "${String(node.value)}" before the repository,`,
    'which has a registry: remove this one',
  ].join(' ');
  const isRight = users.every(image => image.hasRegistryTwice);
  const fixes = path === undefined ? [] : removeRegistry(registry, path, isRight);
  return reportAt(writtenLocation(view, registry), { message, path: entry.path, severity: 'error', fixes });
}

/** The value path of a registry that `valuesOverrides` set; `undefined` for one in a text of theirs. */
function writtenRegistry(
  { catalog, effective }: StackView,
  { image }: ImageEntry,
  { winner }: EffectiveValue,
): string | undefined {
  const facts = catalog.catalog.chartImages.filter(fact => fact.component === image.component);
  return facts
    .flatMap(fact => fact.registries ?? [])
    .map(keys => [image.component, 'valuesOverrides', ...keys].join('.'))
    .find(path => effective.at(path)?.winner.written === winner.written);
}

/** Where a weaker layer has one, too, that would take its place. */
function removeRegistry({ winner, all }: EffectiveValue, text: string, isRight: boolean): readonly Fix[] {
  const { layer, inherited } = winner;
  const path = textPath(text);
  if (all.length > 1 || inherited || isShared(layer, path)) return [];
  return [
    {
      title: 'Remove the registry',
      applies: isRight ? 'all' : 'choice',
      changes: () => [{ kind: 'remove', layer, path }],
    },
  ];
}

function namesRegistry(repository: string): boolean {
  const slash = repository.indexOf('/');
  return slash > 0 && /[.:]/.test(repository.slice(0, slash));
}

/** Where the chart reads the registry; `undefined` for other versions of it. */
function registryPath(
  { catalog, effective }: StackView,
  { path, component }: CatalogImage,
  chart: ChartVersions,
): string | undefined {
  const version = effective.value(chart.path);
  if (!isChartWithin(version, chart)) return undefined;
  const place = catalog.catalog.chartImages.find(
    fact =>
      path === `${fact.component}.images.${fact.image}` &&
      (fact.chart === undefined || isChartWithin(version, fact.chart)),
  );
  return place && [component, 'valuesOverrides', ...place.keys, 'registry'].join('.');
}

function mayBeSet({ effective }: StackView, { image }: ImageEntry, path: string): boolean {
  const overrides = effective.at(`${image.component}.valuesOverrides`)?.winner.node;
  if (overrides?.kind === 'scalar' && overrides.type !== 'null') return true;
  const value = effective.value(path);
  return value !== undefined && value !== null;
}

function fixes({ ownLayer }: StackView, path: string): readonly Fix[] {
  if (ownLayer === undefined || !isWritable(ownLayer) || isShared(ownLayer, textPath(path))) return [];
  return [
    {
      title: 'Set the registry to "" in valuesOverrides',
      applies: 'named',
      changes: () => [{ kind: 'set', layer: ownLayer, path: textPath(path), value: '' }],
    },
  ];
}

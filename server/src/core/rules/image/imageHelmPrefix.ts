import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { isChartWithin } from '../../catalog/chartVersions.ts';
import type { CatalogImage, ChartVersions } from '../../catalog/types.ts';
import { reportAt, writtenLocation } from '../../findings/location.ts';
import type { Fix } from '../../findings/finding.ts';
import type { ImageRule } from '../rule.ts';
import { isWritable } from './overrides.ts';
import { isShared, textPath } from './rewriteChanges.ts';

/** Repositories that some versions of Helm put a registry before, since the release unsets it by null. */
export const imageHelmPrefix: ImageRule = {
  subject: 'image',
  code: 'image-helm-prefix',
  severity: 'warning',
  doc: {
    summary: "Some versions of Helm put the chart's own registry before the repository",
    why: [
      "deployKF 0.1.0 and 0.1.1 unset the registry of Kyverno's images by null. Helm 3.11 and 3.12, which ArgoCD",
      'of that time and the plugin of 0.1.1 bring, keep the default of the chart all the same, so that',
      'the repository starts with `ghcr.io/`; newer versions do not. An empty text in `valuesOverrides` works',
      'with all of them. Only repositories that a values file names are reported.',
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
    fix: 'Sets the registry to an empty text in `valuesOverrides`; `deploykf-values fix --only image-helm-prefix` does it for all images.',
  },
  check: (entry, view) => {
    const { image, enabled, templated, repository, rendered, keys } = entry;
    const prefix = image.repository.helmPrefix;
    if (prefix === undefined || !enabled || templated || repository === undefined) return [];
    // A layer that is not to be had may set the registry; without a registry of its own the prefix is right.
    if (view.stack.isPartial === true || !namesRegistry(repository)) return [];
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

import { chartVersionAt, mappedChart } from '../../analysis/chartOrigins.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Component } from '../../catalog/types.ts';
import { nearestLocation, reportAt, writtenLocation } from '../../findings/location.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import { sayList } from '../../text/list.ts';
import type { ComponentRule } from '../rule.ts';
import { chartChanges } from './chartChanges.ts';
import { chartNames, componentCharts, repositoryPath, type ComponentChart } from './componentCharts.ts';

/** Helm charts that the policy maps and that Argo CD still fetches from a public repository. */
export const chartRepositoryPublic: ComponentRule = {
  subject: 'component',
  code: 'chart-repository-public',
  severity: 'info',
  doc: {
    summary: 'A Helm chart that the registry policy maps is still fetched from its public repository',
    why: [
      'Argo CD fetches some components as Helm charts. With `charts` in the registry policy they come from',
      'a place of your own, which `deploykf-values mirror --export charts` fills. A repository that is known to be',
      'gone counts as mapped where the one that takes its place is. In an OCI registry Helm does not find',
      'a version such as `v1.12.10`, so that the charts are pushed, and named, without the `v`. Charts that no',
      'layer names are reported once per component, at the nearest key. Repositories that `charts` does not',
      'name, or maps to null, are not reported.',
    ].join('\n'),
    bad: [
      'deploykf_dependencies:',
      '  cert_manager:',
      '    charts:',
      '      certManager:',
      '        version: v1.12.10',
      '        repository: https://charts.jetstack.io',
      '',
    ].join('\n'),
    good: [
      'deploykf_dependencies:',
      '  cert_manager:',
      '    charts:',
      '      certManager:',
      '        version: 1.12.10',
      '        repository: oci://registry.example.com/charts',
      '',
    ].join('\n'),
    fix: 'Writes the place that the policy gives and, for an OCI registry, the version without `v`.',
    registry: { charts: { 'https://charts.jetstack.io': 'oci://registry.example.com/charts' } },
  },
  check: (component, view) => {
    if (view.policy?.charts === undefined || !view.isEnabled(component)) return [];
    return checkComponent(view, component);
  },
};

/** A chart that is not fetched from where the policy wants it. */
interface PublicChart extends ComponentChart {
  readonly target: string;
}

function checkComponent(view: StackView, component: Component): readonly Report[] {
  const { written, defaults } = componentCharts(view, component);
  const reports = publicOf(view, written).flatMap(chart => reportWritten(view, chart));
  return [...reports, ...reportDefaults(view, component, publicOf(view, defaults))];
}

function publicOf(view: StackView, charts: readonly ComponentChart[]): readonly PublicChart[] {
  const found: PublicChart[] = [];
  for (const chart of charts) {
    const { target } = mappedChart(view, chart.url);
    if (target !== undefined) found.push({ ...chart, target });
  }
  return found;
}

function reportWritten(view: StackView, found: PublicChart): readonly Report[] {
  const { chart, value, url, target } = found;
  const message = `"${url}" is public, the registry policy maps it to "${target}"${sayVersion(view, found)}`;
  const report = { message, path: repositoryPath(chart) };
  return reportAt(writtenLocation(view, value), { ...report, fixes: fixesOf(view, [found]) });
}

function sayVersion({ effective }: StackView, { chart, target }: PublicChart): string {
  const version = effective.value(`${chart.path}.version`);
  if (typeof version !== 'string') return '';
  const there = chartVersionAt(target, version);
  return there === version ? '' : `, where the version is "${there}" without "v"`;
}

function reportDefaults(
  view: StackView,
  component: Component,
  charts: readonly PublicChart[],
): readonly Report[] {
  if (charts.length === 0) return [];
  const [what, it] =
    charts.length === 1 ? ['Helm chart still comes', 'it'] : ['Helm charts still come', 'them'];
  const from = sayList([...new Set(charts.map(({ url }) => url))]);
  const message = `${component.path}: ${charts.length} ${what} from ${from}, no layer overrides ${it} (${chartNames(charts)})`;
  const fixes = fixesOf(view, charts);
  return reportAt(nearestLocation(view, component.path), { message, path: component.path, fixes });
}

function fixesOf(view: StackView, charts: readonly PublicChart[]): readonly Fix[] {
  const changes = charts.map(({ chart, target }) => chartChanges(view, chart, target));
  if (changes.some(each => each.length === 0)) return [];
  const targets = [...new Set(charts.map(({ target }) => target))];
  return [{ title: `Fetch from ${sayList(targets)}`, applies: 'all', changes: () => changes.flat() }];
}

import { retiredChart, type RetiredFinding } from '../../catalog/retired.ts';
import type { Component } from '../../catalog/types.ts';
import { mappedChart } from '../../analysis/chartOrigins.ts';
import { chartTarget } from '../../policy/chartTarget.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { nearestLocation, reportAt, writtenLocation } from '../../findings/location.ts';
import { whatHappened, whatReplaces } from './retiredText.ts';
import { chartChanges } from './chartChanges.ts';
import { chartNames, componentCharts, repositoryPath, type ComponentChart } from './componentCharts.ts';
import type { Fix, Report } from '../../findings/finding.ts';
import type { ComponentRule } from '../rule.ts';

/** Helm repositories that are gone, or go soon. */
export const chartRetired: ComponentRule = {
  subject: 'component',
  code: 'chart-retired',
  severity: 'warning',
  doc: {
    summary: 'The Helm repository of a chart is known to be gone, or about to go',
    why: [
      'Argo CD gets these charts from their Helm repository when it renders an Application. Once the',
      'repository is gone, the Application shows an error and can no longer change. The default Helm',
      'repository of Istio, which every release uses, is removed in December 2026. A default that no',
      'layer overrides is reported once per component, at the nearest key.',
    ].join('\n'),
    bad: [
      'deploykf_dependencies:',
      '  istio:',
      '    charts:',
      '      istioBase:',
      '        repository: https://istio-release.storage.googleapis.com/charts',
      '',
    ].join('\n'),
    good: [
      'deploykf_dependencies:',
      '  istio:',
      '    charts:',
      '      istioBase:',
      '        repository: https://blob.istio.io/istio-release/charts',
      '      istioDaemon:',
      '        repository: https://blob.istio.io/istio-release/charts',
      'deploykf_core:',
      '  deploykf_istio_gateway:',
      '    charts:',
      '      istioGateway:',
      '        repository: https://blob.istio.io/istio-release/charts',
      '',
    ].join('\n'),
    fix: [
      'Writes the repository that has the same charts, or where the registry policy maps its charts, or those of',
      'the old one, the place that it gives. Where the policy maps other charts alone, or no values file',
      'names the old one, it is only offered as a choice.',
    ].join('\n'),
  },
  check: (component, view) => checkComponent(view, component),
};

/** A chart from a retired repository. */
interface RetiredChart extends ComponentChart {
  readonly found: RetiredFinding;
}

function checkComponent(view: StackView, component: Component): readonly Report[] {
  if (!view.isEnabled(component)) return [];
  const { written, defaults } = componentCharts(view, component);
  const reports = retiredOf(view, written).flatMap(chart => reportWritten(view, chart));
  return [...reports, ...reportDefaults(view, component, retiredOf(view, defaults))];
}

function retiredOf(view: StackView, charts: readonly ComponentChart[]): readonly RetiredChart[] {
  const retired: RetiredChart[] = [];
  for (const chart of charts) {
    const found = retiredChart(view.retired, chart.url);
    if (found !== undefined) retired.push({ ...chart, found });
  }
  return retired;
}

function reportWritten(view: StackView, retired: RetiredChart): readonly Report[] {
  const { chart, value, url, found } = retired;
  const report = { message: sentence(url, found), path: repositoryPath(chart) };
  return reportAt(writtenLocation(view, value), { ...report, fixes: fixesOf(view, [retired]) });
}

function reportDefaults(
  view: StackView,
  component: Component,
  charts: readonly RetiredChart[],
): readonly Report[] {
  const first = charts[0];
  if (first === undefined) return [];
  const message = `${component.path}: ${sentence(first.url, first.found)} (${chartNames(charts)})`;
  // Nobody wrote these: a section that the user did not ask for is only offered.
  const fixes = fixesOf(view, charts).map((fix): Fix => ({ ...fix, applies: 'choice' }));
  return reportAt(nearestLocation(view, component.path), { message, path: component.path, fixes });
}

function sentence(url: string, found: RetiredFinding): string {
  return `${url} ${whatHappened(found.entry, 1)}; ${whatReplaces(found, found.replacement, 1)}`;
}

/** One fix for charts of a component, which are of one repository; none where it cannot be written. */
function fixesOf(view: StackView, charts: readonly RetiredChart[]): readonly Fix[] {
  const place = charts[0] && placeOf(view, charts[0]);
  if (place === undefined) return [];
  const { repository, applies } = place;
  const changes = charts.map(({ chart }) => chartChanges(view, chart, repository));
  const possible = changes.filter(each => each.length > 0);
  if (possible.length === 0) return [];
  return [{ title: `Use ${repository}`, applies, changes: () => possible.flat() }];
}

interface NewPlace extends Pick<Fix, 'applies'> {
  readonly repository: string;
}

/**
 * Where the policy maps the repository, another rule asks for the private place, too. Where it maps other charts alone, a public
 * place is not written unasked.
 */
function placeOf(view: StackView, { url, found }: RetiredChart): NewPlace | undefined {
  const { replacement, sameTag } = found;
  const target = mappedChart(view, url).target ?? mappedChart(view, replacement ?? url).target;
  if (target !== undefined) return { repository: target, applies: 'named' };
  if (replacement === undefined) return undefined;
  const { policy } = view;
  const isAccepted = [url, replacement].some(each => chartTarget(policy, each) === null);
  const isFree = policy?.charts === undefined || isAccepted;
  return { repository: replacement, applies: sameTag && isFree ? 'all' : 'choice' };
}

import { withoutEnd } from '../../text/cut.ts';
import { retiredChart, type RetiredFinding } from '../../catalog/retired.ts';
import type { Chart, Component } from '../../catalog/types.ts';
import { isTemplated } from '../../stack/templated.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { nearestLocation, parsesWhole, reportAt, writtenLocation } from '../../findings/location.ts';
import { whatHappened, whatReplaces } from './retiredText.ts';
import { isShared, isWritable, rewriteWritten, textPath } from './rewriteChanges.ts';
import type { Change, Fix, Report } from '../../findings/finding.ts';
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
      'Writes the repository that has the same charts. Where the registry policy maps the charts of the',
      'old one, or no values file names it, it is only offered as a choice.',
    ].join('\n'),
  },
  check: (component, view) => checkComponent(view, component),
};

/** A chart from a retired repository. */
interface RetiredChart {
  readonly chart: Chart;
  readonly value: EffectiveValue;
  readonly url: string;
  readonly found: RetiredFinding;
}

function checkComponent(view: StackView, component: Component): readonly Report[] {
  if (!view.isEnabled(component)) return [];
  const charts = view.catalog.catalog.charts
    .filter(chart => chart.component === component.path)
    .flatMap(chart => retiredIn(view, chart));
  const written = charts.filter(({ value }) => value.winner.layer.file !== undefined);
  const defaults = charts.filter(chart => !written.includes(chart));
  const reports = written.flatMap(chart => reportWritten(view, chart));
  // A layer that is not to be had may override the defaults.
  if (view.stack.isPartial === true || !parsesWhole(view)) return reports;
  return [...reports, ...reportDefaults(view, component, defaults)];
}

function retiredIn(view: StackView, chart: Chart): readonly RetiredChart[] {
  const value = view.effective.at(`${chart.path}.repository`);
  const node = value?.winner.node;
  if (value === undefined || node?.kind !== 'scalar' || typeof node.value !== 'string' || isTemplated(value))
    return [];
  const found = retiredChart(view.retired, node.value);
  if (found === undefined) return [];
  return [{ chart, value, url: node.value, found }];
}

function reportWritten(view: StackView, { chart, value, url, found }: RetiredChart): readonly Report[] {
  const path = `${chart.path}.repository`;
  const report = { message: sentence(url, found), path };
  const { replacement } = found;
  const change = replacement !== undefined && rewriteWritten(value.winner, replacement);
  if (!change) return reportAt(writtenLocation(value), report);
  const fixes = [fixOf(view, found, () => [change])];
  return reportAt(writtenLocation(value), { ...report, fixes });
}

function reportDefaults(
  view: StackView,
  component: Component,
  charts: readonly RetiredChart[],
): readonly Report[] {
  const first = charts[0];
  if (first === undefined) return [];
  const names = charts.map(({ chart }) => chart.path.slice(chart.path.lastIndexOf('.') + 1));
  const message = `${component.path}: ${sentence(first.url, first.found)} (${names.join(', ')})`;
  const layer = view.ownLayer;
  const fixes: Fix[] = [];
  if (first.found.replacement !== undefined && layer !== undefined && isWritable(layer)) {
    const fix = fixOf(view, first.found, () => overrides(view, charts));
    // Nobody wrote these: a section that the user did not ask for is only offered.
    fixes.push({ ...fix, applies: 'choice' });
  }
  return reportAt(nearestLocation(view, component.path), { message, path: component.path, fixes });
}

function sentence(url: string, found: RetiredFinding): string {
  return `${url} ${whatHappened(found.entry, 1)}; ${whatReplaces(found, found.replacement, 1)}`;
}

/** Where the policy maps the repository, another rule asks for its private place. */
function fixOf({ policy }: StackView, { entry, replacement }: RetiredFinding, changes: Fix['changes']): Fix {
  const mapped = Object.entries(policy?.charts ?? {}).find(([url]) => plain(url) === plain(entry.source));
  const applies = entry.sameTag && (mapped === undefined || mapped[1] === null) ? 'all' : 'choice';
  return { title: `Use ${replacement ?? ''}`, applies, changes };
}

function plain(url: string): string {
  return withoutEnd(url.toLowerCase(), '/');
}

function overrides({ ownLayer }: StackView, charts: readonly RetiredChart[]): readonly Change[] {
  return charts.flatMap(({ chart, found }): readonly Change[] => {
    const path = textPath(`${chart.path}.repository`);
    if (ownLayer === undefined || found.replacement === undefined || isShared(ownLayer, path)) return [];
    return [{ kind: 'set', layer: ownLayer, path, value: found.replacement }];
  });
}

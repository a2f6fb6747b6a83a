import { chartVersionAt } from '../../analysis/chartOrigins.ts';
import { loginSpans } from '../../text/logins.ts';
import type { ChartCopy, MirrorPlan } from '../types.ts';
import { oneLine, refused, refusedFor, type Exported } from './exporter.ts';

/** A chart as it is packaged anew. */
export interface MappedChart {
  readonly chart: ChartCopy;
  /** With its scheme: `oci://registry.example.com/charts`. */
  readonly target: string;
  /** Without `v`, which tags of OCI registries must not have for Helm to find them. */
  readonly version: string;
}

/** The charts that the policy maps, or why they cannot be pushed: what is said of them is the user's text. */
export function mappedCharts({ charts }: MirrorPlan): readonly MappedChart[] | Exported {
  const mapped = charts.flatMap(chart => {
    const { target } = chart;
    return target === undefined ? [] : [{ chart, target, version: chartVersionAt(target, chart.version) }];
  });
  if (mapped.length === 0)
    return refused('no chart repository is mapped: add "charts:" to "registry:" of the project file');
  const reasons = mapped.flatMap(({ chart, target, version }) => problemsOf(chart, target, version));
  return reasons.length > 0 ? refusedFor(reasons) : mapped;
}

/** What stays where it is, for comments and notes. */
export function unmappedCharts({ charts }: MirrorPlan): readonly string[] {
  return charts
    .filter(({ target }) => target === undefined)
    .map(
      ({ name, version }) =>
        `the chart ${oneLine(name)} ${oneLine(version)} is not in it: its repository is not mapped`,
    );
}

const address = /^(?:https?|oci):\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[\w~%+-][\w.~%+-]*)*\/?$/;

function problemsOf({ name, repository }: ChartCopy, target: string, version: string): readonly string[] {
  const problems: string[] = [];
  const shown = oneLine(name);
  if (!/^[A-Za-z0-9][\w-]*$/.test(name))
    problems.push(`the chart "${shown}" has a name that Helm does not take`);
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(version))
    problems.push(
      `the chart "${shown}" has the version "${oneLine(version)}": a copy needs one version such as 1.2.3`,
    );
  if (isUnsafe(repository))
    problems.push(`the repository of the chart "${shown}" is not a plain address without a login`);
  if (isUnsafe(target) || !target.startsWith('oci://'))
    problems.push(`the place of the chart "${shown}" is not one such as oci://registry.example.com/charts`);
  return problems;
}

function isUnsafe(url: string): boolean {
  return !address.test(url) || loginSpans(url, 'whole').length > 0;
}

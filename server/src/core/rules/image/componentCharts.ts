import type { StackView } from '../../analysis/stackView.ts';
import type { Chart, Component } from '../../catalog/types.ts';
import { knowsOverrides } from '../../findings/location.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import { isTemplated } from '../../stack/templated.ts';

/** A Helm chart whose repository can be read. */
export interface ComponentChart {
  readonly chart: Chart;
  /** Of its `repository`. */
  readonly value: EffectiveValue;
  readonly url: string;
}

export interface ComponentCharts {
  /** A layer with a file names their repository. */
  readonly written: readonly ComponentChart[];
  /** No layer names it. Empty while a layer is not to be had, which may name it. */
  readonly defaults: readonly ComponentChart[];
}

export function componentCharts(view: StackView, component: Component): ComponentCharts {
  const written: ComponentChart[] = [];
  const defaults: ComponentChart[] = [];
  const isWhole = knowsOverrides(view);
  for (const chart of view.catalog.catalog.charts) {
    const value = chart.component === component.path ? view.effective.at(repositoryPath(chart)) : undefined;
    const node = value?.winner.node;
    if (value === undefined || node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
    if (isTemplated(value)) continue;
    const found = { chart, value, url: node.value };
    if (value.winner.layer.file !== undefined) written.push(found);
    else if (isWhole) defaults.push(found);
  }
  return { written, defaults };
}

/** The value path of its repository. */
export function repositoryPath({ path }: Chart): string {
  return `${path}.repository`;
}

/** How the charts are called in a message: `istioBase, istioDaemon`. */
export function chartNames(charts: readonly ComponentChart[]): string {
  return charts.map(({ chart }) => chart.path.slice(chart.path.lastIndexOf('.') + 1)).join(', ');
}

import type { Exporter } from './exporter.ts';
import { mappedCharts, unmappedCharts, type MappedChart } from './mappedCharts.ts';
import { yamlText } from './yamlText.ts';

/** The values by which deployKF fetches the charts that `charts` copied. */
export const chartValues: Exporter = {
  name: 'chart-values',
  summary: 'the values that use the copied charts',
  language: 'yaml',
  withoutPlannedImages: true,
  write: plan => {
    const mapped = mappedCharts(plan);
    if ('kind' in mapped) return mapped;
    const header = ['Values for deployKF, after the charts were copied.', ...unmappedCharts(plan)];
    return {
      kind: 'written',
      text: yamlText(header, nested(mapped.flatMap(leavesOf))),
      notes: unmappedCharts(plan),
    };
  },
};

interface Leaf {
  readonly keys: readonly string[];
  readonly value: string;
}

interface Tree {
  readonly [key: string]: Tree | string;
}

function leavesOf({ chart, target, version }: MappedChart): readonly Leaf[] {
  return chart.paths.flatMap(path => {
    const keys = path.split('.');
    const repository = { keys: [...keys, 'repository'], value: target };
    if (version === chart.version) return [repository];
    return [{ keys: [...keys, 'version'], value: version }, repository];
  });
}

function nested(leaves: readonly Leaf[]): Tree {
  const tree: { [key: string]: Tree | string } = {};
  const below = new Map<string, Leaf[]>();
  for (const { keys, value } of leaves) {
    const [first = '', ...rest] = keys;
    if (rest.length === 0) tree[first] = value;
    else below.set(first, [...(below.get(first) ?? []), { keys: rest, value }]);
  }
  for (const [key, part] of below) tree[key] = nested(part);
  return tree;
}

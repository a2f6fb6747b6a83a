import { chartVersionAt } from '../../analysis/chartOrigins.ts';
import type { StackView } from '../../analysis/stackView.ts';
import type { Chart } from '../../catalog/types.ts';
import type { Change } from '../../findings/finding.ts';
import type { EffectiveValue } from '../../stack/effective.ts';
import type { Layer } from '../../stack/layer.ts';
import { isWritable } from './overrides.ts';
import { holdsEverywhere } from './everywhere.ts';
import { isShared, rewriteWritten, textPath } from './rewriteChanges.ts';

/**
 * Lets a chart be fetched from another repository, by the version that it has there. Values that nobody wrote go into the strongest
 * layer. Empty when one of them cannot be written.
 */
export function chartChanges(view: StackView, { path }: Chart, repository: string): readonly Change[] {
  const version = view.effective.at(`${path}.version`);
  const changes = [changeOf(view, `${path}.repository`, repository)];
  const node = version?.winner.node;
  if (node?.kind === 'scalar' && typeof node.value === 'string') {
    const there = chartVersionAt(repository, node.value);
    if (there !== node.value) changes.push(changeOf(view, `${path}.version`, there));
  }
  const known = changes.filter(change => change !== undefined);
  return known.length === changes.length ? known : [];
}

function changeOf(view: StackView, path: string, value: string): Change | undefined {
  const written = view.effective.at(path);
  if (isWritten(written)) {
    const isAlike = (other: string): boolean => isChartKey(view, path, other);
    return holdsEverywhere(view, written.winner, isAlike) ? rewriteWritten(written.winner, value) : undefined;
  }
  const layer = view.ownLayer;
  const keys = textPath(path);
  if (!canHold(layer, keys)) return undefined;
  return { kind: 'set', layer, path: keys, value };
}

function isWritten(value: EffectiveValue | undefined): value is EffectiveValue {
  return value?.winner.layer.file !== undefined;
}

function canHold(layer: Layer | undefined, keys: readonly string[]): layer is Layer {
  return layer !== undefined && isWritable(layer) && !isShared(layer, keys);
}

/** Whether two paths are the same key of charts: what has the same text is to have the same one again. */
function isChartKey({ catalog: { catalog } }: StackView, path: string, other: string): boolean {
  const key = path.slice(path.lastIndexOf('.'));
  return catalog.charts.some(chart => other === chart.path + key);
}

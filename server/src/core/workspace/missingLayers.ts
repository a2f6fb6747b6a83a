import type { LayerPlan, StackPlan } from '../stack/plan.ts';
import { labelOf } from '../stack/uri.ts';
import type { Snapshot } from './snapshot.ts';

/** The layers of a stack that are not to be had, as people write them: what they set is not known. */
export function missingLayers({ state }: Snapshot, plan: StackPlan): readonly string[] {
  const { folder, expected = [], openValues = [] } = plan;
  const layers: readonly LayerPlan[] = plan.layers ?? plan.uris.map(uri => ({ uri }));
  const missing = new Set<string>();
  for (const { uri, sample } of layers) {
    const isShipped = sample && state.catalogs.sample?.(sample.release, sample.name) !== undefined;
    if (isShipped === true || state.files.has(uri)) continue;
    const written = expected.find(file => file.uri === uri)?.path ?? '';
    const isOutside = /^[/\\~]/.test(written);
    missing.add(isOutside ? written : labelOf(folder, uri));
  }
  return [...missing, ...openValues];
}

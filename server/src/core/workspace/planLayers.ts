import { fileLayer, type Layer } from '../stack/layer.ts';
import type { LayerPlan, StackPlan } from '../stack/plan.ts';
import type { MissingLayer } from '../stack/stack.ts';
import { labelOf } from '../stack/uri.ts';
import type { SnapshotState } from './state.ts';

/** The layers of a stack that are here, and those that are not, both from the weakest to the strongest. */
export interface PlanLayers {
  readonly layers: readonly Layer[];
  readonly missing: readonly MissingLayer[];
}

export function planLayers(state: SnapshotState, plan: StackPlan): PlanLayers {
  const layers: Layer[] = [];
  const missing: MissingLayer[] = [];
  const planned: readonly LayerPlan[] = plan.layers ?? plan.uris.map(uri => ({ uri }));
  for (const each of planned) {
    const layer = layerOf(state, plan, each);
    if (layer === undefined) missing.push({ label: nameOf(state, plan, each), weaker: layers.length });
    else layers.push(layer);
  }
  // Their place is not known, so that they may be the strongest.
  const weaker = layers.length;
  missing.push(...(plan.openValues ?? []).map(label => ({ label, weaker })));
  if (plan.isOpen === true || plan.openArguments !== undefined) missing.push({ label: undefined, weaker });
  return { layers, missing };
}

function layerOf(
  state: SnapshotState,
  { folder }: StackPlan,
  { uri, within, sample }: LayerPlan,
): Layer | undefined {
  const shipped = sample && state.catalogs.sample?.(sample.release, sample.name);
  if (shipped !== undefined) return shipped;
  const outer = state.files.get(uri);
  const file = within ? outer?.hosted(within.document, within.path) : outer;
  return file && fileLayer(file, labelOf(folder, uri));
}

/** `undefined`: the file is here, and it is not known what it holds. */
function nameOf(
  { files }: SnapshotState,
  { folder, expected = [] }: StackPlan,
  { uri }: LayerPlan,
): string | undefined {
  if (files.has(uri)) return undefined;
  const written = expected.find(file => file.uri === uri)?.path ?? '';
  return /^[/\\~]/.test(written) ? written : labelOf(folder, uri);
}

import type { GeneratorSource, LayerPlan, StackPlan } from '../stack/plan.ts';
import { Snapshot } from '../workspace/snapshot.ts';

/** What a stack is to be moved to. */
export interface OtherRelease {
  readonly release: string;
  /** Where its defaults come from, when it is not a release that is known. */
  readonly generator?: GeneratorSource | undefined;
}

/**
 * The world with only one stack, the same over another release; its catalog may have to be made yet. Upstream's sample files go with
 * the release that they are taken from.
 */
export function overRelease(
  { state }: Snapshot,
  plan: StackPlan,
  { release, generator }: OtherRelease,
): Snapshot {
  const { guess: _guess, openRelease: _open, generator: _own, layers, ...rest } = plan;
  const moved = layers?.map((layer): LayerPlan => {
    if (layer.sample === undefined || layer.sample.release !== plan.release) return layer;
    if (state.catalogs.sample?.(release, layer.sample.name) === undefined) return layer;
    return { ...layer, sample: { ...layer.sample, release } };
  });
  const given = { ...rest, release, ...(moved && { layers: moved }), ...(generator && { generator }) };
  return Snapshot.of({ ...state, given: [given] });
}

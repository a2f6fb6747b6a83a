import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { knowsOverrides } from '../findings/location.ts';
import { uriOf } from '../fixes/changes.ts';
import { agreedFixes } from '../fixes/agreed.ts';
import { changesToFileEdits, writableFixes } from '../fixes/edits.ts';
import { chosenPins } from '../fixes/pinTags.ts';
import { soundEdits } from '../fixes/sound.ts';
import { addOverrides } from '../rules/image/overrides.ts';
import { repositoryValue } from '../rules/image/rewriteChanges.ts';
import { rewriteFixes } from '../rules/image/rewriteImage.ts';
import type { Layer } from '../stack/layer.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Snapshot } from '../workspace/snapshot.ts';

/** Images of one stack. */
export interface ChosenImages {
  readonly view: StackView;
  readonly entries: readonly ImageEntry[];
}

export interface ChosenChanges {
  readonly edits: readonly FileEdit[];
  /** How many images they change. */
  readonly count: number;
}

/** The edits that take images from where the registry policy maps them to; an override is added where none is. */
export function rewriteImages(snapshot: Snapshot, chosen: readonly ChosenImages[]): ChosenChanges {
  const fixes = chosen.flatMap(({ view, entries }) => entries.map(entry => rewriteOf(view, entry)));
  return changesOf(snapshot, fixes);
}

/** The edits that write the tags that are pulled now, where these are known for sure. */
export function pinImages(snapshot: Snapshot, chosen: readonly ChosenImages[]): ChosenChanges {
  const pins = chosen.flatMap(({ view, entries }) => chosenPins(snapshot, view, entries));
  return changesOf(
    snapshot,
    pins.map(change => [change]),
  );
}

function rewriteOf(view: StackView, entry: ImageEntry): readonly Change[] {
  if (entry.rewrite?.kind !== 'rewritten' || entry.isRepositoryTemplated) return [];
  if (repositoryValue(entry)?.winner.layer.file !== undefined) {
    const fixes = rewriteFixes(view, entry, entry.rewrite.repository);
    return fixes.find(({ applies }) => applies === 'all')?.changes() ?? [];
  }
  if (view.ownLayer === undefined || !knowsOverrides(view)) return [];
  return addOverrides(view, view.ownLayer, [entry]);
}

function changesOf(snapshot: Snapshot, fixes: readonly (readonly Change[])[]): ChosenChanges {
  const agreed = agreedFixes(snapshot, fixes).filter(changes => changes.length > 0);
  const wanted = withSharedLayers(agreed);
  const made = writableFixes(snapshot, wanted);
  const edits = soundEdits(snapshot, changesToFileEdits(snapshot, made.flat()));
  return { edits, count: edits.length === 0 ? 0 : made.length };
}

/** Several stacks may have a file as a layer, and what is set in it must be written together. */
function withSharedLayers(fixes: readonly (readonly Change[])[]): readonly (readonly Change[])[] {
  const layers = new Map<string, Layer>();
  const shared = (change: Change): Change => {
    if (change.kind !== 'set') return change;
    const uri = uriOf(change);
    const layer = layers.get(uri) ?? change.layer;
    layers.set(uri, layer);
    return { ...change, layer };
  };
  return fixes.map(changes => changes.map(shared));
}

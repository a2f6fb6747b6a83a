import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { isUnsetText, pullsUnpublished, setTag } from '../rules/image/tagChanges.ts';
import type { Layer } from '../stack/layer.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { uriOf } from './changes.ts';
import { pinsIn, type Pin } from './pins.ts';

/** The changes that write the tags that are pulled now wherever a file names a repository and leaves the tag open. */
export function pinChanges(snapshot: Snapshot, uri: string): readonly Change[] {
  return pinsIn(snapshot, uri, (view, entry) => tagPin(view, entry));
}

/** The same for some images of a stack, even where no file names their repository. */
export function chosenPins(
  snapshot: Snapshot,
  view: StackView,
  entries: readonly ImageEntry[],
): readonly Change[] {
  const pathsByFile = new Map<string, Set<string>>();
  for (const entry of entries) {
    const pin = tagPin(view, entry, view.ownLayer);
    if (pin === undefined) continue;
    const uri = uriOf(pin.change);
    pathsByFile.set(uri, (pathsByFile.get(uri) ?? new Set()).add(entry.path));
  }
  return [...pathsByFile].flatMap(([uri, paths]) =>
    pinsIn(snapshot, uri, (other, entry) =>
      paths.has(entry.path) ? tagPin(other, entry, other.ownLayer) : undefined,
    ),
  );
}

function tagPin(view: StackView, entry: ImageEntry, otherwise?: Layer): Pin | undefined {
  if (!entry.enabled || entry.form !== 'map' || !isUnsetText(entry.keys.tag)) return undefined;
  const text = sureTag(view, entry);
  const change = setTag(view, entry, text ?? '', otherwise);
  return change?.kind === 'set' ? { at: change.path.join('.'), change, text } : undefined;
}

function sureTag(view: StackView, entry: ImageEntry): string | undefined {
  const { resolved, templated, isTagMisread } = entry;
  if (templated || isTagMisread || resolved.kind !== 'known' || resolved.from !== 'rule') return undefined;
  return pullsUnpublished(view, entry) ? undefined : resolved.tag;
}

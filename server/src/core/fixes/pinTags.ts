import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { isUnsetText, pullsUnpublished, setTag } from '../rules/image/tagChanges.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { pinsIn, type Pin } from './pins.ts';

/** The changes that write the tags that are pulled now wherever a file names a repository and leaves the tag open. */
export function pinChanges(snapshot: Snapshot, uri: string): readonly Change[] {
  return pinsIn(snapshot, uri, tagPin);
}

function tagPin(view: StackView, entry: ImageEntry): Pin | undefined {
  if (!entry.enabled || entry.form !== 'map' || !isUnsetText(entry.keys.tag)) return undefined;
  const text = sureTag(view, entry);
  const change = setTag(view, entry, text ?? '');
  return change?.kind === 'set' ? { at: change.path.join('.'), change, text } : undefined;
}

function sureTag(view: StackView, entry: ImageEntry): string | undefined {
  const { resolved, templated } = entry;
  if (templated || resolved.kind !== 'known' || resolved.from !== 'rule') return undefined;
  return pullsUnpublished(view, entry) ? undefined : resolved.tag;
}

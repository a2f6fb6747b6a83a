import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Change } from '../findings/finding.ts';
import { isUnsetText, pullsUnpublished, setTag } from '../rules/image/tagChanges.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { certainViews } from './certainViews.ts';

type SetChange = Extract<Change, { readonly kind: 'set' }>;

/**
 * The changes that write the tags that are pulled now wherever a file, or values in it, names a repository and leaves the
 * tag open. Only tags that are known for sure: the release is named, each layer can be read, and all stacks of the file agree.
 */
export function pinChanges(snapshot: Snapshot, uri: string): readonly Change[] {
  const texts = [uri, ...snapshot.hostedIn(uri).map(text => text.uri)];
  return texts.flatMap(text => pinsOf(certainViews(snapshot, text), text));
}

function pinsOf(views: readonly StackView[], uri: string): readonly Change[] {
  const pins = new Map<string, SetChange>();
  const refused = new Set<string>();
  for (const view of views) {
    for (const entry of view.images) {
      if (!entry.enabled || entry.form !== 'map' || !isUnsetText(entry.keys.tag)) continue;
      const tag = sureTag(view, entry);
      // A tag that is not sure in one stack must not be written for it by another one.
      const change = setTag(view, entry, tag ?? '');
      if (change?.kind !== 'set' || change.layer.file?.uri !== uri) continue;
      const path = change.path.join('.');
      const known = pins.get(path);
      if (tag === undefined || (known !== undefined && known.value !== tag)) refused.add(path);
      pins.set(path, change);
    }
  }
  return [...pins].filter(([path]) => !refused.has(path)).map(([, change]) => change);
}

function sureTag(view: StackView, entry: ImageEntry): string | undefined {
  const { resolved, templated } = entry;
  if (templated || resolved.kind !== 'known' || resolved.from !== 'rule') return undefined;
  return pullsUnpublished(view, entry) ? undefined : resolved.tag;
}

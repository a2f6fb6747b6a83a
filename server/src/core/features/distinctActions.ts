import type { Change } from '../findings/finding.ts';
import { uriOf } from '../fixes/changes.ts';
import type { ActionDraft } from './codeAction.ts';

/**
 * The actions without those that change nothing, and one for each thing: of several that change the same, the first one stays,
 * and is about the findings of all of them. Other things that share a title get their value paths after it.
 */
export function distinctActions(drafts: readonly ActionDraft[]): readonly ActionDraft[] {
  const kept = new Map<string, ActionDraft>();
  for (const draft of drafts) {
    const key = draft.step === undefined ? meaningOf(draft.changes().flat()) : draft.id;
    if (key === '') continue;
    const same = kept.get(key);
    kept.set(key, same === undefined ? draft : both(same, draft));
  }
  return withPaths([...kept.values()]);
}

/** The same text for the same changes in any order. */
function meaningOf(changes: readonly Change[]): string {
  const texts = changes.flatMap(change => {
    const uri = uriOf(change);
    if (change.kind === 'edit')
      return change.edits.map(({ span, newText }) => [uri, span.start, span.end, newText]);
    if (change.kind === 'create') return [[uri, change.text]];
    return [[uri, change.path, change.kind === 'set' ? change.value : undefined]];
  });
  return [...new Set(texts.map(text => JSON.stringify(text)))].toSorted().join('\n');
}

function both(first: ActionDraft, second: ActionDraft): ActionDraft {
  return {
    ...first,
    isPreferred: first.isPreferred || second.isPreferred,
    findings: [...new Set([...first.findings, ...second.findings])],
  };
}

function withPaths(drafts: readonly ActionDraft[]): readonly ActionDraft[] {
  const counts = new Map<string, number>();
  for (const { title } of drafts) counts.set(title, (counts.get(title) ?? 0) + 1);
  return drafts.map(draft => {
    const path = draft.findings[0]?.path;
    if (path === undefined || counts.get(draft.title) === 1) return draft;
    return { ...draft, title: `${draft.title} (${path})` };
  });
}

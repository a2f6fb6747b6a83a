import { holdsPath } from '../analysis/images.ts';
import { registryOf } from '../image/repository.ts';
import { isSharedRegistry } from '../policy/privacy.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { placeAt } from '../yaml/lookup.ts';
import { printPath } from '../yaml/nodes.ts';
import type { ActionDraft } from './codeAction.ts';

/** The way to a registry policy at an image of a registry that is everybody's, where there is no policy yet. */
export function registryActions(
  snapshot: Snapshot,
  uri: string,
  { start, end }: Span,
): readonly ActionDraft[] {
  const at = snapshot.textAt(uri, start);
  const view = at && snapshot.viewsByChoice(at.file.uri)[0];
  const place = at && placeAt(at.file.root, at.offset);
  if (view === undefined || place === undefined || view.policy !== undefined) return [];
  const path = printPath(place.path);
  const isHere = view.images.some(
    entry =>
      (holdsPath(entry, path, 'path') || holdsPath(entry, path, 'override')) &&
      isSharedRegistry(registryOf(entry.canonical ?? '') ?? ''),
  );
  if (!isHere) return [];
  return [
    {
      title: 'Rewrite to a private registry…',
      kind: 'refactor.rewrite',
      isPreferred: false,
      findings: [],
      step: { kind: 'rewrite' },
      id: ['refactor.rewrite', start, end, 'registry'].join(':'),
      changes: () => [],
    },
  ];
}

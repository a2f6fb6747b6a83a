import type { ImageUse } from '../../core/lookup/imageUses.ts';
import { lookUp, type FoundInStack, type NamedView } from '../../core/lookup/lookUp.ts';
import { readPastedImages } from '../../core/lookup/pastedImages.ts';
import { locationIn } from '../../core/report/lookupPlace.ts';
import {
  askedText,
  deployedText,
  goneText,
  missingText,
  relationText,
  secretText,
  tagText,
  titleOf,
} from '../../core/report/lookupWords.ts';
import { labelOf } from '../../core/stack/uri.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import { findImageRequest, type FoundInStackResult, type ImageUseResult } from '../../protocol/lookup.ts';
import { clientUri } from '../convert.ts';
import { defineHandler } from '../handler.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';

export const findImageHandler = defineHandler(findImageRequest, ({ workspace }, { text }) => {
  const asked = readPastedImages(text);
  const views = asked.length === 0 ? [] : namedViews(workspace.snapshot);
  return asked.map(image => ({
    title: askedText(image),
    stacks: lookUp(views, image).stacks.map(stack => stackResult(workspace, stack)),
  }));
});

/** Those that have no name are called like their strongest file. */
function namedViews(snapshot: Snapshot): readonly NamedView[] {
  const views: NamedView[] = [];
  for (const plan of snapshot.plans) {
    const view = snapshot.view(plan);
    if (view === undefined) continue;
    const file = plan.uris.at(-1);
    views.push({ view, name: plan.name || (file === undefined ? '' : labelOf(plan.folder, file)) });
  }
  return views;
}

function stackResult(workspace: OpenWorkspace, found: FoundInStack): FoundInStackResult {
  const { view, name, uses, upstream } = found;
  const notes = [upstream === undefined ? '' : `copied from ${upstream}`, goneText(found)];
  return {
    stack: `${name} · deployKF ${view.catalog.release}`,
    notes: notes.filter(note => note !== ''),
    uses: uses.map(use => useResult(workspace, found, use)),
    missing: uses.length === 0 ? missingText(found) : '',
  };
}

function useResult(workspace: OpenWorkspace, { view }: FoundInStack, use: ImageUse): ImageUseResult {
  const place = use.setAt ?? use.overrideAt;
  const location = place && locationIn(view, place);
  const notes = [
    use.setAt === undefined && use.kind === 'value' ? 'no layer sets it, this is where an override goes' : '',
    relationText(use),
    deployedText(use) && `deployed: ${deployedText(use)}`,
    use.secret === undefined ? '' : `pull Secret: ${secretText(use.secret)}`,
  ];
  return {
    title: titleOf(use),
    tag: tagText(use.tag),
    notes: notes.filter(note => note !== ''),
    ...(location !== undefined && { place: { ...location, uri: clientUri(workspace, location.uri) } }),
  };
}

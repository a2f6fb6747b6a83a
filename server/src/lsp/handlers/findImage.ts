import type { StackView } from '../../core/analysis/stackView.ts';
import type { ImageUse } from '../../core/lookup/imageUses.ts';
import { lookUp, type FoundInStack, type NamedView } from '../../core/lookup/lookUp.ts';
import { podSecrets } from '../../core/lookup/podSecret.ts';
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
import { printable } from '../../core/text/printable.ts';
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
    uses: uses.map(use => useResult(workspace, view, use)),
    missing: uses.length === 0 ? missingText(found) : '',
  };
}

function useResult(workspace: OpenWorkspace, view: StackView, use: ImageUse): ImageUseResult {
  const place = use.setAt ?? use.overrideAt;
  const location = place && locationIn(view, place);
  const layer = view.stack.layers.find(({ file }) => file?.uri === place?.uri);
  const where = location && layer ? `${printable(layer.label)}:${location.start.line + 1}` : '';
  const secrets = use.secret === undefined ? podSecrets(view, use.entry) : [use.secret];
  const notes = [
    deployedText(use) && `deployed: ${deployedText(use)}`,
    ...secrets.map(secret => `pull Secret: ${secretText(secret)}`),
    use.setAt === undefined && use.kind === 'value' ? 'no layer sets it' : '',
    relationText(use),
  ];
  return {
    title: titleOf(use),
    where: where === '' || use.setAt !== undefined ? where : `an override goes to ${where}`,
    tag: tagText(use.tag),
    notes: notes.filter(note => note !== ''),
    ...(location !== undefined && { place: { ...location, uri: clientUri(workspace, location.uri) } }),
  };
}

import { pinImages, rewriteImages, type ChosenImages } from '../../core/features/changeImages.ts';
import { imageOfRef } from '../../core/features/imagePlaces.ts';
import { count } from '../../core/report/style.ts';
import type { Snapshot } from '../../core/workspace/snapshot.ts';
import type { RewriteResult } from '../../protocol.ts';
import { changeImagesRequest, type ImageInStack } from '../../protocol/images.ts';
import { applyEdits, nothing } from '../applyEdits.ts';
import { defineHandler } from '../handler.ts';

export const changeImagesHandler = defineHandler(
  changeImagesRequest,
  async (session, { what, images }): Promise<RewriteResult> => {
    const { snapshot } = session.workspace;
    const chosen = chosenImages(snapshot, images);
    if (what === 'rewrite' && chosen.every(({ view }) => view.policy === undefined))
      return { ...nothing('There is no private registry to rewrite to'), needsRegistry: true };
    const change = what === 'rewrite' ? rewriteImages : pinImages;
    const { edits, count: changed } = change(snapshot, chosen);
    if (changed === 0) return nothing(nothingToDo[what]);
    const label = what === 'rewrite' ? 'Rewrite images' : 'Pin tags';
    const refused = await applyEdits(session, { label, edits });
    if (refused !== undefined) return nothing(refused);
    const done = what === 'rewrite' ? 'Rewrote' : 'Pinned';
    return { message: `${done} ${changed} of ${count(images.length, 'image')}`, isApplied: true };
  },
);

const nothingToDo = {
  rewrite: 'Nothing is left to rewrite: the images are private, or the registry policy does not map them',
  pin: 'No tag can be pinned: they are written already, or not known for sure',
};

/** By stack. */
function chosenImages(snapshot: Snapshot, refs: readonly ImageInStack[]): readonly ChosenImages[] {
  return [...new Set(refs.map(({ stack }) => stack))].flatMap(stack => {
    const view = snapshot.viewById(stack);
    if (view === undefined) return [];
    const own = refs.filter(ref => ref.stack === stack);
    return [{ view, entries: own.flatMap(ref => imageOfRef(view, ref) ?? []) }];
  });
}

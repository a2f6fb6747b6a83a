import { summarizeManifest, type ManifestReport } from '../../core/features/manifestImages.ts';
import { placeInManifest } from '../../core/rendered/placeInManifest.ts';
import { planStates } from '../../core/rendered/planStates.ts';
import { printable } from '../../core/text/printable.ts';
import type { SourceText } from '../../core/text/sourceText.ts';
import {
  manifestImagesRequest,
  type ManifestImageGroup,
  type ManifestImagePlace,
} from '../../protocol/manifests.ts';
import { defineHandler } from '../handler.ts';

export const manifestImagesHandler = defineHandler(manifestImagesRequest, async (session, { uri }, token) => {
  const source = session.workspace.document(uri)?.file.source;
  const report = await session.manifests.of(uri, () => token.isCancellationRequested);
  if (report === undefined || source === undefined) return null;
  const groups = planStates.flatMap(({ state, title }): readonly ManifestImageGroup[] => {
    const images = report.images.filter(image => image.state === state);
    return images.length === 0 ? [] : [{ title, images: images.map(image => placeOf(image, source)) }];
  });
  return { summary: summarizeManifest(report), groups };
});

function placeOf(
  { found, copies, offset }: ManifestReport['images'][number],
  source: SourceText,
): ManifestImagePlace {
  const [copy] = copies;
  return {
    image: printable(found.image ?? found.written),
    place: printable(placeInManifest(found)),
    planned: copy === undefined ? '' : printable(copy.target ?? copy.source),
    position: source.positionAt(offset),
  };
}

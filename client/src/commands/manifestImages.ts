import { l10n, Position, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import { manifestImagesRequest, type ManifestImagesResult } from '../../../server/src/protocol/manifests.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { showPlace } from './showPlace.ts';

interface ImageItem extends QuickPickItem {
  readonly position?: Position;
}

/** Lists the images of a manifest, by default of the active file, by how they stand to the plan, and goes to the chosen one. */
export async function showManifestImages(server: Server, document?: unknown): Promise<void> {
  const active = window.activeTextEditor?.document.uri.toString();
  const uri = typeof document === 'string' ? document : active;
  if (uri === undefined) return;
  const result = await sendRequest(await server.start(), manifestImagesRequest, { uri });
  if (result === null) {
    await window.showInformationMessage(
      l10n.t('No stack of deployKF here pulls an image that this file names'),
    );
    return;
  }
  const picked = await window.showQuickPick(itemsOf(result), {
    title: result.summary,
    placeHolder: l10n.t('The image to go to'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.position === undefined) return;
  await showPlace({ uri, start: picked.position, end: picked.position });
}

function itemsOf({ groups }: ManifestImagesResult): readonly ImageItem[] {
  return groups.flatMap(({ title, images }): readonly ImageItem[] => [
    { label: title, kind: QuickPickItemKind.Separator },
    ...images.map(({ image, place, planned, position }) => ({
      label: withoutIcons(image),
      description: withoutIcons(place),
      ...(planned !== '' &&
        planned !== image && { detail: l10n.t('In the plan: {0}', withoutIcons(planned)) }),
      position: new Position(position.line, position.character),
    })),
  ]);
}

import { commands, env, l10n, Uri, window } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  changeImagesRequest,
  explainImageRequest,
  imageAtRequest,
  imagePlaceRequest,
  type ChangeImagesParams,
} from '../../../server/src/protocol/images.ts';
import type { Server } from '../server.ts';
import { askFilter } from '../views/askFilter.ts';
import { refOf, stackOf, type ImageNode } from '../views/imageNode.ts';
import type { ImagesView } from '../views/imagesView.ts';
import { report } from './rewrite.ts';
import { showPlace } from './showPlace.ts';
import { givenFile, positionIn } from './targetFile.ts';

/** The commands of the Images view. Menus say what they were opened on, and what is selected; keys do not. */
export class ImageCommands {
  readonly #server: Server;
  readonly #view: ImagesView;

  constructor(server: Server, view: ImagesView) {
    this.#server = server;
    this.#view = view;
  }

  /** Goes to where the image is set, or where an override of it would go. */
  async goTo(node = this.#view.selection[0]): Promise<void> {
    if (node === undefined) return;
    const place = await sendRequest(await this.#server.start(), imagePlaceRequest, refOf(node));
    if (place === null) {
      await window.showInformationMessage(
        l10n.t('The stack has no values file that an override could go to'),
      );
      return;
    }
    await showPlace(place);
  }

  /** Rewrites or pins all that is selected by one edit. */
  async change(
    what: ChangeImagesParams['what'],
    node?: ImageNode,
    selected?: readonly ImageNode[],
  ): Promise<void> {
    const leaves = await this.#view.tree.leaves(this.#chosen(node, selected));
    const [first] = leaves;
    if (first === undefined) return;
    const images = leaves.map(refOf);
    const result = await sendRequest(await this.#server.start(), changeImagesRequest, { what, images });
    const { file } = stackOf(first);
    await report(result, file === undefined ? undefined : Uri.parse(file));
  }

  async copy(node?: ImageNode, selected?: readonly ImageNode[]): Promise<void> {
    const references = new Set<string>();
    for (const chosen of this.#chosen(node, selected))
      if (chosen.kind === 'image') references.add(chosen.image.reference);
    if (references.size > 0) await env.clipboard.writeText([...references].join('\n'));
  }

  async explain(node = this.#view.selection[0]): Promise<void> {
    if (node === undefined) return;
    const explained = await sendRequest(await this.#server.start(), explainImageRequest, refOf(node));
    if (explained !== null) await commands.executeCommand('vscode.open', Uri.parse(explained.document));
  }

  /** Shows the image at the cursor, or the stack of a file. */
  async reveal(given: unknown): Promise<void> {
    const uri = await givenFile(given);
    if (uri === undefined) {
      await commands.executeCommand('deploykf.images.focus');
      return;
    }
    const client = await this.#server.start();
    const ref = await sendRequest(client, imageAtRequest, { uri, position: positionIn(uri, given) });
    const isShown = ref !== null && (await this.#view.reveal(ref));
    if (!isShown)
      await window.showInformationMessage(
        l10n.t('This file is not part of a deployKF stack whose release is known'),
      );
  }

  async filter(): Promise<void> {
    const filter = await askFilter(this.#view.filter, await this.#view.tree.choices());
    if (filter !== undefined) this.#view.filter = filter;
  }

  clearFilter(): void {
    this.#view.filter = {};
  }

  #chosen(node: ImageNode | undefined, selected: readonly ImageNode[] | undefined): readonly ImageNode[] {
    if (selected !== undefined) return selected;
    return node === undefined ? this.#view.selection : [node];
  }
}

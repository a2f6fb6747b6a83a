import { commands, type Disposable, type Uri } from 'vscode';
import type { FindingPlace } from '../../../server/src/protocol/ignore.ts';
import type { BeforeTexts } from '../beforeTexts.ts';
import { offerRestart } from '../offerRestart.ts';
import type { Registries } from '../registries.ts';
import type { Server } from '../server.ts';
import type { FileStatusView } from '../status.ts';
import type { ImageNode } from '../views/imageNode.ts';
import type { ImagesView } from '../views/imagesView.ts';
import { createProjectFile } from './createProjectFile.ts';
import { createPullSecret } from './createPullSecret.ts';
import { findImage } from './findImage.ts';
import { ImageCommands } from './images.ts';
import { showManifestImages } from './manifestImages.ts';
import { exportMirror, previewUpgrade, showMirrorPlan, showPullSecrets } from './reports.ts';
import { restartServer } from './restartServer.ts';
import { rewrite } from './rewrite.ts';
import { ignoreFinding, openRulePage } from './rules.ts';
import { rewriteToRegistry } from './rewriteToRegistry.ts';
import { verifyMirror } from './verifyMirror.ts';
import { chooseStack, compareWithDefaults, showEffectiveValues } from './stacks.ts';

/** What commands work with. */
export interface CommandContext {
  readonly server: Server;
  readonly status: FileStatusView;
  readonly registries: Registries;
  readonly images: ImagesView;
  readonly texts: BeforeTexts;
  /** A folder of the extension. */
  readonly storage: Uri;
}

/** Registers every command that `package.json` declares. */
export function registerCommands(context: CommandContext): readonly Disposable[] {
  return [...registerFileCommands(context), ...registerImageCommands(context)];
}

/** What is selected in the view, as its menus say it. */
type Selected = readonly ImageNode[] | undefined;

function registerImageCommands({ server, images }: CommandContext): readonly Disposable[] {
  const own = new ImageCommands(server, images);
  const registerCommand = registration(server);
  return [
    registerCommand('deploykf.findImage', () => findImage(server)),
    registerCommand('deploykf.revealImage', (file?: unknown) => own.reveal(file)),
    registerCommand('deploykf.goToImage', (node?: ImageNode) => own.goTo(node)),
    registerCommand('deploykf.rewriteImages', (node?: ImageNode, selected?: Selected) =>
      own.change('rewrite', node, selected),
    ),
    registerCommand('deploykf.pinImages', (node?: ImageNode, selected?: Selected) =>
      own.change('pin', node, selected),
    ),
    commands.registerCommand('deploykf.copyImages', (node?: ImageNode, selected?: Selected) =>
      own.copy(node, selected),
    ),
    registerCommand('deploykf.explainImage', (node?: ImageNode) => own.explain(node)),
    registerCommand('deploykf.filterImages', () => own.filter()),
    commands.registerCommand('deploykf.clearImageFilter', () => own.clearFilter()),
  ];
}

function registerFileCommands(context: CommandContext): readonly Disposable[] {
  const { server, status, registries, texts, storage } = context;
  const registerCommand = registration(server);
  return [
    registerCommand('deploykf.rewriteToRegistry', (file?: unknown) => rewriteToRegistry(server, texts, file)),
    registerCommand('deploykf.rewriteFile', (file?: unknown) => rewrite(server, 'file', file)),
    registerCommand('deploykf.rewriteComponent', (lens?: unknown) => rewrite(server, 'component', lens)),
    registerCommand('deploykf.addMissingOverrides', () => rewrite(server, 'missing')),
    registerCommand('deploykf.pinTags', () => rewrite(server, 'pins')),
    registerCommand('deploykf.fixAll', () => rewrite(server, 'fixAll')),
    registerCommand('deploykf.createProjectFile', () => createProjectFile(server)),
    registerCommand('deploykf.createPullSecret', (given?: unknown) =>
      createPullSecret(server, storage, given),
    ),
    registerCommand('deploykf.showPullSecrets', (file?: unknown) => showPullSecrets(server, file)),
    registerCommand('deploykf.showEffectiveValues', () => showEffectiveValues(server, status)),
    registerCommand('deploykf.compareWithDefaults', () => compareWithDefaults(status)),
    registerCommand('deploykf.showMirrorPlan', (given?: unknown) => showMirrorPlan(server, given)),
    registerCommand('deploykf.exportMirror', () => exportMirror(server)),
    registerCommand('deploykf.verifyMirror', (document?: unknown) =>
      verifyMirror(server, registries, document),
    ),
    registerCommand('deploykf.previewUpgrade', (document?: unknown) => previewUpgrade(server, document)),
    registerCommand('deploykf.showManifestImages', (document?: unknown) =>
      showManifestImages(server, document),
    ),
    registerCommand('deploykf.ignoreFinding', (place?: FindingPlace) => ignoreFinding(server, place)),
    registerCommand('deploykf.openRulePage', (page?: string) => openRulePage(page)),
    registerCommand('deploykf.chooseStack', () => chooseStack(server, status)),
    commands.registerCommand('deploykf.restartServer', () => restartServer(server)),
    commands.registerCommand('deploykf.showLog', () => server.showLog()),
  ];
}

/** Registers commands that are of no use without the server: where that is down, they offer to restart it. */
function registration(server: Server) {
  return (command: string, run: (...args: never[]) => Promise<unknown>): Disposable =>
    commands.registerCommand(command, async (...args: never[]) => {
      try {
        if (!server.isDown) return await run(...args);
      } catch (error) {
        // It may have ended meanwhile.
        if (!server.isDown) throw error;
      }
      // Nobody waits for the answer.
      void offerRestart(server);
      return undefined;
    });
}

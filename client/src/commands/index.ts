import { commands, type Disposable, type Uri } from 'vscode';
import type { FindingPlace } from '../../../server/src/protocol/ignore.ts';
import type { BeforeTexts } from '../beforeTexts.ts';
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
  return [
    commands.registerCommand('deploykf.findImage', () => findImage(server)),
    commands.registerCommand('deploykf.revealImage', (file?: unknown) => own.reveal(file)),
    commands.registerCommand('deploykf.goToImage', (node?: ImageNode) => own.goTo(node)),
    commands.registerCommand('deploykf.rewriteImages', (node?: ImageNode, selected?: Selected) =>
      own.change('rewrite', node, selected),
    ),
    commands.registerCommand('deploykf.pinImages', (node?: ImageNode, selected?: Selected) =>
      own.change('pin', node, selected),
    ),
    commands.registerCommand('deploykf.copyImages', (node?: ImageNode, selected?: Selected) =>
      own.copy(node, selected),
    ),
    commands.registerCommand('deploykf.explainImage', (node?: ImageNode) => own.explain(node)),
    commands.registerCommand('deploykf.filterImages', () => own.filter()),
    commands.registerCommand('deploykf.clearImageFilter', () => own.clearFilter()),
  ];
}

function registerFileCommands(context: CommandContext): readonly Disposable[] {
  const { server, status, registries, texts, storage } = context;
  return [
    commands.registerCommand('deploykf.rewriteToRegistry', (file?: unknown) =>
      rewriteToRegistry(server, texts, file),
    ),
    commands.registerCommand('deploykf.rewriteFile', (file?: unknown) => rewrite(server, 'file', file)),
    commands.registerCommand('deploykf.rewriteComponent', (lens?: unknown) =>
      rewrite(server, 'component', lens),
    ),
    commands.registerCommand('deploykf.addMissingOverrides', () => rewrite(server, 'missing')),
    commands.registerCommand('deploykf.pinTags', () => rewrite(server, 'pins')),
    commands.registerCommand('deploykf.fixAll', () => rewrite(server, 'fixAll')),
    commands.registerCommand('deploykf.createProjectFile', () => createProjectFile(server)),
    commands.registerCommand('deploykf.createPullSecret', (given?: unknown) =>
      createPullSecret(server, storage, given),
    ),
    commands.registerCommand('deploykf.showPullSecrets', (file?: unknown) => showPullSecrets(server, file)),
    commands.registerCommand('deploykf.showEffectiveValues', () => showEffectiveValues(server, status)),
    commands.registerCommand('deploykf.compareWithDefaults', () => compareWithDefaults(status)),
    commands.registerCommand('deploykf.showMirrorPlan', (given?: unknown) => showMirrorPlan(server, given)),
    commands.registerCommand('deploykf.exportMirror', () => exportMirror(server)),
    commands.registerCommand('deploykf.verifyMirror', (document?: unknown) =>
      verifyMirror(server, registries, document),
    ),
    commands.registerCommand('deploykf.previewUpgrade', (document?: unknown) =>
      previewUpgrade(server, document),
    ),
    commands.registerCommand('deploykf.showManifestImages', (document?: unknown) =>
      showManifestImages(server, document),
    ),
    commands.registerCommand('deploykf.ignoreFinding', (place?: FindingPlace) =>
      ignoreFinding(server, place),
    ),
    commands.registerCommand('deploykf.openRulePage', (page?: string) => openRulePage(page)),
    commands.registerCommand('deploykf.chooseStack', () => chooseStack(server, status)),
    commands.registerCommand('deploykf.restartServer', () => restartServer(server)),
    commands.registerCommand('deploykf.showLog', () => server.showLog()),
  ];
}

import { commands, type Disposable } from 'vscode';
import type { Registries } from '../registries.ts';
import type { Server } from '../server.ts';
import type { FileStatusView } from '../status.ts';
import { createProjectFile } from './createProjectFile.ts';
import { createPullSecret } from './createPullSecret.ts';
import { showManifestImages } from './manifestImages.ts';
import { exportMirror, previewUpgrade, showMirrorPlan } from './reports.ts';
import { rewrite } from './rewrite.ts';
import { rewriteToRegistry } from './rewriteToRegistry.ts';
import { verifyMirror } from './verifyMirror.ts';
import { chooseStack, compareWithDefaults, showEffectiveValues } from './stacks.ts';

/** What commands work with. */
export interface CommandContext {
  readonly server: Server;
  readonly status: FileStatusView;
  readonly registries: Registries;
}

/** Registers every command that `package.json` declares. */
export function registerCommands({ server, status, registries }: CommandContext): readonly Disposable[] {
  return [
    commands.registerCommand('deploykf.rewriteToRegistry', (lens?: unknown) =>
      rewriteToRegistry(server, lens),
    ),
    commands.registerCommand('deploykf.rewriteFile', () => rewrite(server, 'file')),
    commands.registerCommand('deploykf.rewriteComponent', (lens?: unknown) =>
      rewrite(server, 'component', lens),
    ),
    commands.registerCommand('deploykf.addMissingOverrides', () => rewrite(server, 'missing')),
    commands.registerCommand('deploykf.pinTags', () => rewrite(server, 'pins')),
    commands.registerCommand('deploykf.fixAll', () => rewrite(server, 'fixAll')),
    commands.registerCommand('deploykf.createProjectFile', () => createProjectFile(server)),
    commands.registerCommand('deploykf.createPullSecret', () => createPullSecret(server)),
    commands.registerCommand('deploykf.showEffectiveValues', () => showEffectiveValues(status)),
    commands.registerCommand('deploykf.compareWithDefaults', () => compareWithDefaults(status)),
    commands.registerCommand('deploykf.showMirrorPlan', (document?: unknown) =>
      showMirrorPlan(server, document),
    ),
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
    commands.registerCommand('deploykf.chooseStack', () => chooseStack(server, status)),
    commands.registerCommand('deploykf.restartServer', () => server.restart()),
    commands.registerCommand('deploykf.showLog', () => server.showLog()),
  ];
}

import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  createProjectFileRequest,
  offerProjectFileRequest,
  sendRequest,
  type CreateProjectFileParams,
  type OfferProjectFileResult,
} from '../../../server/src/protocol.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { askRegistry, confirmed } from './askRegistry.ts';
import { askStacks } from './askStacks.ts';
import { report } from './rewrite.ts';

const title = l10n.t('Create Project File');

/** Asks for what cannot be known, writes it into the project file of the folder, and opens that. */
export async function createProjectFile(server: Server): Promise<void> {
  const uri = await askFolder();
  if (uri === undefined) return;
  const client = await server.start();
  const offer = await sendRequest(client, offerProjectFileRequest, { uri });
  if (offer.problem !== undefined) {
    if (offer.projectFile !== undefined) await window.showTextDocument(Uri.parse(offer.projectFile));
    await window.showInformationMessage(offer.problem);
    return;
  }
  const asked = await askContent(client, offer);
  if (asked === undefined) return;
  const result = await confirmed(l10n.t('Write Anyway'), isConfirmed =>
    sendRequest(client, createProjectFileRequest, { uri, ...asked, ...(isConfirmed && { isConfirmed }) }),
  );
  if (result === undefined) return;
  if (result.projectFile !== undefined) {
    const document = await workspace.openTextDocument(Uri.parse(result.projectFile));
    // What the command line and other people are to see must be on disk.
    if (result.isApplied) await document.save();
    await window.showTextDocument(document);
  }
  await report(result);
}

/** A file in the folder, or the folder itself; `undefined`: there is none, which was said, or the user left. */
async function askFolder(): Promise<string | undefined> {
  const active = window.activeTextEditor?.document.uri;
  const folders = workspace.workspaceFolders ?? [];
  if (active !== undefined && (folders.length === 0 || workspace.getWorkspaceFolder(active) !== undefined))
    return active.toString();
  if (folders.length === 0) {
    // Nobody waits for an answer.
    void offerFolder();
    return undefined;
  }
  const folder = folders.length > 1 ? await window.showWorkspaceFolderPick() : folders[0];
  return folder && `${folder.uri.toString()}/`;
}

async function offerFolder(): Promise<void> {
  const open = l10n.t('Open Folder');
  const message = l10n.t('Open the folder of your values files first: the project file is written there');
  const answer = await window.showInformationMessage(message, open);
  if (answer === open) await commands.executeCommand('vscode.openFolder');
}

type Content = Pick<CreateProjectFileParams, 'release' | 'policy' | 'stacks'>;

/** `undefined`: the user left. */
async function askContent(
  client: BaseLanguageClient,
  offer: OfferProjectFileResult,
): Promise<Content | undefined> {
  const { releases, stacks: proposed, files } = offer;
  const release = releases.length === 0 ? 'known' : await askRelease(releases);
  if (release === undefined) return undefined;
  const policy = await askPolicy(client, offer);
  if (policy === undefined) return undefined;
  const stacks = await askStacks(title, proposed, files);
  if (stacks === undefined) return undefined;
  return { policy, stacks, ...(releases.length > 0 && { release }) };
}

async function askRelease(releases: OfferProjectFileResult['releases']): Promise<string | undefined> {
  const items = releases.map(({ release, reason }) => ({
    label: withoutIcons(release),
    ...(reason !== undefined && { description: withoutIcons(reason) }),
    release,
  }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('The deployKF release'),
    ignoreFocusOut: true,
  });
  return picked?.release;
}

async function askPolicy(
  client: BaseLanguageClient,
  { takesPolicy, rules }: OfferProjectFileResult,
): Promise<Content['policy'] | undefined> {
  if (!takesPolicy) return 'none';
  const inferred = {
    id: 'inferred',
    label: l10n.t('Like the images here that are already private'),
    detail: withoutIcons(rules.join(', ')),
  } as const;
  const others = [
    { id: 'none', label: l10n.t('No private registry') },
    { id: 'asked', label: l10n.t('A private registry…') },
  ] as const;
  const picked = await window.showQuickPick(rules.length === 0 ? others : [inferred, ...others], {
    title,
    placeHolder: l10n.t('Where images are mirrored to'),
    ignoreFocusOut: true,
  });
  if (picked?.id === 'asked') return askRegistry(client, title);
  return picked?.id;
}

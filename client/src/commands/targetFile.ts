import { l10n, Uri, window, workspace } from 'vscode';
import { sendRequest, type LensPlace } from '../../../server/src/protocol.ts';
import { imageStacksRequest } from '../../../server/src/protocol/images.ts';
import type { Server } from '../server.ts';
import type { StackNode } from '../views/imageNode.ts';
import { withoutIcons } from '../withoutIcons.ts';

/**
 * The file with the code lens that was clicked; that a menu was opened on, or that changes of a stack in the Images view belong in,
 * opened for the server; else the active one. `undefined`: there is none.
 */
export async function givenFile(given: unknown): Promise<string | undefined> {
  if (isLensPlace(given)) return given.uri;
  const uri = isStackNode(given) && given.stack.file !== undefined ? Uri.parse(given.stack.file) : given;
  if (uri instanceof Uri) return open(uri);
  const active = window.activeTextEditor?.document.uri;
  // The log is in an editor, too.
  return active === undefined || active.scheme === 'output' ? undefined : active.toString();
}

/** The same; where there is none, that of a stack of the workspace. `undefined`: there is none, which was said, or the user left. */
export async function targetFile(server: Server, given: unknown): Promise<string | undefined> {
  return (await givenFile(given)) ?? (await askFile(server));
}

async function askFile(server: Server): Promise<string | undefined> {
  const items = await stackItems(server);
  const [first, ...others] = items;
  if (first === undefined) {
    // Nobody waits for an answer.
    void window.showInformationMessage(l10n.t('Open a deployKF values file first'));
    return undefined;
  }
  const title = l10n.t('Stack');
  const placeHolder = l10n.t('The stack');
  const picked = others.length === 0 ? first : await window.showQuickPick(items, { title, placeHolder });
  return picked && open(Uri.parse(picked.file));
}

async function stackItems(server: Server) {
  // Without a folder there is nothing to look for.
  if (workspace.workspaceFolders === undefined) return [];
  const { stacks } = await sendRequest(await server.start(), imageStacksRequest, { filter: {} });
  return stacks.flatMap(({ label, summary, file }) =>
    file === undefined ? [] : [{ label: withoutIcons(label), description: withoutIcons(summary), file }],
  );
}

async function open(uri: Uri): Promise<string> {
  return (await workspace.openTextDocument(uri)).uri.toString();
}

function isStackNode(given: unknown): given is StackNode {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'stack';
}

/** A key binding may give anything. */
function isLensPlace(given: unknown): given is LensPlace {
  return typeof given === 'object' && given !== null && 'uri' in given && 'position' in given;
}

/** The place of the code lens in a file, or that of the cursor; the start of a file that is not the active one. */
export function positionIn(uri: string, given: unknown): LensPlace['position'] {
  if (isLensPlace(given)) return given.position;
  const editor = window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri) return { line: 0, character: 0 };
  const { line, character } = editor.selection.active;
  return { line, character };
}

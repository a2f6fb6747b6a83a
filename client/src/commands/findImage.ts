import { env, l10n, QuickPickItemKind, UIKind, window, type QuickPickItem } from 'vscode';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  findImageRequest,
  type FoundImageResult,
  type FoundInStackResult,
  type ImageUseResult,
} from '../../../server/src/protocol/lookup.ts';
import { isTraced } from '../registries.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { showPlace } from './showPlace.ts';
import { askLine, back } from './steps.ts';

const title = l10n.t('Find the Value Behind an Image');

interface UseItem extends QuickPickItem {
  readonly place?: ImageUseResult['place'];
}

/** Asks for an image, or takes the text in the clipboard, and goes to where a stack has it from. */
export async function findImage(server: Server): Promise<void> {
  const text = await askText();
  if (text === undefined) return;
  const found = await sendRequest(await server.start(), findImageRequest, { text });
  if (found.length === 0) {
    await window.showInformationMessage(l10n.t('This text does not name an image'));
    return;
  }
  if (found.every(({ stacks }) => stacks.length === 0)) {
    await window.showInformationMessage(l10n.t('There is no deployKF stack here whose release is known'));
    return;
  }
  const [only, ...others] = found;
  const isOne = only !== undefined && others.length === 0;
  const picked = await window.showQuickPick(
    found.flatMap(image => itemsOf(image, isOne ? '' : `${image.title} · `)),
    {
      title: isOne ? `${title}: ${only.title}` : title,
      placeHolder: l10n.t('The value to go to'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked?.place !== undefined) await showPlace(picked.place);
}

/** An input box takes one line, so that longer texts come from the clipboard. */
async function askText(): Promise<string | undefined> {
  const copied = await readClipboard();
  const lines = copied.trim().split('\n').length;
  if (lines > 1 && /image/i.test(copied)) {
    const use = l10n.t('Use the Text in the Clipboard ({0} Lines)', lines);
    const picked = await window.showQuickPick([use, l10n.t('Type or Paste an Image…')], { title });
    if (picked === undefined) return undefined;
    if (picked === use) return untraced(copied);
  }
  const value = looksLikeImage(copied) ? copied.trim() : '';
  const answer = await askLine(
    { title },
    {
      prompt: l10n.t(
        'An image, or a line of an event. Copy Pods and what kubectl describe prints to the clipboard first',
      ),
      placeholder: 'docker.io/istio/proxyv2:1.18.0',
      value,
      check: text =>
        Promise.resolve(
          text === '' ? l10n.t('Type or paste an image, such as docker.io/istio/proxyv2:1.18.0') : undefined,
        ),
    },
  );
  return answer === back ? undefined : answer;
}

/** Browsers ask for leave or refuse, which the user would have to answer first. */
async function readClipboard(): Promise<string> {
  return env.uiKind === UIKind.Web ? '' : env.clipboard.readText();
}

/** The log of the messages would hold the whole text, and Pods hold passwords. */
async function untraced(text: string): Promise<string | undefined> {
  if (!isTraced()) return text;
  await window.showWarningMessage(
    l10n.t(
      'The text is not read while "{0}" is verbose, since the log would hold it',
      'deploykf.trace.server',
    ),
  );
  return undefined;
}

/** A single reference that names more than one step, since any word is an image, too. */
function looksLikeImage(text: string): boolean {
  return /^\s*(?:[\w.-]+(?::\d+)?\/)+[\w.-]+(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?\s*$/.test(text);
}

/** `lead`: what is before the name of a stack; VS Code cuts the first value below a long one. */
function itemsOf({ stacks }: FoundImageResult, lead: string): readonly UseItem[] {
  return stacks.flatMap(stack => [
    { label: withoutIcons(`${lead}${stack.stack}`), kind: QuickPickItemKind.Separator },
    ...stackItems(stack),
  ]);
}

function stackItems({ notes, uses, missing }: FoundInStackResult): readonly UseItem[] {
  if (uses.length === 0) return [{ label: withoutIcons(missing), detail: withoutIcons(notes.join('; ')) }];
  return uses.map(use => ({
    label: withoutIcons(use.title),
    description: withoutIcons(use.where),
    detail: withoutIcons([l10n.t('tag: {0}', use.tag), ...use.notes, ...notes].join('; ')),
    ...(use.place !== undefined && { place: use.place }),
  }));
}

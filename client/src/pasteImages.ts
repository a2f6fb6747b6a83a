import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { sendRequest } from '../../server/src/protocol.ts';
import { pasteImageRequest, type PasteImageResult } from '../../server/src/protocol/images.ts';
import { rangeOf } from './rangeOf.ts';
import type { Server } from './server.ts';

/** Longer texts are not asked about: no image is that long. */
const longest = 1000;

/** What VS Code has since 1.97, which the declarations of the oldest one that we run in lack. */
interface PasteApi {
  readonly DocumentPasteEdit: new (
    insertText: string,
    title: string,
    kind: unknown,
  ) => { additionalEdit?: vscode.WorkspaceEdit };
  readonly DocumentDropOrPasteEditKind: { readonly Empty: { append(...parts: string[]): unknown } };
}

type RegisterPaste = (
  selector: vscode.DocumentSelector,
  provider: object,
  metadata: {
    readonly providedPasteEditKinds: readonly unknown[];
    readonly pasteMimeTypes: readonly string[];
  },
) => vscode.Disposable;

/** A pasted `docker pull repository:tag` becomes a repository and a tag; nothing where VS Code has no such thing. */
export function registerImagePaste(server: Server): readonly vscode.Disposable[] {
  const languages = vscode.languages as { readonly registerDocumentPasteEditProvider?: RegisterPaste };
  if (languages.registerDocumentPasteEditProvider === undefined) return [];
  const { DocumentPasteEdit, DocumentDropOrPasteEditKind } = vscode as unknown as PasteApi;
  const kind = DocumentDropOrPasteEditKind.Empty.append('text', 'deploykf', 'image');
  const provideDocumentPasteEdits = async (
    document: vscode.TextDocument,
    [range, ...others]: readonly vscode.Range[],
    transfer: vscode.DataTransfer,
  ): Promise<object[] | undefined> => {
    const text = await transfer.get('text/plain')?.asString();
    if (range === undefined || others.length > 0 || text === undefined || !mayBeImage(text)) return undefined;
    const pasted = await ask(server, document, range, text);
    if (pasted === undefined) return undefined;
    const edit = new DocumentPasteEdit(pasted.text, l10n.t('Paste repository {0}', pasted.said), kind);
    if (pasted.edits.length > 0) {
      edit.additionalEdit = new vscode.WorkspaceEdit();
      for (const { range: at, newText } of pasted.edits)
        edit.additionalEdit.replace(document.uri, rangeOf(at), newText);
    }
    return [edit];
  };
  return [
    languages.registerDocumentPasteEditProvider(
      { language: 'yaml' },
      { provideDocumentPasteEdits },
      { providedPasteEditKinds: [kind], pasteMimeTypes: ['text/plain'] },
    ),
  ];
}

function mayBeImage(text: string): boolean {
  return text.length <= longest && /:/.test(text) && !/\n./.test(text);
}

/** `undefined`: it is pasted as it is. */
async function ask(
  server: Server,
  { uri }: vscode.TextDocument,
  { start, end }: vscode.Range,
  text: string,
): Promise<PasteImageResult | undefined> {
  if (!server.isStarted) return undefined;
  try {
    const client = await server.start();
    const range = { start: position(start), end: position(end) };
    return (await sendRequest(client, pasteImageRequest, { uri: uri.toString(), range, text })) ?? undefined;
  } catch {
    return undefined;
  }
}

function position({ line, character }: vscode.Position): { line: number; character: number } {
  return { line, character };
}

import {
  Command,
  CompletionItemKind,
  type CompletionItem,
  CompletionRequest,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import { completion, type Completion } from '../../core/features/completion.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import type { ClientFeatures } from '../clientFeatures.ts';
import { toMarkup, toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  section: CompletionItemKind.Module,
  namespace: CompletionItemKind.Value,
  pattern: CompletionItemKind.Operator,
  value: CompletionItemKind.EnumMember,
  image: CompletionItemKind.Value,
  name: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  block: CompletionItemKind.Snippet,
};

/** Opens the list again, in editors that have the command. */
const openList = Command.create('Suggest', 'editor.action.triggerSuggest');

/** They only ask where a value is to follow: see `isTyping`. */
const triggerCharacters = [' ', '[', '"', "'"];

export const completionHandler = defineHandler(
  CompletionRequest.type,
  ({ workspace, client }, { textDocument, position, context }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const found = completion(workspace.snapshot, {
      uri: file.uri,
      offset: file.source.offsetAt(position),
      isTyping: context?.triggerKind === CompletionTriggerKind.TriggerCharacter,
      takesBlocks: client.completionBlocks,
    });
    return found.map(itemWriter(file, client));
  },
  () => ({ completionProvider: { triggerCharacters } }),
);

function itemWriter(
  { source }: ValuesFile,
  client: ClientFeatures,
): (completion: Completion, index: number) => CompletionItem {
  const canOpenList = client.own.commands?.includes(openList.command) === true;
  return ({ label, kind, detail, more, filterText, edit, isSnippet, leadsOn }, index) => ({
    label,
    kind: kinds[kind],
    ...(detail !== '' && { detail }),
    ...(more !== undefined && { documentation: toMarkup(more, client.completionFormat) }),
    filterText,
    // By upstream's order and by use, not by the alphabet.
    sortText: String(index).padStart(4, '0'),
    textEdit: { range: toRange(source, edit.span), newText: edit.newText },
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet, insertTextMode: InsertTextMode.asIs }),
    ...(leadsOn && canOpenList && { command: openList }),
  });
}

import {
  CompletionItemKind,
  CompletionRequest,
  CompletionTriggerKind,
  MarkupKind,
} from 'vscode-languageserver';
import { completion, type Completion } from '../../core/features/completion.ts';
import { toRange } from '../convert.ts';
import { defineHandler } from '../handler.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  section: CompletionItemKind.Module,
  namespace: CompletionItemKind.Value,
  pattern: CompletionItemKind.Operator,
  value: CompletionItemKind.EnumMember,
};

/** They only ask where a value is to follow: see `isTyping`. */
const triggerCharacters = [' ', '[', '"', "'"];

export const completionHandler = defineHandler(
  CompletionRequest.type,
  ({ workspace, client }, { textDocument, position, context }) => {
    const file = workspace.document(textDocument.uri)?.file;
    if (file === undefined) return null;
    const isTyping = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
    const found = completion(workspace.snapshot, {
      uri: file.uri,
      offset: file.source.offsetAt(position),
      isTyping,
    });
    const kind = client.markdownCompletion ? MarkupKind.Markdown : MarkupKind.PlainText;
    return found.map(({ label, kind: own, detail, more, filterText, edit }, index) => ({
      label,
      kind: kinds[own],
      ...(detail !== '' && { detail }),
      ...(more !== undefined && { documentation: { kind, value: more } }),
      filterText,
      // By upstream's order and by use, not by the alphabet.
      sortText: String(index).padStart(4, '0'),
      textEdit: { range: toRange(file.source, edit.span), newText: edit.newText },
    }));
  },
  () => ({ completionProvider: { triggerCharacters } }),
);

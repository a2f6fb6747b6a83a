import { CodeActionRequest, type CodeAction, type Diagnostic } from 'vscode-languageserver';
import { codeActions, type CodeAction as CoreAction } from '../../core/features/codeActions.ts';
import { printable } from '../../core/text/printable.ts';
import { shortened } from '../../core/text/shorten.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import { toSpan, toWorkspaceEdit } from '../convert.ts';
import { defineHandler, type Session } from '../handler.ts';

/** What a code action carries from the list to its resolving. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly id: string;
}

export const codeActionHandler = defineHandler(
  CodeActionRequest.type,
  (session, { textDocument, range, context }) => {
    const document = session.workspace.document(textDocument.uri);
    if (document === undefined) return null;
    const { file, version } = document;
    const found = codeActions(session.workspace.snapshot, file.uri, toSpan(file.source, range), context.only);
    const shownActions: CodeAction[] = [];
    for (const action of found) {
      const data: ActionData = { uri: textDocument.uri, version, id: action.id };
      if (action.document !== undefined && !canShow(session)) continue;
      const shown = toCodeAction(session, action, { file, shown: context.diagnostics });
      if (session.client.resolvesEdits) shownActions.push({ ...shown, data });
      else if (action.document !== undefined) shownActions.push(shown);
      else if (action.edits().length > 0) shownActions.push(withEdit(session, shown, action));
    }
    return shownActions;
  },
  client => {
    if (!client.codeActionLiterals) return undefined;
    return {
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor', 'refactor.rewrite', 'source', 'source.fixAll.deploykf'],
        resolveProvider: client.resolvesEdits,
      },
    };
  },
);

interface Place {
  readonly file: ValuesFile;
  /** The diagnostics that the client showed at the place. */
  readonly shown: readonly Diagnostic[];
}

function toCodeAction(session: Session, action: CoreAction, { file, shown }: Place): CodeAction {
  const { kind, isPreferred, finding, document } = action;
  const title = printable(shortened(action.title, longestTitle));
  const own = finding && session.diagnostics.toDiagnostic(finding, file.source);
  const diagnostic = own && (shown.find(candidate => isSame(candidate, own)) ?? own);
  return {
    title,
    kind,
    ...(isPreferred && { isPreferred }),
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(document !== undefined && { command: { title, command: showCommand, arguments: [document] } }),
  };
}

/** The client's command that shows an upgrade. */
const showCommand = 'deploykf.previewUpgrade';

function canShow({ client }: Session): boolean {
  return client.own.commands?.includes(showCommand) === true;
}

/** A title may quote what the user wrote. */
const longestTitle = 200;

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && JSON.stringify(a.range) === JSON.stringify(b.range);
}

export function withEdit({ workspace, client }: Session, shown: CodeAction, action: CoreAction): CodeAction {
  return { ...shown, edit: toWorkspaceEdit(workspace, client, action.edits()) };
}

import { CodeActionRequest, type CodeAction, type Command, type Diagnostic } from 'vscode-languageserver';
import {
  codeActions,
  type ActionStep,
  type CodeAction as CoreAction,
} from '../../core/features/codeActions.ts';
import { printable } from '../../core/text/printable.ts';
import { shortened } from '../../core/text/shorten.ts';
import type { ValuesFile } from '../../core/stack/valuesFile.ts';
import type { FindingPlace } from '../../protocol/ignore.ts';
import type { PullSecretPlace } from '../../protocol/pullSecrets.ts';
import { rulePage } from '../clientFeatures.ts';
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
      const shown = toCodeAction(session, action, { file, uri: data.uri, shown: context.diagnostics });
      if (action.step !== undefined && !isPossible(session, shown.command)) continue;
      if (session.client.resolvesEdits) shownActions.push({ ...shown, data });
      else if (action.step !== undefined) shownActions.push(shown);
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
  /** The file as the client writes it. */
  readonly uri: string;
  /** The diagnostics that the client showed at the place. */
  readonly shown: readonly Diagnostic[];
}

function toCodeAction(session: Session, action: CoreAction, place: Place): CodeAction {
  const { kind, isPreferred, findings, step } = action;
  const title = printable(shortened(action.title, longestTitle));
  const diagnostics = findings.map(finding => {
    const own = session.diagnostics.toDiagnostic(finding, place.file.source);
    return place.shown.find(candidate => isSame(candidate, own)) ?? own;
  });
  const command = step && toCommand(session, step, place);
  return {
    title,
    kind,
    ...(isPreferred && { isPreferred }),
    ...(diagnostics.length > 0 && { diagnostics }),
    ...(command && { command: { title, ...command } }),
  };
}

/** What the client does for a step; `undefined`: it has no pages of rules. */
function toCommand(
  { client }: Session,
  step: ActionStep,
  { file, uri }: Place,
): Omit<Command, 'title'> | undefined {
  if (step.kind === 'preview') return { command: 'deploykf.previewUpgrade', arguments: [step.document] };
  if (step.kind === 'pullSecret') {
    const place: PullSecretPlace = { uri, name: step.name, namespace: step.namespace };
    return { command: 'deploykf.createPullSecret', arguments: [place] };
  }
  if (step.kind === 'rewrite') return { command: 'deploykf.rewriteToRegistry', arguments: [] };
  const { code } = step;
  if (step.kind === 'ignore') {
    const finding: FindingPlace = { uri, code, position: file.source.positionAt(step.offset) };
    return { command: 'deploykf.ignoreFinding', arguments: [finding] };
  }
  const page = rulePage(client, code);
  return page === undefined ? undefined : { command: 'deploykf.openRulePage', arguments: [page] };
}

function isPossible({ client }: Session, command: Command | undefined): boolean {
  return command !== undefined && client.own.commands?.includes(command.command) === true;
}

/** A title may quote what the user wrote. */
const longestTitle = 200;

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && JSON.stringify(a.range) === JSON.stringify(b.range);
}

export function withEdit({ workspace, client }: Session, shown: CodeAction, action: CoreAction): CodeAction {
  return { ...shown, edit: toWorkspaceEdit(workspace, client, action.edits()) };
}

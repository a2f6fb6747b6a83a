import {
  DocumentDiagnosticReportKind,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { normalizeUri } from '../../core/stack/uri.ts';
import { cancelled, defineHandler, type Session } from '../handler.ts';

/** Project files, Applications, and the files of all stacks that something defines, and of those of open files, open or not. */
export const workspaceDiagnosticHandler = defineHandler(
  WorkspaceDiagnosticRequest.type,
  async (session, { previousResultIds }, token) => {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [normalizeUri(uri), { uri, value }]));
    const current = [...session.workspace.reported].filter(uri => session.workspace.file(uri) !== undefined);
    // A file that left its stack is reported once more, so that the client forgets what it showed.
    const uris = new Set([...current, ...previous.keys()]);
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const uri of uris) {
      const isCancelled = (): boolean => token.isCancellationRequested;
      while (!isCancelled() && !(await session.diagnostics.prepare(uri, isCancelled)));
      // What is left out would count as without findings.
      if (isCancelled()) return cancelled(WorkspaceDiagnosticRequest.method);
      items.push(report(session, uri, previous.get(uri)));
    }
    return { items };
  },
  client => (client.pullsDiagnostics ? {} : undefined),
);

function report(
  { workspace, diagnostics }: Session,
  key: string,
  previous: { readonly uri: string; readonly value: string } | undefined,
): WorkspaceDocumentDiagnosticReport {
  const open = workspace.document(key);
  const uri = open?.uri ?? previous?.uri ?? key;
  const version = open?.version ?? null;
  const { items, resultId } = diagnostics.of(key);
  if (resultId === previous?.value)
    return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: [...items] };
}

import {
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { normalizeUri } from '../../core/stack/uri.ts';
import type { FileDiagnostics } from '../diagnostics.ts';
import { defineHandler } from '../handler.ts';

/** A change in one file of a stack can change what is said about the others. */
const diagnosticProvider = {
  identifier: 'deploykf',
  interFileDependencies: true,
  workspaceDiagnostics: true,
};

const nothing: FileDiagnostics = { items: [], resultId: '' };

export const documentDiagnosticHandler = defineHandler(
  DocumentDiagnosticRequest.type,
  async ({ diagnostics }, { textDocument, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
    const uri = normalizeUri(textDocument.uri);
    const isCancelled = (): boolean => token.isCancellationRequested;
    while (!(await diagnostics.prepare(uri, isCancelled)) && !isCancelled());
    const { items, resultId } = isCancelled() ? nothing : diagnostics.of(uri);
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
  },
  client => (client.pullsDiagnostics ? { diagnosticProvider } : undefined),
);

import {
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { normalizeUri } from '../../core/stack/uri.ts';
import { defineHandler } from '../handler.ts';

/** A change in one file of a stack can change what is said about the others. */
const diagnosticProvider = { identifier: 'deploykf', interFileDependencies: true, workspaceDiagnostics: true };

export const documentDiagnosticHandler = defineHandler(
  DocumentDiagnosticRequest.type,
  ({ diagnostics }, { textDocument, previousResultId }): DocumentDiagnosticReport => {
    const { items, resultId } = diagnostics.of(normalizeUri(textDocument.uri));
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
  },
  client => (client.pullsDiagnostics ? { diagnosticProvider } : undefined),
);

import {
  DiagnosticSeverity,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { normalizeUri } from '../../core/stack/uri.ts';
import type { FileDiagnostics } from '../diagnostics.ts';
import { cancelled, defineHandler } from '../handler.ts';
import { describeError, type Log } from '../log.ts';

/** A change in one file of a stack can change what is said about the others. */
const diagnosticProvider = {
  identifier: 'deploykf',
  interFileDependencies: true,
  workspaceDiagnostics: true,
};

const { method } = DocumentDiagnosticRequest.type;

export const documentDiagnosticHandler = defineHandler(
  DocumentDiagnosticRequest.type,
  async ({ diagnostics, log }, { textDocument, previousResultId }, token) => {
    const uri = normalizeUri(textDocument.uri);
    const isCancelled = (): boolean => token.isCancellationRequested;
    const report = await diagnosticReport(
      async () => {
        while (!isCancelled() && !(await diagnostics.prepare(uri, isCancelled)));
        return isCancelled() ? undefined : diagnostics.of(uri);
      },
      previousResultId,
      log,
    );
    return report ?? cancelled(method);
  },
  client => (client.pullsDiagnostics ? { diagnosticProvider } : undefined),
);

/**
 * The report of what a check finds; `undefined`: it was given up, and an empty report would say that nothing is wrong. A check that
 * fails is reported in its place: after an error, VS Code does not ask for the file again until it is closed.
 */
export async function diagnosticReport(
  check: () => Promise<FileDiagnostics | undefined>,
  previousResultId: string | undefined,
  log: Pick<Log, 'error'>,
): Promise<DocumentDiagnosticReport | undefined> {
  try {
    const found = await check();
    if (found === undefined) return undefined;
    const { items, resultId } = found;
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
  } catch (error) {
    log.error(`${method} failed: ${describeError(error)}`);
    return { kind: DocumentDiagnosticReportKind.Full, items: [failed] };
  }
}

/** All that is said about such a text, on its first line. */
const failed = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  severity: DiagnosticSeverity.Warning,
  source: 'deployKF',
  message: 'This file was not checked, since the check itself failed: see the log of deployKF Values',
};

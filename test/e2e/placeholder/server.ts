// A stand-in that proves the harness before server/src/lsp exists; the whole folder goes when that is there.
import {
  CodeActionKind,
  DiagnosticSeverity,
  TextDocuments,
  TextDocumentSyncKind,
  type CodeAction,
  type Connection,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

const word = 'docker.io';

export function listen(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  connection.onInitialize(() => ({
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, hoverProvider: true, codeActionProvider: true },
  }));
  documents.onDidChangeContent(({ document }) => {
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: findAll(document) });
  });
  connection.onHover(() => ({ contents: { kind: 'markdown', value: '**placeholder** hover' } }));
  connection.onCodeAction(({ textDocument, context }) =>
    context.diagnostics.filter(it => it.code === 'image-public').map(it => rewrite(textDocument.uri, it)),
  );
  documents.listen(connection);
  connection.listen();
}

function findAll(document: TextDocument): Diagnostic[] {
  const text = document.getText();
  const found: Diagnostic[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const range: Range = { start: document.positionAt(at), end: document.positionAt(at + word.length) };
    const message = `"${word}" is a public registry`;
    found.push({ range, message, code: 'image-public', source: 'deployKF', severity: DiagnosticSeverity.Warning });
  }
  return found;
}

function rewrite(uri: string, diagnostic: Diagnostic): CodeAction {
  return {
    title: 'Rewrite to registry.example.com',
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [uri]: [{ range: diagnostic.range, newText: 'registry.example.com' }] } },
  };
}

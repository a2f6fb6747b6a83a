import { languages, Uri, window, workspace, type Diagnostic, type TextDocument } from 'vscode';

/** Opens a file of the workspace in an editor. */
export async function openFile(path: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No workspace folder is open');
  const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, path));
  await window.showTextDocument(document);
  return document;
}

/** The text of a file of the workspace as the editor has it. */
export async function readFile(path: string): Promise<string> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No workspace folder is open');
  return (await workspace.openTextDocument(Uri.joinPath(folder.uri, path))).getText();
}

/** Waits until a file has `count` diagnostics and returns them as `line:column code: message`, counted from 0. */
export function waitForDiagnostics(uri: Uri, count: number): Promise<readonly string[]> {
  return new Promise(resolve => {
    const check = (): void => {
      const diagnostics = languages.getDiagnostics(uri);
      if (diagnostics.length !== count) return;
      listener.dispose();
      resolve(diagnostics.map(print));
    };
    const listener = languages.onDidChangeDiagnostics(check);
    check();
  });
}

function print({ range, code, message }: Diagnostic): string {
  const id = typeof code === 'object' ? code.value : (code ?? '');
  return `${range.start.line}:${range.start.character} ${id}: ${message}`;
}

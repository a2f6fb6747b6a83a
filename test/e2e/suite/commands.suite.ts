import { commands, languages, tasks, Uri, window, workspace } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

describe('Commands', () => {
  it('show the page of a rule, which a finding links to', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const [{ code } = { code: undefined }] = languages.getDiagnostics(uri);
    const target = typeof code === 'object' ? code.target : Uri.parse('none:');
    assertEqual(target.toString(), 'deploykf-values:/rules/image-public.md');
    const page = await workspace.openTextDocument(target);
    assertEqual([page.languageId, page.lineAt(0).text], ['markdown', '# image-public']);
  });

  it('start the language server anew, and the findings are there again', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    await commands.executeCommand('deploykf.restartServer');
    await waitForDiagnostics(uri, 2);
  });

  it('rewrite the file and fix all', async () => {
    const document = await openFile('values.yaml');
    await waitForDiagnostics(document.uri, 2);
    const before = document.getText();
    await commands.executeCommand('deploykf.rewriteFile');
    const rewritten = before.replace('docker.io/istio', 'registry.example.com/docker.io/istio');
    assertEqual(document.getText(), rewritten);
    await commands.executeCommand('deploykf.fixAll');
    assertEqual(document.getText(), rewritten.replace('2.40', '"2.40"'));
    await commands.executeCommand('workbench.action.files.revert');
    assertEqual(document.getText(), before);
  });

  it('are beside a task that checks, where programs can be run', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const found = await tasks.fetchTasks({ type: 'deploykf-values' });
    const isWeb = typeof importScripts === 'function';
    assertEqual(
      found.map(({ name, source, problemMatchers }) => [name, source, problemMatchers]),
      isWeb ? [] : [['check', 'deploykf-values', []]],
    );
  });

  it('ask for the stack without a file, and can be left', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    let isLeft = false;
    void commands.executeCommand('deploykf.createPullSecret').then(() => (isLeft = true));
    while (!isLeft) {
      await new Promise(resolve => setTimeout(resolve, 50));
      await commands.executeCommand('workbench.action.closeQuickOpen');
    }
    assertEqual(window.activeTextEditor, undefined);
    await openFile('values.yaml');
  });
});

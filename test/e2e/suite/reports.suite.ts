import { commands, window, workspace, type CodeLens } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

describe('Reports', () => {
  it('show the plan of the mirror', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    await commands.executeCommand('deploykf.showMirrorPlan');
    const document = window.activeTextEditor?.document;
    assertEqual([document?.uri.scheme, document?.languageId], ['deploykf-values', 'plaintext']);
    assertEqual(document?.lineAt(0).text.startsWith('deployKF 0.1.5, prod: '), true);
  });

  it('are at a manifest of deployKF, and at no other', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const content =
      'kind: Pod\nspec:\n  containers:\n    - image: docker.io/acme/proxyv2:1.17.8-distroless\n';
    const own = content.replace('docker.io/acme', 'registry.example.com/docker.io/istio');
    assertEqual(await lensTitles(content), []);
    assertEqual(await lensTitles(own), ['deployKF: 1 image, in the plan of deploykf-app-of-apps']);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await openFile('values.yaml');
  });
});

async function lensTitles(content: string): Promise<readonly (string | undefined)[]> {
  const { uri } = await workspace.openTextDocument({ language: 'yaml', content });
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 9);
  return lenses.map(({ command }) => command?.title);
}

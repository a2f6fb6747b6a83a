import { commands, TabInputTextDiff, Uri, window, workspace, WorkspaceEdit, type Location } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, readFile, waitForDiagnostics } from './workspace.ts';

describe('Stacks', () => {
  it('have their effective values in a document', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    await commands.executeCommand('deploykf.showEffectiveValues');
    const document = window.activeTextEditor?.document;
    assertEqual(document?.uri.scheme, 'deploykf-values');
    assertEqual(
      document?.lineAt(0).text,
      '# Stack prod: what is left of defaults of 0.1.5, values.yaml after the merge',
    );
    assertEqual(document?.getText().includes('repository: docker.io/istio/proxyv2'), true);
  });

  it('are compared with the defaults', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    await commands.executeCommand('deploykf.compareWithDefaults');
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    const schemes = input instanceof TabInputTextDiff ? [input.original.scheme, input.modified.scheme] : [];
    assertEqual(schemes, ['deploykf-values', 'deploykf-values']);
  });

  it('lead from a value to its default', async () => {
    const document = await openFile('values.yaml');
    await waitForDiagnostics(document.uri, 2);
    const position = document.positionAt(document.getText().indexOf('tag: 2.40'));
    const locations = await commands.executeCommand<Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      position,
    );
    assertEqual(
      locations.map(({ uri }) =>
        uri.scheme === 'deploykf-values' ? 'defaults' : (uri.path.split('/').at(-1) ?? ''),
      ),
      ['defaults', 'values.yaml'],
    );
  });

  it('follow a values file that is renamed', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const renamed = Uri.joinPath(uri, '../renamed.yaml');
    const before = await readFile('.deploykf-values.yaml');
    await rename(uri, renamed);
    await waitForDiagnostics(renamed, 2);
    assertEqual(await readFile('.deploykf-values.yaml'), before.replace('values.yaml', 'renamed.yaml'));
    await rename(renamed, uri);
    await waitForDiagnostics(uri, 2);
    assertEqual(await readFile('.deploykf-values.yaml'), before);
  });
});

/** As the explorer does it: the extension hears of it before, and adds its own edits. */
async function rename(from: Uri, to: Uri): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.renameFile(from, to);
  assertEqual(await workspace.applyEdit(edit), true);
  await workspace.saveAll();
}

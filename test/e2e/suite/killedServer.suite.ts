import { commands, Range, workspace, WorkspaceEdit } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { killServer } from './killServer.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

describe('A language server that is killed', () => {
  it('comes back, and knows what was typed while it was dead', async () => {
    const document = await openFile('values.yaml');
    const { uri } = document;
    await waitForDiagnostics(uri, 2);
    const before = document.getText();
    assertEqual(killServer(), 1);
    const edit = new WorkspaceEdit();
    const tag = document.positionAt(before.indexOf('2.40'));
    edit.replace(uri, new Range(tag, tag.translate(0, 4)), '"2.40"');
    assertEqual(await workspace.applyEdit(edit), true);
    const typed = document.getText();
    assertEqual(typed, before.replace('2.40', '"2.40"'));
    await waitForDiagnostics(uri, 1);
    assertEqual(document.getText(), typed);
    await commands.executeCommand('workbench.action.files.revert');
    await waitForDiagnostics(uri, 2);
  });
});

import { commands, extensions } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

describe('The extension', () => {
  it('starts with a YAML file', async () => {
    await openFile('values.yaml');
    const extension = extensions.getExtension('deploykf-values.deploykf-values');
    await extension?.activate();
    assertEqual(extension?.isActive, true);
  });

  it('registers its commands', async () => {
    const known = await commands.getCommands(true);
    assertEqual(known.includes('deploykf.restartServer'), true);
  });

  it('reports findings of the language server', async () => {
    const document = await openFile('values.yaml');
    assertEqual(await waitForDiagnostics(document.uri), ['6:20 image-public: "docker.io" is a public registry']);
  });
});

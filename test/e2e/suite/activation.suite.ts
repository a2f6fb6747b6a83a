import { commands, extensions } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile } from './workspace.ts';

describe('The extension', () => {
  const extension = extensions.getExtension<unknown>('deploykf-values.deploykf-values');

  it('starts with a YAML file', async () => {
    await openFile('values.yaml');
    await extension?.activate();
    assertEqual(extension?.isActive, true);
  });

  it('registers the commands that it declares', async () => {
    const { contributes } = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = await commands.getCommands(true);
    const missing = contributes.commands.filter(({ command }) => !known.includes(command));
    assertEqual(missing, []);
  });
});

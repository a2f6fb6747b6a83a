import { commands, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Registers every command that `package.json` declares. */
export function registerCommands(client: BaseLanguageClient): readonly Disposable[] {
  return [commands.registerCommand('deploykf.restartServer', () => restart(client))];
}

async function restart(client: BaseLanguageClient): Promise<void> {
  await client.stop();
  await client.start();
}

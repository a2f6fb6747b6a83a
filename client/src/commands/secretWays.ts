import { env, l10n, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  writePullSecretRequest,
  type WritePullSecretParams,
} from '../../../server/src/protocol/pullSecrets.ts';
import type { SecretWay, ChosenSecret } from './askPullSecret.ts';

/** The ways to make a Secret here. `storage`: a folder of the extension for scripts, which do not hold passwords. */
export function secretWays(client: BaseLanguageClient, storage: Uri): readonly SecretWay[] {
  const hasShell = workspace.isTrusted && storage.scheme === 'file' && isPosixShell(env.shell);
  const toTerminal: SecretWay = {
    label: l10n.t('Put the Command in a Terminal'),
    detail: l10n.t('It runs a script when you press Enter, which asks for the user name and password'),
    run: async (_secret, { texts }) =>
      texts === undefined ? undefined : putIntoTerminal(storage, texts.script),
  };
  const fromDocker: SecretWay = {
    label: l10n.t('Read the Local Docker Config…'),
    detail: l10n.t(
      'Writes the logins of these registries to a file for kubectl apply; asks before it reads them',
    ),
    isPossible: ({ dockerConfig }) => workspace.isTrusted && dockerConfig !== undefined,
    run: (secret, { dockerConfig = '' }) => writeFromDocker(client, secret, dockerConfig),
  };
  return [
    ...(hasShell ? [toTerminal] : []),
    {
      label: l10n.t('Open a Script'),
      detail: l10n.t(
        'For a POSIX shell; it asks for the user name and password, and can be sent to whoever may create Secrets',
      ),
      run: async (_secret, { texts }) => {
        if (texts !== undefined) await open('shellscript', texts.script);
        return texts && l10n.t('Next: save the script, and run it with sh');
      },
    },
    {
      label: l10n.t('Open a Manifest'),
      detail: l10n.t('With placeholders to fill in'),
      run: async (_secret, { texts }) => {
        if (texts !== undefined) await open('yaml', texts.manifest);
        return texts && l10n.t('Next: fill in the manifest, and run kubectl apply -f with it');
      },
    },
    fromDocker,
    {
      label: l10n.t('The Secret Already Exists'),
      detail: l10n.t('Nothing is made'),
      run: () => Promise.resolve(''),
    },
  ];
}

/** PowerShell and fish read the command in another way. */
function isPosixShell(shell: string): boolean {
  return /(?:^|[\\/])(?:ba|z|da|k|a)?sh(?:\.exe)?$/.test(shell);
}

/** A terminal of its own: what runs in another one might take the text for its input. */
async function putIntoTerminal(storage: Uri, script: string): Promise<string> {
  const file = Uri.joinPath(storage, 'create-pull-secret.sh');
  await workspace.fs.createDirectory(storage);
  await workspace.fs.writeFile(file, new TextEncoder().encode(script));
  const terminal = window.createTerminal({ name: l10n.t('Pull Secret') });
  terminal.show();
  terminal.sendText(`sh '${file.fsPath.replaceAll("'", String.raw`'\''`)}'`, false);
  return l10n.t('Next: press Enter in the terminal');
}

async function open(language: string, content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language, content }), { preview: false });
}

async function writeFromDocker(
  client: BaseLanguageClient,
  secret: ChosenSecret,
  path: string,
): Promise<string | undefined> {
  const read = l10n.t('Read the Docker Config');
  const detail = [
    l10n.t(
      '{0} is read where the extension runs. Only the logins for {1} are taken.',
      path,
      secret.registries.join(', '),
    ),
    l10n.t(
      'They are written to the file that you choose next: encoded but not encrypted, readable only by you.',
    ),
    l10n.t('They are not shown, logged or sent anywhere.'),
  ].join('\n');
  const consent = await window.showWarningMessage(
    l10n.t('Read passwords from the docker config?'),
    { modal: true, detail },
    read,
  );
  if (consent !== read) return undefined;
  const target = await window.showSaveDialog({
    title: l10n.t('Write the Secret to'),
    filters: { YAML: ['yaml', 'yml'] },
  });
  if (target === undefined) return undefined;
  const { registries, name, namespace, others } = secret;
  const params: WritePullSecretParams = { registries, name, namespace, others, target: target.toString() };
  const { message, isWritten, notes } = await sendRequest(client, writePullSecretRequest, params);
  const text = [message, ...notes].join('. ');
  if (isWritten) return l10n.t('{0}. Next: {1}', text, `kubectl apply -f ${Uri.parse(params.target).fsPath}`);
  await window.showErrorMessage(text);
  return undefined;
}

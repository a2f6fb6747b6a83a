import {
  env,
  UIKind,
  version,
  window,
  workspace,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';

/** The log of the extension and of its server, there from the start. It is in English, for whoever reports a problem. */
export function createLog(name: string, { extension }: ExtensionContext): LogOutputChannel {
  const log = window.createOutputChannel(name, { log: true });
  const { version: own } = extension.packageJSON as { readonly version: string };
  log.info(`${name} ${own}, VS Code ${version}, ${UIKind[env.uiKind]}, remote: ${env.remoteName ?? 'none'}`);
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString(true));
  log.info(`Folders: ${folders.length === 0 ? 'none' : folders.join(', ')}`);
  if (!workspace.isTrusted)
    log.info('The workspace is not trusted: no programs are started, no hosts are contacted');
  return log;
}

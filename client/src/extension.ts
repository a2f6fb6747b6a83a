import type { ExtensionContext } from 'vscode';
import { activateWith } from './activate.ts';
import type { ExtensionHost } from './host.ts';

/** The entry point of Node, where the language server is a process of its own, and of a web worker, where it is another worker. */
export async function activate(context: ExtensionContext): Promise<void> {
  await activateWith(context, await hostOf(context));
}

/** Each host is loaded only where it can run. */
async function hostOf(context: ExtensionContext): Promise<ExtensionHost> {
  if (typeof importScripts === 'function') {
    const { webHost } = await import('./host.web.ts');
    return webHost(context);
  }
  const { nodeHost } = await import('./host.node.ts');
  return nodeHost(context);
}

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';

/**
 * Makes the page load the extension that is installed in a folder of `VSCODE/web-extensions` over HTTP, as vscode.dev
 * does: VS Code refuses workers to an extension that comes through the remote connection.
 */
export async function offerWebExtension(page: Page, folder: string): Promise<void> {
  const installed = (await readdir(folder)).find(name => name.startsWith('deploykf-values'));
  if (installed === undefined) throw new Error(`No extension is installed in ${folder}`);
  await page.addInitScript(addToConfiguration(join('/web-extensions', basename(folder), installed)));
}

/**
 * The page reads its configuration from an attribute. It is changed there and not on the way, because Chromium lets no
 * page that was answered by an interception talk to a local server.
 */
function addToConfiguration(path: string): string {
  return `{
    const getAttribute = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = getAttribute.call(this, name);
      if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings') return value;
      const settings = JSON.parse(value);
      const staticRoute = '/' + settings.webviewEndpoint.split('/out/')[0];
      const extension = { scheme: 'http', authority: location.host, path: staticRoute + ${JSON.stringify(path)} };
      return JSON.stringify({ ...settings, additionalBuiltinExtensions: [extension] });
    };
  }`;
}

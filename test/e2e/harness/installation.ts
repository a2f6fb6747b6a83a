import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { installVsCode } from './install.ts';
import { cacheFolder, vsixFile } from './paths.ts';
import { installExtension, startServer, type VsCodeServer } from './server.ts';

/** Where our extension runs: installed in the remote Node process, or loaded over HTTP into a web worker as on vscode.dev. */
export type HostKind = 'node' | 'web';

/** A running VS Code with the packaged extension in it. */
export class Installation {
  /** The folder of its settings, its log and the workspaces. */
  readonly home: string;
  readonly port: number;
  /** Where it serves our extension from as static files; `undefined`: our extension is installed in it. */
  readonly webExtensions: string | undefined;
  readonly #server: VsCodeServer;

  private constructor(home: string, server: VsCodeServer, webExtensions: string | undefined) {
    this.home = home;
    this.port = server.port;
    this.webExtensions = webExtensions;
    this.#server = server;
  }

  static async start(host: HostKind, env?: Readonly<Record<string, string>>): Promise<Installation> {
    const vscode = await installVsCode();
    await mkdir(join(cacheFolder, 'e2e'), { recursive: true });
    const home = await mkdtemp(join(cacheFolder, 'e2e/session-'));
    const folders = { vscode, home, extensions: join(home, 'extensions') };
    const webExtensions = host === 'web' ? join(vscode, 'web-extensions', basename(home)) : undefined;
    await installExtension({ ...folders, extensions: webExtensions ?? folders.extensions }, vsixFile);
    return new Installation(home, await startServer(folders, env), webExtensions);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.home, { recursive: true, force: true });
    if (this.webExtensions !== undefined) await rm(this.webExtensions, { recursive: true, force: true });
  }
}

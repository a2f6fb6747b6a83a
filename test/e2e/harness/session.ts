import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { bundleSuites } from './bundleSuites.ts';
import { Editor } from './editor.ts';
import { readHostResults, type HostResults } from './hostSuites.ts';
import { installVsCode } from './install.ts';
import { cacheFolder, e2eFolder, findChromium, vsixFile } from './paths.ts';
import { installExtension, startServer, type VsCodeServer } from './server.ts';
import { offerWebExtension } from './webExtension.ts';

/** How a session differs from the usual one. */
export interface SessionOptions {
  /** The folder in `test/e2e/fixtures`, or an absolute path, whose copy is opened. */
  readonly fixture: string;
  /** Where our extension runs: installed in the remote Node process, or loaded over HTTP into a web worker as on vscode.dev. */
  readonly host: 'node' | 'web';
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables of the environment that VS Code runs in, on top of our own. */
  readonly env?: Readonly<Record<string, string>>;
}

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'files.autoSave': 'off',
};

/** The real VS Code with the packaged extension in it, on a copy of a fixture workspace. */
export class Session {
  readonly workspace: string;
  readonly #home: string;
  readonly #server: VsCodeServer;
  /** Below the folder that VS Code serves as static files. */
  readonly #webExtensions: string | undefined;
  #browser: Browser | undefined;

  private constructor(home: string, server: VsCodeServer, webExtensions: string | undefined) {
    this.#home = home;
    this.#server = server;
    this.#webExtensions = webExtensions;
    this.workspace = join(home, 'workspace');
  }

  static async start(options: SessionOptions): Promise<Session> {
    const vscode = await installVsCode();
    await mkdir(join(cacheFolder, 'e2e'), { recursive: true });
    const home = await mkdtemp(join(cacheFolder, 'e2e/session-'));
    await cp(resolve(e2eFolder, 'fixtures', options.fixture), join(home, 'workspace'), { recursive: true });
    await writeSettings(home, options);
    const server = { vscode, home, extensions: join(home, 'extensions') };
    const webExtensions = join(vscode, 'web-extensions', basename(home));
    await installExtension(
      { ...server, extensions: options.host === 'web' ? webExtensions : server.extensions },
      vsixFile,
    );
    return new Session(
      home,
      await startServer(server, options.env),
      options.host === 'web' ? webExtensions : undefined,
    );
  }

  /** The page as a user opens it. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/?folder=${encodeURI(this.workspace)}`;
  }

  /** Opens the workspace in a headless browser. */
  async open(): Promise<Editor> {
    const page = await this.#newPage();
    await page.goto(this.#url([]));
    const editor = new Editor(page, this.workspace);
    await editor.waitUntilReady();
    return editor;
  }

  /** Runs the suites of `test/e2e/suite` in the extension host, with the real `vscode` module. */
  runSuites(): Promise<HostResults> {
    return this.runScript<HostResults>('suite/index.ts');
  }

  /** The same of a script of `test/e2e` whose `run` logs what it reports. */
  async runScript<T>(entry: string): Promise<T> {
    const { folder, suites } = await bundleSuites(entry);
    const url = this.#url([
      ['extensionDevelopmentPath', this.#remote(folder)],
      ['extensionTestsPath', this.#remote(suites)],
    ]);
    return readHostResults<T>(await this.#newPage(), url);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server.stop();
    await rm(this.#home, { recursive: true, force: true });
    if (this.#webExtensions !== undefined) await rm(this.#webExtensions, { recursive: true, force: true });
  }

  async #newPage(): Promise<Page> {
    this.#browser ??= await chromium.launch({
      executablePath: findChromium() ?? 'chromium',
      headless: true,
      args: chromiumFlags,
    });
    const context = await this.#browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    if (this.#webExtensions !== undefined) await offerWebExtension(page, this.#webExtensions);
    return page;
  }

  #url(payload: readonly (readonly [string, string])[]): string {
    const all = JSON.stringify([...payload, ['skipWelcome', 'true']]);
    return `${this.url}&payload=${encodeURIComponent(all)}`;
  }

  #remote(path: string): string {
    return `vscode-remote://127.0.0.1:${this.#server.port}${encodeURI(path)}`;
  }
}

async function writeSettings(home: string, { host, settings }: SessionOptions): Promise<void> {
  const hostSettings =
    host === 'web'
      ? { 'remote.extensionKind': { 'deploykf-values.deploykf-values-e2e-runner': ['web'] } }
      : {};
  const folder = join(home, 'data/User');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...hostSettings, ...settings }),
  );
}

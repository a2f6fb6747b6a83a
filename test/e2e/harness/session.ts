import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { bundleSuites } from './bundleSuites.ts';
import { Editor } from './editor.ts';
import { readHostResults, type HostResults } from './hostSuites.ts';
import { Installation, type HostKind } from './installation.ts';
import { e2eFolder, findChromium } from './paths.ts';
import { offerWebExtension } from './webExtension.ts';

/** How a session differs from the usual one. */
export interface SessionOptions {
  /** The folder in `test/e2e/fixtures`, or an absolute path, whose copy is opened. */
  readonly fixture: string;
  readonly host: HostKind;
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

/** What sessions have in common, as it takes longer to start than a page to open. */
let sharedInstallation: Promise<Installation> | undefined;
let sharedBrowser: Promise<Browser> | undefined;

/** Ends what sessions have in common. */
export async function endSessions(): Promise<void> {
  await (await sharedBrowser)?.close();
  await (await sharedInstallation)?.stop();
  sharedBrowser = undefined;
  sharedInstallation = undefined;
}

/** The real VS Code with the packaged extension in it, on a copy of a fixture workspace, with settings and a browser profile of its own. */
export class Session {
  readonly workspace: string;
  readonly #installation: Installation;
  readonly #contexts: BrowserContext[] = [];

  private constructor(installation: Installation, workspace: string) {
    this.#installation = installation;
    this.workspace = workspace;
  }

  static async start(options: SessionOptions): Promise<Session> {
    const { host, env, fixture } = options;
    const isUsual = host === 'node' && env === undefined;
    const installation = await (isUsual
      ? (sharedInstallation ??= Installation.start(host))
      : Installation.start(host, env));
    const workspace = join(await mkdtemp(join(installation.home, 'opened-')), 'workspace');
    await cp(resolve(e2eFolder, 'fixtures', fixture), workspace, { recursive: true });
    await writeSettings(installation.home, options);
    return new Session(installation, workspace);
  }

  /** The folder of VS Code's settings, its log, and what it stores. */
  get home(): string {
    return this.#installation.home;
  }

  /** The page as a user opens it. */
  get url(): string {
    return `http://127.0.0.1:${this.#installation.port}/?folder=${encodeURI(this.workspace)}`;
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
    for (const context of this.#contexts) {
      // Leaving the page ends its extension host; one that is only cut off is kept, to be come back to.
      await Promise.all(context.pages().map(page => page.goto('about:blank')));
      await context.close();
    }
    if (this.#installation !== (await sharedInstallation)) return this.#installation.stop();
    await rm(dirname(this.workspace), { recursive: true, force: true });
  }

  async #newPage(): Promise<Page> {
    sharedBrowser ??= chromium.launch({
      executablePath: findChromium() ?? 'chromium',
      headless: true,
      args: chromiumFlags,
    });
    const context = await (await sharedBrowser).newContext({ viewport: { width: 1400, height: 900 } });
    this.#contexts.push(context);
    const page = await context.newPage();
    const { webExtensions } = this.#installation;
    if (webExtensions !== undefined) await offerWebExtension(page, webExtensions);
    return page;
  }

  #url(payload: readonly (readonly [string, string])[]): string {
    const all = JSON.stringify([...payload, ['skipWelcome', 'true']]);
    return `${this.url}&payload=${encodeURIComponent(all)}`;
  }

  #remote(path: string): string {
    return `vscode-remote://127.0.0.1:${this.#installation.port}${encodeURI(path)}`;
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

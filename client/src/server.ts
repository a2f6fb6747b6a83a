import {
  EventEmitter,
  RelativePattern,
  workspace,
  type Disposable,
  type Event,
  type TextDocument,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The texts that the server may have something to say about: values files and Applications of deployKF. */
const informative = /deploykf|kubeflow_/;
const projectFile = '.deploykf-values.yaml';

/** The language server, started when there is something for it to do: most YAML is not deployKF's. */
export class Server implements Disposable {
  readonly #create: () => BaseLanguageClient;
  readonly #started = new EventEmitter<BaseLanguageClient>();
  readonly #disposables: { readonly dispose: () => unknown }[] = [this.#started];
  #client: BaseLanguageClient | undefined;
  #starting: Promise<BaseLanguageClient> | undefined;

  constructor(create: () => BaseLanguageClient) {
    this.#create = create;
  }

  /** Fires with the client whenever it is made, before it connects. */
  get onWillStart(): Event<BaseLanguageClient> {
    return this.#started.event;
  }

  /** Whether it runs, or is about to. */
  get isStarted(): boolean {
    return this.#starting !== undefined;
  }

  /** Starts now if there is a project file or a informative text, else as soon as there is one. */
  async startWhenNeeded(): Promise<void> {
    const startFor = (document: TextDocument): void => {
      if (this.#starting === undefined && isInformative(document)) void this.start();
    };
    this.#disposables.push(
      workspace.onDidOpenTextDocument(startFor),
      workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    );
    workspace.textDocuments.forEach(startFor);
    if (this.#starting === undefined && (await hasProjectFile())) await this.start();
  }

  /** The running client. Rejects when the server cannot be started, which VS Code has told by then. */
  start(): Promise<BaseLanguageClient> {
    return (this.#starting ??= this.#start());
  }

  async restart(): Promise<void> {
    if (this.#starting === undefined) await this.start();
    else {
      const client = await this.#starting;
      await client.stop();
      await client.start();
    }
  }

  showLog(): void {
    this.#client?.outputChannel.show();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #start(): Promise<BaseLanguageClient> {
    const client = this.#create();
    this.#client = client;
    this.#disposables.push(client);
    this.#started.fire(client);
    await client.start();
    return client;
  }
}

function isInformative(document: TextDocument): boolean {
  return document.languageId === 'yaml' && informative.test(document.getText());
}

async function hasProjectFile(): Promise<boolean> {
  const folders = workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(folder => workspace.findFiles(new RelativePattern(folder, projectFile), null, 1)),
  );
  return found.some(uris => uris.length > 0);
}

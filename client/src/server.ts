import {
  EventEmitter,
  RelativePattern,
  workspace,
  type Disposable,
  type Event,
  type LogOutputChannel,
  type TextDocument,
  type Uri,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  State,
  type BaseLanguageClient,
  type ErrorHandler,
} from 'vscode-languageclient';
import { Crashes } from './crashes.ts';
import { startPatterns } from './startPatterns.ts';

/** The texts that the server may have something to say about: values files and Applications of deployKF. */
const informative = /deploykf|kubeflow_/;

/** How many messages that could not be sent or read are borne with. */
const mostErrors = 3;

/** Why there is nobody to ask: it could not be started, which VS Code has told, or it ended and is not started again. */
export type ServerFailure = 'notStarted' | 'ended';

/** The language server, started when there is something for it to do: most YAML is not deployKF's. */
export class Server implements Disposable {
  readonly #create: (errorHandler: ErrorHandler) => BaseLanguageClient;
  readonly #log: LogOutputChannel;
  readonly #started = new EventEmitter<BaseLanguageClient>();
  readonly #failed = new EventEmitter<ServerFailure | undefined>();
  readonly #disposables: { readonly dispose: () => unknown }[] = [this.#started, this.#failed];
  readonly #crashes = new Crashes();
  #starting: Promise<BaseLanguageClient> | undefined;
  #failure: ServerFailure | undefined;

  constructor(log: LogOutputChannel, create: (errorHandler: ErrorHandler) => BaseLanguageClient) {
    this.#log = log;
    this.#create = create;
  }

  /** Fires with the client whenever it is made, before it connects. */
  get onWillStart(): Event<BaseLanguageClient> {
    return this.#started.event;
  }

  /** Fires when it cannot be asked any more, and with `undefined` when it can be again. */
  get onDidFail(): Event<ServerFailure | undefined> {
    return this.#failed.event;
  }

  /** Whether only a restart brings it back. */
  get isDown(): boolean {
    return this.#failure !== undefined;
  }

  /** Whether it runs, or is about to. */
  get isStarted(): boolean {
    return this.#starting !== undefined;
  }

  /** Starts now if there is a file that is named like one of deployKF's, or an informative text, else as soon as there is one. */
  async startWhenNeeded(): Promise<void> {
    const startFor = (document: TextDocument): void => {
      if (this.#starting !== undefined || !isInformative(document)) return;
      this.#log.info(`The server starts: ${document.uri.toString(true)} is open`);
      void this.#startQuietly();
    };
    this.#disposables.push(
      workspace.onDidOpenTextDocument(startFor),
      workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    );
    workspace.textDocuments.forEach(startFor);
    if (this.#starting !== undefined) return;
    this.#log.info('The server starts with the first values file, project file or command');
    const named = await namedFile();
    if (named === undefined || this.isStarted) return;
    this.#log.info(`The server starts: there is ${named.toString(true)}`);
    await this.#startQuietly();
  }

  /** The running client. Rejects when the server cannot be started, which VS Code has told by then; only a restart tries again. */
  start(): Promise<BaseLanguageClient> {
    if (this.#starting === undefined) this.#log.info('The server starts: a command or a view asks it');
    return (this.#starting ??= this.#start());
  }

  /** Also after it could not be started, or has ended. Rejects when it cannot be started. */
  async restart(): Promise<void> {
    this.#crashes.forget();
    const client = await this.#starting?.catch(() => undefined);
    // One that could not be started cannot be started again.
    if (client === undefined || client.state === State.StartFailed) {
      this.#starting = undefined;
      await this.start();
      return;
    }
    this.#log.info('The server is restarted');
    if (client.needsStop()) await client.stop();
    await this.#run(client);
  }

  showLog(): void {
    this.#log.show();
  }

  /** VS Code tells the user when it fails, and the log says why. */
  async #startQuietly(): Promise<void> {
    this.#starting = this.#start();
    await this.#starting.catch(() => undefined);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #start(): Promise<BaseLanguageClient> {
    const start = performance.now();
    const client = this.#create({
      error: (_error, _message, count) => this.#bear(count),
      closed: () => this.#end(),
    });
    this.#disposables.push(client);
    client.onDidChangeState(({ newState }) => {
      // Also after a crash, where nobody waits for the start.
      if (newState === State.StartFailed) this.#fail('notStarted');
      if (newState === State.Running) this.#fail(undefined);
    });
    this.#started.fire(client);
    await this.#run(client);
    this.#log.info(`The server runs after ${(performance.now() - start).toFixed(0)} ms`);
    return client;
  }

  async #run(client: BaseLanguageClient): Promise<void> {
    try {
      await client.start();
    } catch (error) {
      this.#log.error(`The server did not start: ${String(error)}`);
      this.#fail('notStarted');
      throw error;
    }
  }

  #bear(count: number | undefined): ReturnType<ErrorHandler['error']> {
    if (count !== undefined && count <= mostErrors) return { action: ErrorAction.Continue };
    this.#fail('ended');
    return { action: ErrorAction.Shutdown, handled: true };
  }

  /** `handled`: what is said of it is ours. */
  #end(): ReturnType<ErrorHandler['closed']> {
    if (this.#crashes.mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
    this.#log.error('The server crashes again and again, and is not started any more');
    this.#fail('ended');
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  #fail(failure: ServerFailure | undefined): void {
    if (this.#failure === failure) return;
    this.#failure = failure;
    this.#failed.fire(failure);
  }
}

function isInformative(document: TextDocument): boolean {
  return document.languageId === 'yaml' && informative.test(document.getText());
}

/** A file of the workspace that has the name of one of deployKF's; `undefined`: there is none. */
async function namedFile(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const patterns = folders.flatMap(folder =>
    startPatterns.map(pattern => new RelativePattern(folder, pattern)),
  );
  const found = await Promise.all(
    patterns.map(pattern => workspace.findFiles(pattern, '**/node_modules/**', 1)),
  );
  return found.flat()[0];
}

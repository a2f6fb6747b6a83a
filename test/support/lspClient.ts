import { spawn, type ChildProcess } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  MessageType,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type LogMessageParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Catalogs } from '../../server/src/host/catalogs.ts';
import type { FileSource, FileText } from '../../server/src/host/files.ts';
import { candidateKind } from '../../server/src/core/workspace/discovery.ts';
import { withoutIgnored } from '../../server/src/host/gitIgnore.ts';
import type { MakeCatalogs } from '../../server/src/host/generators.ts';
import type { RegistryAccess } from '../../server/src/host/registry/access.ts';
import type { SecretFiles } from '../../server/src/host/secretFiles.ts';
import { FrameReader } from '../../server/src/lsp/frames.node.ts';
import { Gate } from '../../server/src/lsp/gate.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import type { InitializationOptions } from '../../server/src/protocol.ts';

export const root = 'file:///ws';

/** What VS Code can do, without pull diagnostics. */
export const pushCapabilities: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      versionSupport: true,
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

export const pullCapabilities: ClientCapabilities = {
  ...pushCapabilities,
  textDocument: { ...pushCapabilities.textDocument, diagnostic: { dynamicRegistration: false } },
};

/** Files that stand in memory; counts how often each is read. */
export class MemoryFiles implements FileSource {
  readonly texts: Map<string, string | FileText>;
  readonly reads: string[] = [];

  constructor(texts: Readonly<Record<string, string | FileText>> = {}) {
    this.texts = new Map(Object.entries(texts).map(([path, text]) => [`${root}/${path}`, text]));
  }

  read(uri: string): Promise<FileText> {
    this.reads.push(uri);
    const found = this.texts.get(uri) ?? { kind: 'missing' };
    return Promise.resolve(typeof found === 'string' ? { kind: 'text', text: found } : found);
  }
}

/** The same, and they can be listed. */
export class ListedFiles extends MemoryFiles {
  async list(folder: string): Promise<readonly string[]> {
    const uris = [...this.texts.keys()].filter(
      uri =>
        uri.startsWith(`${folder}/`) && candidateKind(uri) !== undefined && !/\/node_modules\//.test(uri),
    );
    const found = await withoutIgnored(folder, uris.toSorted(), { read: uri => super.read(uri) });
    this.reads.length = 0;
    return found;
  }
}

export interface ClientOptions {
  /** `none`: the server has no files of its own, as in a browser. */
  readonly files?: FileSource | 'none';
  /** The section `deploykf` of the settings. */
  readonly settings?: unknown;
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly own?: InitializationOptions;
  readonly makeCatalogs?: MakeCatalogs;
  readonly secretFiles?: SecretFiles;
  readonly registries?: RegistryAccess;
  /** Is given everything that a server in this process sends. */
  readonly onTraffic?: (chunk: string) => void;
}

/** A client for tests, of a server in this process or of a spawned one. Nothing in it waits for a clock. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly logged: string[] = [];
  /** Those of `logged` that are warnings or errors. */
  readonly warned: string[] = [];
  readonly shown: string[] = [];
  readonly registered: Registration[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly documents = new Map<string, TextDocument>();
  readonly created: string[] = [];
  settings: unknown;
  refreshes = 0;
  readonly #child: ChildProcess | undefined;
  readonly #waiting = new Set<() => void>();

  private constructor(input: Readable, output: Writable, settings: unknown, child?: ChildProcess) {
    this.connection = createProtocolConnection(
      new StreamMessageReader(input),
      new StreamMessageWriter(output),
    );
    this.settings = settings;
    this.#child = child;
    this.#answer();
    this.connection.listen();
  }

  /** Starts a server in this process and initializes it. */
  static async start(options: ClientOptions = {}): Promise<LspClient> {
    const client = LspClient.inProcess(options);
    await client.initialize(options);
    return client;
  }

  static inProcess({
    files = new MemoryFiles(),
    settings,
    makeCatalogs,
    secretFiles,
    registries,
    onTraffic,
  }: ClientOptions): LspClient {
    const [up, down] = [new PassThrough(), new PassThrough()];
    if (onTraffic !== undefined) down.on('data', (chunk: Buffer) => onTraffic(chunk.toString()));
    const writer = new StreamMessageWriter(down);
    const connection = createConnection(ProposedFeatures.all, new Gate(new FrameReader(up), writer), writer);
    startServer(connection, {
      version: '0.0.0',
      catalogs: new Catalogs(),
      files: files === 'none' ? undefined : files,
      ...(makeCatalogs && { makeCatalogs }),
      ...(secretFiles && { secretFiles }),
      ...(registries && { registries }),
    });
    return new LspClient(down, up, settings);
  }

  static spawn(command: string, args: readonly string[], settings?: unknown): LspClient {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return new LspClient(child.stdout, child.stdin, settings, child);
  }

  async initialize({
    folders = [root],
    capabilities = pushCapabilities,
    own,
  }: ClientOptions): Promise<InitializeResult> {
    const workspaceFolders = folders.map(uri => ({ uri, name: uri.split('/').at(-1) ?? '' }));
    const result = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders,
      ...(own !== undefined && { initializationOptions: own }),
    });
    await this.notify('initialized', {});
    return result;
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, 'yaml', version, text));
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
  }

  /** Replaces the first occurrence of `find`, as an editor would send it. */
  replace(uri: string, find: string, by: string): Promise<void> {
    const document = this.#document(uri);
    const start = document.getText().indexOf(find);
    if (start < 0) throw new Error(`"${find}" is not in ${uri}`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + find.length) };
    return this.change(uri, [{ range, text: by }]);
  }

  change(uri: string, contentChanges: readonly { range?: Range; text: string }[]): Promise<void> {
    const version = this.#document(uri).version + 1;
    TextDocument.update(this.#document(uri), [...contentChanges], version);
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    this.documents.delete(uri);
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Sends a position in a document and resolves with what comes back. */
  at<R>(method: string, uri: string, text: string): Promise<R> {
    return this.request<R>(method, { textDocument: { uri }, position: this.rangeOf(uri, text).start });
  }

  /** Says that files changed on disk. */
  touch(...uris: readonly string[]): Promise<void> {
    return this.notify('workspace/didChangeWatchedFiles', { changes: uris.map(uri => ({ uri, type: 2 })) });
  }

  hover(uri: string, at: string): Promise<Hover | null> {
    return this.request('textDocument/hover', {
      textDocument: { uri },
      position: this.rangeOf(uri, at).start,
    });
  }

  codeActions(uri: string, at: string, only?: readonly string[]): Promise<CodeAction[] | null> {
    const context = { diagnostics: this.lastOf(uri)?.diagnostics ?? [], ...(only && { only }) };
    return this.request('textDocument/codeAction', {
      textDocument: { uri },
      range: this.rangeOf(uri, at),
      context,
    });
  }

  /** Resolves an action where needed and applies its edit to the open documents. */
  async apply(action: CodeAction): Promise<void> {
    const resolved = action.edit ? action : await this.request<CodeAction>('codeAction/resolve', action);
    this.applyEdit(resolved.edit ?? {});
  }

  applyEdit(edit: WorkspaceEdit): void {
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) this.#applyTo(uri, edits);
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change && change.kind === 'create') {
        this.created.push(change.uri);
        this.documents.set(change.uri, TextDocument.create(change.uri, 'yaml', 0, ''));
      } else if ('textDocument' in change) this.#applyTo(change.textDocument.uri, change.edits as TextEdit[]);
    }
  }

  text(uri: string): string {
    return this.#document(uri).getText();
  }

  rangeOf(uri: string, find: string): Range {
    const document = this.#document(uri);
    const start = document.getText().indexOf(find);
    if (start < 0) throw new Error(`"${find}" is not in ${uri}`);
    return { start: document.positionAt(start), end: document.positionAt(start + find.length) };
  }

  lastOf(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast(params => params.uri === uri);
  }

  /** The diagnostics of the document as it is now, once they are there. */
  async diagnostics(uri: string): Promise<readonly string[]> {
    const { version } = this.#document(uri);
    const found = await this.until(() => {
      const last = this.lastOf(uri);
      return last?.version === version ? last : undefined;
    });
    return found.diagnostics.map(printDiagnostic);
  }

  /** Waits for the first diagnostics that satisfy the test. */
  async diagnosticsWhere(
    uri: string,
    test: (found: readonly string[]) => boolean,
  ): Promise<readonly string[]> {
    return this.until(() => {
      const found = this.lastOf(uri)?.diagnostics.map(printDiagnostic);
      return found !== undefined && test(found) ? found : undefined;
    });
  }

  /** Resolves with what `find` gives as soon as it gives something; it is asked again after each message. */
  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise(resolve => {
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** The process of a spawned server. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends the connection, and a spawned server; resolves with its exit code. */
  async stop(): Promise<number | undefined> {
    if (this.#child === undefined) {
      this.connection.dispose();
      return undefined;
    }
    const ended = this.ended();
    await this.request('shutdown', undefined);
    await this.notify('exit', undefined);
    return ended;
  }

  /** The exit code of a spawned server, once it has ended. */
  ended(): Promise<number | undefined> {
    return new Promise(resolve => this.#child?.once('exit', code => resolve(code ?? undefined)));
  }

  /** Breaks the pipe to a spawned server, as a client does that crashes. */
  closeInput(): void {
    this.#child?.stdin?.end();
  }

  #answer(): void {
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#wake();
    });
    connection.onNotification('window/logMessage', ({ type, message }: LogMessageParams) => {
      this.logged.push(message);
      if (type === MessageType.Error || type === MessageType.Warning) this.warned.push(message);
      this.#wake();
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.shown.push(message);
      this.#wake();
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: Registration[] }) => {
        this.registered.push(...registrations);
        this.#wake();
        return null;
      },
    );
    connection.onRequest('client/unregisterCapability', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#wake();
      return null;
    });
    connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      this.applyEdit(edit);
      return { applied: true };
    });
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }

  #document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  #applyTo(uri: string, edits: TextEdit[]): void {
    const document = this.#document(uri);
    const text = TextDocument.applyEdits(document, edits);
    this.documents.set(uri, TextDocument.create(uri, 'yaml', document.version, text));
  }
}

/** `line:column-column code: message`, counted from 0. */
export function printDiagnostic({ range, code, message }: Diagnostic): string {
  return `${range.start.line}:${range.start.character}-${range.end.character} ${code}: ${typeof message === 'string' ? message : message.value}`;
}

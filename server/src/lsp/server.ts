import {
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { CatalogSource } from '../core/catalog/catalogSource.ts';
import { rules } from '../core/rules/index.ts';
import type { FileSource } from '../host/files.ts';
import type { MakeCatalogs } from '../host/generators.ts';
import type { RegistryAccess } from '../host/registry/access.ts';
import type { SecretFiles } from '../host/secretFiles.ts';
import { clientFeatures, type ClientFeatures } from './clientFeatures.ts';
import { clientFiles, combineFiles } from './clientFiles.ts';
import { Configuration } from './configuration.ts';
import { Diagnostics } from './diagnostics.ts';
import type { Session } from './handler.ts';
import { handlers } from './handlers/index.ts';
import { describeError, printableLog, type Log } from './log.ts';
import { Manifests } from './manifests.ts';
import { isObject } from './params.ts';
import { pushDiagnostics } from './pushDiagnostics.ts';
import { sendImagesChanged } from './imagesChanged.ts';
import { logMissing } from './missingLog.ts';
import { logStacks } from './stackLog.ts';
import { sendStatus } from './status.ts';
import { LensRefresh } from './lensRefresh.ts';
import { listenToFolders, syncDocuments } from './sync.ts';
import { TracedContent } from './tracedContent.ts';
import { HeldFindings } from './heldFindings.ts';
import { watchFiles } from './watchers.ts';
import { VirtualChanges } from './virtualChanges.ts';
import { OpenWorkspace } from './openWorkspace.ts';

export interface ServerOptions {
  readonly version: string;
  readonly catalogs: CatalogSource;
  /** The files of this machine; `undefined` where there are none to read, as in a browser. */
  readonly files: FileSource | undefined;
  /** How to make catalogs from generators; `undefined` where none can be read. */
  readonly makeCatalogs?: MakeCatalogs;
  /** Where credentials may be read from and written to; `undefined` where that is not offered. */
  readonly secretFiles?: SecretFiles;
  /** How registries are asked; `undefined` where that is not offered. */
  readonly registries?: RegistryAccess;
}

/** Puts the server together and lets it listen. The connection decides where the messages go. */
export function startServer(connection: Connection, options: ServerOptions): void {
  connection.onInitialize(params => initialize(connection, params, options));
  connection.listen();
}

function initialize(
  connection: Connection,
  params: InitializeParams,
  options: ServerOptions,
): InitializeResult {
  const client = clientFeatures(params);
  const log = printableLog(connection.console);
  const names = { releases: options.catalogs.releases, codes: rules.map(rule => rule.code) };
  const configuration = new Configuration({
    connection,
    client,
    names,
    log,
    onLate: () => workspace.settingsChanged(),
  });
  const files = combineFiles(
    options.files,
    client.own.readsFiles === true
      ? clientFiles(connection, client, uri => workspace.filesChanged([uri]))
      : undefined,
  );
  const workspace = new OpenWorkspace({
    catalogs: options.catalogs,
    names,
    files,
    log,
    editorSettings: uri => configuration.of(uri),
    makeCatalogs: options.makeCatalogs,
    generatorPaths: () => configuration.generatorPaths(),
  });
  const manifests = new Manifests(workspace);
  const held = heldFindings(connection, client, log);
  new LensRefresh({ connection, client, workspace, manifests, log });
  const session = {
    connection,
    client,
    workspace,
    log,
    diagnostics: new Diagnostics(workspace, client, log, held),
    held,
    virtual: new VirtualChanges({ connection, workspace, log }),
    manifests,
    shownBeside: (uri: string) => configuration.shownBeside(uri),
    secretFiles: options.secretFiles,
    registries: options.registries,
    trace: new TracedContent(connection, params),
    verifySettings: () => configuration.verifySettings(),
  };
  listenToWorkspace(session);
  listenToClient(session, { configuration, roots: rootsOf(params), version: options.version });
  return {
    serverInfo: { name: 'deploykf-values-language-server', version: options.version },
    capabilities: attachHandlers(session),
  };
}

function listenToWorkspace(session: Session): void {
  const { client } = session;
  watchFiles(session);
  if (!client.pullsDiagnostics) pushDiagnostics(session);
  else if (client.refreshesDiagnostics) refreshDiagnostics(session);
  if (client.own.showsStatus === true) sendStatus(session);
  if (client.own.showsImages === true) sendImagesChanged(session);
}

interface FromClient {
  readonly configuration: Configuration;
  readonly roots: readonly string[];
  readonly version: string;
}

function listenToClient(session: Session, { configuration, roots, version }: FromClient): void {
  const { connection, workspace, log } = session;
  syncDocuments(session);
  connection.onDidChangeConfiguration(({ settings }) => {
    configuration.replace(settings);
    workspace.settingsChanged();
  });
  connection.onInitialized(() => {
    listenToFolders(session);
    configuration.listen();
    const folders = roots.length === 0 ? 'no folder' : roots.join(', ');
    log.info(`deployKF Values ${version} in ${folders}`);
    workspace.setRoots(roots);
    logStacks({ workspace, log });
    logMissing({ workspace, log });
  });
}

/** Where the client asks for diagnostics, the server asks it to refresh when more than the text that it changed itself is new. */
function refreshDiagnostics({ connection, workspace, log }: Session): void {
  workspace.onDidChange(changed => {
    if (changed === 'all') askForDiagnostics(connection, log);
  });
}

function askForDiagnostics(connection: Connection, log: Log): void {
  connection.languages.diagnostics
    .refresh()
    .catch((error: unknown) => log.warn(`Diagnostics were not refreshed: ${describeError(error)}`));
}

/** `undefined`: the client wants to hear at once what is wrong, or cannot be asked to look again. */
function heldFindings(connection: Connection, client: ClientFeatures, log: Log): HeldFindings | undefined {
  const { pullsDiagnostics, refreshesDiagnostics, own } = client;
  if (own.holdsTyped !== true || !pullsDiagnostics || !refreshesDiagnostics) return undefined;
  return new HeldFindings(() => askForDiagnostics(connection, log));
}

function attachHandlers(session: Session): ServerCapabilities {
  const offered = handlers.flatMap(handler => {
    const capabilities = handler.capabilities(session.client);
    if (capabilities !== undefined) handler.attach(session);
    return capabilities ?? [];
  });
  return offered.reduce(joinCapabilities, baseCapabilities(session.client));
}

/** Several handlers may have something to add about the workspace. */
function joinCapabilities(
  all: ServerCapabilities,
  { workspace, ...more }: ServerCapabilities,
): ServerCapabilities {
  return { ...all, ...more, ...(workspace && { workspace: { ...all.workspace, ...workspace } }) };
}

function baseCapabilities({ workspaceFolders }: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...(workspaceFolders && {
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    }),
  };
}

/** Clients without workspace folders still have the older ways to name the one that they opened. */
function rootsOf({ workspaceFolders, ...older }: InitializeParams): readonly string[] {
  const folders: unknown = workspaceFolders;
  if (Array.isArray(folders)) return folders.map(uriOf).filter(uri => uri !== undefined);
  const { rootUri }: { readonly rootUri?: unknown } = older;
  if (typeof rootUri !== 'string') return [];
  return [rootUri];
}

function uriOf(folder: unknown): string | undefined {
  if (isObject(folder) && typeof folder['uri'] === 'string') return folder['uri'];
  return undefined;
}

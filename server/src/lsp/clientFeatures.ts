import {
  InsertTextMode,
  MarkupKind,
  type ClientCapabilities,
  type InitializeParams,
} from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol.ts';

/** What the client of this session can do, asked once. */
export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly diagnosticVersion: boolean;
  readonly diagnosticRelated: boolean;
  readonly diagnosticLink: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticTags: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly preparesRename: boolean;
  readonly appliesEdits: boolean;
  readonly annotatesChanges: boolean;
  readonly codeActionLiterals: boolean;
  readonly resolvesEdits: boolean;
  readonly hoverFormat: MarkupKind;
  readonly completionFormat: MarkupKind;
  /** Snippets of several lines can be inserted as they are. */
  readonly completionBlocks: boolean;
  readonly nestedSymbols: boolean;
  readonly showsHints: boolean;
  readonly semanticTokens: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly relativePatterns: boolean;
  readonly workspaceFolders: boolean;
  readonly own: InitializationOptions;
}

export function clientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { workspace } = capabilities;
  return {
    ...diagnosticFeatures(capabilities),
    ...editFeatures(capabilities),
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    refreshesHints: workspace?.inlayHint?.refreshSupport ?? false,
    showsHints: capabilities.textDocument?.inlayHint !== undefined,
    semanticTokens: capabilities.textDocument?.semanticTokens !== undefined,
    nestedSymbols: capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    hoverFormat: formatOf(capabilities.textDocument?.hover?.contentFormat),
    ...completionFeatures(capabilities),
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    own: ownOptions(initializationOptions),
  };
}

function formatOf(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.includes(MarkupKind.Markdown) === true ? MarkupKind.Markdown : MarkupKind.PlainText;
}

/** The address of a rule's page; `undefined`: the client shows none. */
export function rulePage({ own: { rulePages } }: ClientFeatures, code: string): string | undefined {
  return rulePages === undefined ? undefined : `${rulePages}${code}.md`;
}

function completionFeatures({ textDocument }: ClientCapabilities) {
  const item = textDocument?.completion?.completionItem;
  const keepsIndentation = item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) ?? false;
  return {
    completionFormat: formatOf(item?.documentationFormat),
    completionBlocks: item?.snippetSupport === true && keepsIndentation,
  };
}

function diagnosticFeatures({ workspace, textDocument }: ClientCapabilities) {
  const push = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  return {
    pullsDiagnostics: pull !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    diagnosticVersion: push?.versionSupport ?? false,
    diagnosticRelated: push?.relatedInformation ?? pull?.relatedInformation ?? false,
    diagnosticLink: push?.codeDescriptionSupport ?? pull?.codeDescriptionSupport ?? false,
    diagnosticData: push?.dataSupport ?? pull?.dataSupport ?? false,
    diagnosticTags: (push?.tagSupport ?? pull?.tagSupport) !== undefined,
  };
}

function editFeatures({ workspace, textDocument }: ClientCapabilities) {
  const action = textDocument?.codeAction;
  return {
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    preparesRename: textDocument?.rename?.prepareSupport ?? false,
    appliesEdits: workspace?.applyEdit ?? false,
    annotatesChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      (action?.dataSupport ?? false) && (action?.resolveSupport?.properties.includes('edit') ?? false),
  };
}

function ownOptions(options: unknown): InitializationOptions {
  if (typeof options !== 'object' || options === null) return {};
  const { readsFiles, findsFiles, sendsHttp, showsStatus, showsImages, holdsTyped, commands, rulePages } =
    options as Record<keyof InitializationOptions, unknown>;
  return {
    readsFiles: readsFiles === true,
    findsFiles: findsFiles === true,
    sendsHttp: sendsHttp === true,
    showsStatus: showsStatus === true,
    showsImages: showsImages === true,
    holdsTyped: holdsTyped === true,
    commands: Array.isArray(commands) ? commands.filter(command => typeof command === 'string') : [],
    ...(typeof rulePages === 'string' && { rulePages }),
  };
}

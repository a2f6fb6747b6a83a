/** The method of a request, tied to what is sent and what comes back: a mismatch does not compile. */
export interface RequestMethod<Params, Result> {
  readonly method: string;
  /** For the compiler alone, never there. */
  readonly types?: (params: Params) => Result;
}

/** The method of a notification, tied to what is sent. */
export interface NotificationMethod<Params> {
  readonly method: string;
  /** For the compiler alone, never there. */
  readonly types?: (params: Params) => void;
}

export function request<Params, Result>(method: string): RequestMethod<Params, Result> {
  return { method };
}

export function notification<Params>(method: string): NotificationMethod<Params> {
  return { method };
}

/** The other side, as a client of VS Code or a connection of the server has it. */
interface Peer<Token> {
  sendRequest<Result>(method: string, params: unknown, token?: Token): Promise<Result>;
  sendNotification(method: string, params: unknown): Promise<void>;
  onRequest(method: string, answer: (params: unknown, token: Token) => unknown): unknown;
  onNotification(method: string, listener: (params: unknown) => void): unknown;
}

/** Rejects when the other side does, or is gone. */
export function sendRequest<Params, Result, Token>(
  peer: Pick<Peer<Token>, 'sendRequest'>,
  { method }: RequestMethod<Params, Result>,
  params: Params,
  token?: Token,
): Promise<Result> {
  // A token that is given and undefined would be sent as a second parameter.
  if (token === undefined) return peer.sendRequest<Result>(method, params);
  return peer.sendRequest<Result>(method, params, token);
}

export function sendNotification<Params>(
  peer: Pick<Peer<unknown>, 'sendNotification'>,
  { method }: NotificationMethod<Params>,
  params: Params,
): Promise<void> {
  return peer.sendNotification(method, params);
}

export function onRequest<Params, Result, Token>(
  peer: Pick<Peer<Token>, 'onRequest'>,
  { method }: RequestMethod<Params, Result>,
  answer: (params: Params, token: Token) => Result | Promise<Result>,
): void {
  peer.onRequest(method, (params, token) => answer(params as Params, token));
}

export function onNotification<Params>(
  peer: Pick<Peer<unknown>, 'onNotification'>,
  { method }: NotificationMethod<Params>,
  listener: (params: Params) => void,
): void {
  peer.onNotification(method, params => listener(params as Params));
}

/** A part of a text, as LSP has it. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A part of a file. */
export interface FilePlace extends TextRange {
  readonly uri: string;
}

/** What the client can do beyond LSP; it sends this as `initializationOptions`. Everything is optional. */
export interface InitializationOptions {
  /** It answers `deploykf/readFile`. */
  readonly readsFiles?: boolean;
  /** It answers `deploykf/findFiles`. */
  readonly findsFiles?: boolean;
  /** It answers `deploykf/http`. */
  readonly sendsHttp?: boolean;
  /** It wants `deploykf/fileStatus`. */
  readonly showsStatus?: boolean;
  /** It wants `deploykf/imagesChanged`. */
  readonly showsImages?: boolean;
  /** It shows what is wrong with a line that is being typed only when the typing rests; for clients that ask for diagnostics. */
  readonly holdsTyped?: boolean;
  /** Its own commands that a code action may run. */
  readonly commands?: readonly string[];
  /** What the address of a rule's page starts with; `CODE.md` follows. */
  readonly rulePages?: string;
}

/** Server to client: the text of a file that the server cannot reach, such as one of a virtual workspace. */
export const readFileRequest = request<ReadFileParams, ReadFileResult>('deploykf/readFile');

export interface ReadFileParams {
  readonly uri: string;
  /** A larger file is not sent. */
  readonly maxBytes: number;
}

export type ReadFileResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Server to client: the URIs of the files in a folder that match a glob, for folders that the server cannot list. */
export const findFilesRequest = request<FindFilesParams, FindFilesResult>('deploykf/findFiles');

export interface FindFilesParams {
  /** The URI of the folder. */
  readonly folder: string;
  readonly include: string;
  readonly exclude: string;
  readonly maxResults: number;
}

export type FindFilesResult = readonly string[];

/** Server to client, a notification: what an open file is; sent when it changes. */
export const fileStatusNotification = notification<FileStatus>('deploykf/fileStatus');

export interface FileStatus {
  /** As the client wrote it. */
  readonly uri: string;
  /** Whether it is a deployKF values file. */
  readonly isValues: boolean;
  /** Its stacks, the one that hovers show first at the front. */
  readonly stacks: readonly StackStatus[];
  readonly hasPolicy: boolean;
  /** There are private images, and no policy says which registry they are meant for. */
  readonly lacksPolicy: boolean;
  /** What the components of the first stack pull that are deployed; `undefined`: not counted yet, or its release is not known. */
  readonly counts?: StackCounts;
}

export interface StackCounts {
  readonly images: number;
  /** How many of them are gone from where they are pulled. */
  readonly gone: number;
  /** How many layers are missing, which may say otherwise; 0: not even that is known. `undefined`: all are here. */
  readonly missing?: number;
}

export interface StackStatus {
  readonly id: string;
  /** A stack of one file over the defaults has the name ''. */
  readonly name: string;
  readonly release: string;
  /** Why it is taken for that release, where none is named. */
  readonly guess?: string;
  /** The virtual documents of its values; `undefined`: the release is not known. */
  readonly documents?: StackDocuments;
}

/** The URIs of virtual documents. */
export interface StackDocuments {
  /** With resolved tags and hidden images. */
  readonly effective: string;
  /** The plain merge, to be compared with `defaults`. */
  readonly merged: string;
  readonly defaults: string;
}

/** Client to server, a notification: the stack that comes first where a file has several. */
export const chooseStackNotification = notification<ChooseStackParams>('deploykf/chooseStack');

export interface ChooseStackParams {
  /** The `id` of a `StackStatus`. */
  readonly stack: string;
}

/** The scheme of read-only documents that the server makes: pages of rules, defaults of releases, effective values. */
export const virtualScheme = 'deploykf-values';

/** Client to server: the text of such a document; `null` when there is none. */
export const virtualTextRequest = request<VirtualTextParams, string | null>('deploykf/virtualText');

export interface VirtualTextParams {
  readonly uri: string;
}

/** Server to client, a notification with `VirtualTextParams`: a document that was asked for has another text now. */
export const virtualTextChangedNotification = notification<VirtualTextParams>('deploykf/virtualTextChanged');

/** Client to server, a notification with `VirtualTextParams`: a document is not shown any more. */
export const virtualTextClosedNotification = notification<VirtualTextParams>('deploykf/virtualTextClosed');

/** Client to server: makes every change of one kind in a file; the edit comes back through `workspace/applyEdit`. */
export const rewriteRequest = request<RewriteParams, RewriteResult>('deploykf/rewrite');

export interface RewriteParams {
  readonly uri: string;
  /** `component`: that of the place of the cursor. */
  readonly what: 'file' | 'component' | 'missing' | 'fixAll' | 'pins';
  readonly position: { readonly line: number; readonly character: number };
}

/** Where a code lens is, as it gives that to the command of the client. */
export type LensPlace = Pick<RewriteParams, 'uri' | 'position'>;

export interface RewriteResult {
  /** What was done, or why nothing was. */
  readonly message: string;
  readonly isApplied: boolean;
  /** Nothing can be rewritten before a registry is chosen. */
  readonly needsRegistry?: boolean;
  /** How many tags of the file could be pinned as well. */
  readonly pinnable?: number;
}

/** Client to server: what is wrong with the name of a private registry, and how images could be laid out in it. */
export const registryLayoutsRequest = request<RegistryLayoutsParams, RegistryLayoutsResult>(
  'deploykf/registryLayouts',
);

export interface RegistryLayoutsParams {
  readonly registry: string;
  /** A file whose images are to be the examples. */
  readonly uri?: string;
}

export interface RegistryLayoutsResult {
  /** Why it cannot be used; `undefined`: it can. */
  readonly problem?: string;
  /** Empty when there is a problem. */
  readonly layouts: readonly RegistryLayoutChoice[];
}

export interface RegistryLayoutChoice {
  readonly id: string;
  readonly label: string;
  /** One image before and after. */
  readonly example: string;
  readonly isSuggested: boolean;
}

export interface RegistryChoice {
  readonly registry: string;
  /** A layout's id. */
  readonly layout: string;
}

export interface AdoptRegistryResult extends RewriteResult {
  /** The project file that was written, to be saved and shown. */
  readonly projectFile?: string;
  /** What is wrong with the choice; nothing is written until the user confirms. */
  readonly problems?: readonly string[];
}

/** Client to server: what a project file for a folder may say. */
export const offerProjectFileRequest = request<OfferProjectFileParams, OfferProjectFileResult>(
  'deploykf/offerProjectFile',
);

export interface OfferProjectFileParams {
  /** A file in the folder, or the folder with its closing slash. */
  readonly uri: string;
}

export interface OfferProjectFileResult {
  /** Why nothing can be written; `undefined`: it can. */
  readonly problem?: string;
  /** The project file, if it exists: what it lacks is added. */
  readonly projectFile?: string;
  /** The releases to choose from, the likeliest first; empty: the project file names one. */
  readonly releases: readonly { readonly release: string; readonly reason?: string }[];
  /** Whether a registry policy can be written, so that there is none yet. */
  readonly takesPolicy: boolean;
  /** The policy that private images follow already, in words as of `OfferRewriteResult`. */
  readonly rules: readonly string[];
  readonly stacks: readonly StackProposal[];
  /** The values files that no stack names, relative to the folder. */
  readonly files: readonly string[];
}

export interface StackProposal {
  readonly name: string;
  readonly release?: string;
  /** Relative to the folder, weakest first. */
  readonly values: readonly string[];
}

/** Client to server: writes the project file of a folder, or adds to it; the edit comes back as for a rewrite. */
export const createProjectFileRequest = request<CreateProjectFileParams, AdoptRegistryResult>(
  'deploykf/createProjectFile',
);

export interface CreateProjectFileParams extends OfferProjectFileParams {
  readonly release?: string;
  readonly policy: RegistryChoice | 'inferred' | 'none';
  readonly stacks: readonly StackProposal[];
  /** The user has seen the problems. */
  readonly isConfirmed?: boolean;
}

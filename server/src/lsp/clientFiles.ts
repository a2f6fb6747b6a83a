import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { candidateGlob, candidateKind, skippedFolders, withoutData } from '../core/workspace/discovery.ts';
import { isInside, normalizeUri } from '../core/stack/uri.ts';
import { withoutIgnored } from '../host/gitIgnore.ts';
import {
  boundFiles,
  fileProblems,
  maxFileBytes,
  maxListed,
  type FileSource,
  type FileText,
} from '../host/files.ts';
import {
  findFilesRequest,
  readFileRequest,
  sendRequest,
  type FindFilesParams,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol.ts';
import { withPatience } from './withPatience.ts';

/** In milliseconds: a client reads from far away at times. One that let us down is not waited for as long the next time. */
const clientPatience = 10_000;
const lostPatience = 100;

/**
 * Files as the client reads them, where only it can: in a browser, and in virtual workspaces. There, a URI is
 * all that tells where a file is: links and git work trees are invisible. `onLate` is given what has to be read
 * again, as it came late.
 */
export function clientFiles(
  connection: Connection,
  { own }: ClientFeatures,
  onLate: (uri: string) => void,
): FileSource {
  const asked = new Asked<ReadFileResult>(onLate);
  const read = async (uri: string): Promise<FileText> => {
    const params: ReadFileParams = { uri, maxBytes: maxFileBytes };
    try {
      const result = await asked.ask(uri, () => sendRequest(connection, readFileRequest, params));
      if (result === undefined) return unreadable('cannot be read: the editor does not answer');
      if (result.kind === 'unreadable') return unreadable(`cannot be read: ${result.reason}`);
      return result;
    } catch (error) {
      return unreadable(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const files: FileSource = {
    read: (uri, bounds) => {
      const problem = boundsProblem(uri, bounds);
      if (problem === undefined) return read(uri);
      return Promise.resolve(unreadable(problem));
    },
  };
  if (own.findsFiles !== true) return files;
  const lists = new Asked<readonly string[]>(folder => onLate(`${folder}/.gitignore`));
  const list = async (folder: string): Promise<readonly string[]> => {
    const found = await lists.ask(folder, () =>
      sendRequest(connection, findFilesRequest, findParams(folder)),
    );
    // The glob cannot leave out names that it has.
    const candidates = (found ?? []).map(normalizeUri).filter(uri => candidateKind(uri) !== undefined);
    return withoutIgnored(
      folder,
      withoutData(candidates).toSorted(),
      boundFiles(files, () => [folder]),
    );
  };
  return { ...files, list: folder => list(folder).catch(() => []) };
}

/** As that of the host, by URIs. */
function boundsProblem(uri: string, bounds: readonly string[]): string | undefined {
  const folder = bounds.find(candidate => isInside(candidate, uri));
  if (folder === undefined) return fileProblems.outside;
  if (!/(?:^|\/)\.git(?:\/|$)/i.test(uri.slice(folder.length))) return undefined;
  return fileProblems.ofGit;
}

function unreadable(problem: string): FileText {
  return { kind: 'unreadable', problem };
}

function findParams(folder: string): FindFilesParams {
  return {
    folder,
    include: candidateGlob,
    exclude: `**/{${skippedFolders.join(',')}}/**`,
    maxResults: maxListed,
  };
}

/** Questions to a client that may answer late or never. */
class Asked<T> {
  readonly #onLate: (uri: string) => void;
  readonly #late = new Map<string, T>();
  #patience = clientPatience;

  constructor(onLate: (uri: string) => void) {
    this.#onLate = onLate;
  }

  /** The answer, or the one that came too late the last time; `undefined`: there is none yet. */
  async ask(uri: string, send: () => Promise<T>): Promise<T | undefined> {
    const late = this.#late.get(uri);
    this.#late.delete(uri);
    if (late !== undefined) return late;
    const answer = await withPatience(send(), this.#patience, result => this.#take(uri, result));
    this.#patience = answer === undefined ? lostPatience : clientPatience;
    return answer;
  }

  #take(uri: string, answer: T | undefined): void {
    this.#patience = clientPatience;
    if (answer === undefined) return;
    this.#late.set(uri, answer);
    this.#onLate(uri);
  }
}

const unreachable: FileSource = {
  read: () => Promise.resolve(unreadable('cannot be read: the editor offers no access to it')),
};

/** What this machine has is read directly, all else through the client when it can. */
export function combineFiles(fileSource: FileSource | undefined, client: FileSource | undefined): FileSource {
  const filesOf = (uri: string): FileSource => {
    if (fileSource !== undefined && uri.startsWith('file:')) return fileSource;
    return client ?? unreachable;
  };
  const read: FileSource['read'] = (uri, bounds) => filesOf(uri).read(uri, bounds);
  // A client tells nothing of what git keeps for itself.
  const repository: FileSource['repository'] = async folder => filesOf(folder).repository?.(folder);
  if (fileSource?.list === undefined && client?.list === undefined) return { read, repository };
  return {
    read,
    repository,
    list: async (folder, options) => (await filesOf(folder).list?.(folder, options)) ?? [],
  };
}

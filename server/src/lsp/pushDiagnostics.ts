import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { clientUri } from './convert.ts';
import type { Diagnostics } from './diagnostics.ts';
import { describeError, type Log } from './log.ts';
import { looseBeside } from '../core/workspace/undefinedStacks.ts';
import type { Changed, OpenWorkspace } from './openWorkspace.ts';

interface PushOptions {
  readonly connection: Connection;
  readonly workspace: OpenWorkspace;
  readonly client: ClientFeatures;
  readonly diagnostics: Diagnostics;
  readonly log: Log;
}

/** From this on the check of one file is slow, and the next one waits as long as it took, so that typing never queues up. */
const slowCheck = 25;
const longestWait = 200;

/** For clients that do not ask: sends the diagnostics of open files, and those of project files, after each change. */
export function pushDiagnostics(options: PushOptions): void {
  const pusher = new Pusher(options);
  options.workspace.onDidChange(changed => pusher.note(changed));
}

class Pusher {
  readonly #options: PushOptions;
  readonly #due = new Set<string>();
  /** Files that the client shows diagnostics of. */
  readonly #shown = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastCheck = 0;

  constructor(options: PushOptions) {
    this.#options = options;
  }

  note(changed: Changed): void {
    const uris = changed === 'all' ? this.#allUris() : changed.flatMap(uri => [uri, ...this.#beside(uri)]);
    for (const uri of uris) this.#due.add(uri);
    if (this.#due.size === 0) return;
    this.#start();
  }

  #start(): void {
    const { log } = this.#options;
    const flush = (): void => {
      this.#flush().catch((error: unknown) => log.error(`Diagnostics failed: ${describeError(error)}`));
    };
    this.#timer ??= setTimeout(flush, this.#lastCheck < slowCheck ? 0 : this.#lastCheck);
  }

  /** Files of the same stacks, whose findings the changed file has a say in. */
  #beside(uri: string): readonly string[] {
    const { snapshot } = this.#options.workspace;
    return [...snapshot.plansOf(uri).flatMap(plan => plan.uris), ...looseBeside(snapshot, uri)];
  }

  #allUris(): readonly string[] {
    const { workspace } = this.#options;
    return [
      ...[...workspace.documents].map(document => document.file.uri),
      ...this.#projectFiles(),
      ...this.#shown,
    ];
  }

  /** An invalid project file has a say in everything, so it is reported even when it is not open. */
  #projectFiles(): readonly string[] {
    return this.#options.workspace.snapshot.state.folders.flatMap(folder => folder.project?.file.uri ?? []);
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    // What is being read may change the findings; the workspace speaks up again when it is there.
    if (!this.#options.workspace.isSettled) return;
    const start = performance.now();
    const due = this.#inOrder([...this.#due]);
    this.#due.clear();
    const projects = this.#projectFiles();
    for (const [index, uri] of due.entries()) {
      if (!(await this.#options.diagnostics.prepare(uri))) {
        for (const left of due.slice(index)) this.#due.add(left);
        return this.#start();
      }
      this.#send(uri, projects.includes(uri));
      if (index === 0) this.#lastCheck = Math.min(performance.now() - start, longestWait);
    }
  }

  /** The files that someone sees, those of few stacks first: one that all stacks share takes long and can wait. */
  #inOrder(uris: readonly string[]): readonly string[] {
    const { workspace } = this.#options;
    const isTold = (uri: string): boolean => workspace.document(uri) !== undefined || this.#shown.has(uri);
    const projects = this.#projectFiles();
    const cost = new Map(uris.map(uri => [uri, workspace.snapshot.plansOf(uri).length]));
    return uris
      .filter(uri => isTold(uri) || projects.includes(uri))
      .toSorted((a, b) => (cost.get(a) ?? 0) - (cost.get(b) ?? 0));
  }

  #send(uri: string, isProjectFile: boolean): void {
    const { connection, workspace, client, diagnostics, log } = this.#options;
    const document = workspace.document(uri);
    const items = document === undefined && !isProjectFile ? [] : [...diagnostics.of(uri).items];
    if (document === undefined && items.length === 0 && !this.#shown.has(uri)) return;
    if (items.length === 0) this.#shown.delete(uri);
    else this.#shown.add(uri);
    const version = document === undefined || !client.diagnosticVersion ? {} : { version: document.version };
    connection
      .sendDiagnostics({ uri: clientUri(workspace, uri), ...version, diagnostics: items })
      .catch((error: unknown) => log.warn(`Diagnostics were not sent: ${describeError(error)}`));
  }
}

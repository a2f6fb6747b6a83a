import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { clientUri } from './convert.ts';
import type { Diagnostics, FileDiagnostics } from './diagnostics.ts';
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

/** For clients that do not ask: sends the diagnostics of open files, and of those that are reported unopened, after each change. */
export function pushDiagnostics(options: PushOptions): void {
  const pusher = new Pusher(options);
  options.workspace.onDidChange(changed => pusher.note(changed));
}

const nothing: FileDiagnostics = { items: [], resultId: '' };

class Pusher {
  readonly #options: PushOptions;
  readonly #due = new Set<string>();
  /** Files that the client shows diagnostics of, with their ids. */
  readonly #shown = new Map<string, string>();
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
      ...workspace.reported,
      ...this.#shown.keys(),
    ];
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    // What is being read may change the findings; the workspace speaks up again when it is there.
    if (!this.#options.workspace.isSettled) return;
    const start = performance.now();
    const due = this.#inOrder([...this.#due]);
    this.#due.clear();
    for (const [index, uri] of due.entries()) {
      if (!(await this.#options.diagnostics.prepare(uri))) {
        for (const left of due.slice(index)) this.#due.add(left);
        return this.#start();
      }
      this.#send(uri);
      if (index === 0) this.#lastCheck = Math.min(performance.now() - start, longestWait);
    }
  }

  /** Open files before others, those of few stacks first: one that all stacks share takes long and can wait. */
  #inOrder(uris: readonly string[]): readonly string[] {
    const { workspace } = this.#options;
    const { reported, snapshot } = workspace;
    const isOpen = (uri: string): boolean => workspace.document(uri) !== undefined;
    const told = uris.filter(uri => isOpen(uri) || this.#shown.has(uri) || reported.has(uri));
    const rank = new Map(told.map(uri => [uri, isOpen(uri) ? 0 : 1]));
    const cost = new Map(told.map(uri => [uri, snapshot.plansOf(uri).length]));
    const difference = (by: ReadonlyMap<string, number>, a: string, b: string): number =>
      (by.get(a) ?? 0) - (by.get(b) ?? 0);
    return told.toSorted((a, b) => difference(rank, a, b) || difference(cost, a, b));
  }

  #send(uri: string): void {
    const { connection, workspace, client, diagnostics, log } = this.#options;
    const document = workspace.document(uri);
    const isTold = document !== undefined || workspace.reported.has(uri);
    const { items, resultId } = isTold ? diagnostics.of(uri) : nothing;
    const known = this.#shown.get(uri);
    const isSame = known === resultId || (known === undefined && items.length === 0);
    // An open file has a version, which the client waits for.
    if (document === undefined && isSame) return;
    if (items.length === 0) this.#shown.delete(uri);
    else this.#shown.set(uri, resultId);
    const version = document === undefined || !client.diagnosticVersion ? {} : { version: document.version };
    connection
      .sendDiagnostics({ uri: clientUri(workspace, uri), ...version, diagnostics: [...items] })
      .catch((error: unknown) => log.warn(`Diagnostics were not sent: ${describeError(error)}`));
  }
}

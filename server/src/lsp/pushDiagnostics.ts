import type { Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './clientFeatures.ts';
import { clientUri } from './convert.ts';
import type { Diagnostics } from './diagnostics.ts';
import { describeError, type Log } from './log.ts';
import type { Changed, World } from './world.ts';

interface PushOptions {
  readonly connection: Connection;
  readonly world: World;
  readonly client: ClientFeatures;
  readonly diagnostics: Diagnostics;
  readonly log: Log;
}

/** From this on a check is slow, and the next one waits as long as it took, so that typing never queues up behind checks. */
const slowCheck = 25;
const longestWait = 200;

/** For clients that do not ask: sends the diagnostics of open files, and those of project files, after each change. */
export function pushDiagnostics(options: PushOptions): void {
  const pusher = new Pusher(options);
  options.world.onDidChange(changed => pusher.note(changed));
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
    this.#timer ??= setTimeout(() => this.#flush(), this.#lastCheck < slowCheck ? 0 : this.#lastCheck);
  }

  /** Files of the same stacks, whose findings the changed file has a say in. */
  #beside(uri: string): readonly string[] {
    return this.#options.world.snapshot.plansOf(uri).flatMap(plan => plan.uris);
  }

  #allUris(): readonly string[] {
    const { world } = this.#options;
    return [...[...world.documents].map(document => document.file.uri), ...this.#projectFiles(), ...this.#shown];
  }

  /** An illegal project file has a say in everything, so it is told also when it is not open. */
  #projectFiles(): readonly string[] {
    return this.#options.world.snapshot.state.folders.flatMap(folder => folder.project?.file.uri ?? []);
  }

  #flush(): void {
    this.#timer = undefined;
    // What is being read may change what is to say; the world speaks up again when it is there.
    if (!this.#options.world.isSettled) return;
    const start = performance.now();
    const due = [...this.#due];
    this.#due.clear();
    const projects = this.#projectFiles();
    for (const uri of due) this.#send(uri, projects.includes(uri));
    this.#lastCheck = Math.min(performance.now() - start, longestWait);
  }

  #send(uri: string, isProjectFile: boolean): void {
    const { connection, world, client, diagnostics, log } = this.#options;
    const document = world.document(uri);
    const items = document === undefined && !isProjectFile ? [] : [...diagnostics.of(uri).items];
    if (document === undefined && items.length === 0 && !this.#shown.has(uri)) return;
    if (items.length === 0) this.#shown.delete(uri);
    else this.#shown.add(uri);
    const version = document === undefined || !client.diagnosticVersion ? {} : { version: document.version };
    connection
      .sendDiagnostics({ uri: clientUri(world, uri), ...version, diagnostics: items })
      .catch((error: unknown) => log.warn(`Diagnostics were not sent: ${describeError(error)}`));
  }
}

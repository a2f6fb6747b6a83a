import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { percentiles, type Percentiles } from './percentiles.ts';

export interface ServerRun {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  readonly edits: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Milliseconds and MiB; percentiles are by nearest rank. */
export interface ServerFigures {
  readonly initialize: number;
  readonly firstDiagnostics: number;
  readonly diagnostics: Percentiles;
  readonly hover: Percentiles;
  readonly cpuPerEdit: number;
  readonly memory: number;
}

/** Measures a language server over stdio from outside: types into the middle of a file and waits for what comes back. */
export async function measureServer(run: ServerRun): Promise<ServerFigures> {
  const started = performance.now();
  const child = spawn(run.command[0] ?? '', run.command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const session = new Session(child, run);
  try {
    await session.initialize();
    const initialize = performance.now() - started;
    const firstDiagnostics = await session.open();
    await session.type(10);
    const before = cpuTime(child);
    const diagnostics = await session.type(run.edits);
    const cpuPerEdit = (cpuTime(child) - before) / run.edits;
    const hover = await session.hover(run.edits);
    const memory = memoryOf(child.pid);
    return {
      initialize,
      firstDiagnostics,
      diagnostics: percentiles(diagnostics),
      hover: percentiles(hover),
      cpuPerEdit,
      memory,
    };
  } finally {
    await session.close();
  }
}

class Session {
  readonly #run: ServerRun;
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #uri: string;
  readonly #line: number;
  #version = 1;
  #column: number;
  #onDiagnostics: () => void = () => {};

  constructor(child: ChildProcess, run: ServerRun) {
    if (child.stdout === null || child.stdin === null) throw new Error('the server has no pipes');
    this.#run = run;
    this.#child = child;
    this.#uri = pathToFileURL(run.file).href;
    const lines = run.text.split('\n');
    this.#line = lines.findIndex((line, index) => index > lines.length / 2 && /^\s+\w+: \S/.test(line));
    this.#column = lines[this.#line]?.length ?? 0;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string }) => {
      if (params.uri === this.#uri) this.#onDiagnostics();
    });
    this.#connection.onRequest('workspace/configuration', (params: { items: { section?: string }[] }) =>
      params.items.map(({ section }) => run.settings[section ?? ''] ?? null),
    );
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.onUnhandledNotification(() => undefined);
    this.#connection.listen();
  }

  async initialize(): Promise<void> {
    const rootUri = pathToFileURL(this.#run.folder).href;
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'bench' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          hover: { contentFormat: ['markdown'] },
        },
      },
    });
    await this.#connection.sendNotification('initialized', {});
    await this.#connection.sendNotification('workspace/didChangeConfiguration', {
      settings: this.#run.settings,
    });
  }

  async open(): Promise<number> {
    return this.#timed(() =>
      this.#connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: this.#uri, languageId: 'yaml', version: this.#version, text: this.#run.text },
      }),
    );
  }

  /** Types into a comment at the end of a line, one character a time, each awaited. */
  async type(count: number): Promise<readonly number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index++) times.push(await this.#timed(() => this.#change()));
    return times;
  }

  /** The time from a keystroke to the answer of a hover that is asked right behind it. */
  async hover(count: number): Promise<readonly number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      const start = performance.now();
      await this.#change();
      await this.#connection.sendRequest('textDocument/hover', {
        textDocument: { uri: this.#uri },
        position: { line: this.#line, character: 8 },
      });
      times.push(performance.now() - start);
    }
    return times;
  }

  async close(): Promise<void> {
    await Promise.race([
      this.#connection.sendRequest('shutdown'),
      new Promise(resolve => setTimeout(resolve, 2000)),
    ]);
    await this.#connection.sendNotification('exit');
    this.#connection.dispose();
    this.#child.kill();
  }

  async #change(): Promise<void> {
    const at = { line: this.#line, character: this.#column };
    const text = this.#version === 1 ? ' # x' : 'x';
    this.#version++;
    this.#column += text.length;
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.#uri, version: this.#version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
  }

  async #timed(act: () => Promise<void>): Promise<number> {
    const arrived = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#run.name} sent no diagnostics`)), 30_000);
      this.#onDiagnostics = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
    const start = performance.now();
    await act();
    await arrived;
    return performance.now() - start;
  }
}

/** User and system time of a process in milliseconds, from Linux' `/proc`; NaN elsewhere. */
function cpuTime({ pid }: ChildProcess): number {
  const fields = statOf(pid);
  return fields === undefined ? NaN : (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in MiB, from Linux' `/proc`; NaN elsewhere. */
export function memoryOf(pid: number | undefined): number {
  const fields = statOf(pid);
  return fields === undefined ? NaN : (Number(fields[21]) * 4096) / 2 ** 20;
}

function statOf(pid: number | undefined): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  } catch {
    return undefined;
  }
}

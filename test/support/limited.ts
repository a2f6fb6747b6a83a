// Runs what may hang outside of the test's own thread, so that a hang fails one test and does not stop the suite.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = { cli: 'server/src/cli/main.ts', server: 'server/src/lsp/main.node.ts' };

/** The command line or the server as one file for `node`; remove the folder of it with `remove`. */
export function bundle(kind: keyof typeof entries): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-bundle-'));
  const file = join(folder, `${kind}.cjs`);
  buildSync({
    absWorkingDir: root,
    entryPoints: [entries[kind]],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface LimitedRun {
  /** `undefined`: it was killed, since it took too long. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Limits {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** After these it is killed; 20 by default. */
  readonly seconds?: number;
}

/** Runs a program of this machine to its end, or kills it. */
export function runLimited(
  program: string,
  argv: readonly string[],
  limits: Limits = {},
): Promise<LimitedRun> {
  const { cwd, stdin = '', env = process.env, seconds = 20 } = limits;
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { cwd, env, timeout: seconds * 1000, killSignal: 'SIGKILL' });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? undefined, ...output }));
    // A program that ends before it has read everything is none of our business.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** A module, named from the repository's root, in a thread of its own: what hangs there is ended. */
export class LimitedModule {
  readonly #url: string;
  #worker: Worker | undefined;

  constructor(module: string) {
    this.#url = new URL(module, new URL('../../', import.meta.url)).href;
  }

  /**
   * Calls an exported function and gives its result. Rejects when it throws, and when it takes too long: the thread is ended
   * then, whatever it is doing.
   */
  async call(name: string, args: readonly unknown[], seconds = 20): Promise<unknown> {
    const worker = (this.#worker ??= new Worker(caller, { eval: true, workerData: this.#url }));
    worker.postMessage({ name, args });
    try {
      return await answerOf(worker, `${name} was not done after ${seconds} seconds`, seconds);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

const caller = `
  const { parentPort, workerData } = require('node:worker_threads');
  const loaded = import('tsx/esm/api').then(({ register }) => register()).then(() => import(workerData));
  parentPort.on('message', ({ name, args }) => {
    loaded
      .then(module => parentPort.postMessage({ result: module[name](...args) }))
      .catch(error => parentPort.postMessage({ error: String(error?.stack ?? error) }));
  });`;

function answerOf(worker: Worker, tooLate: string, seconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(tooLate)), seconds * 1000);
    worker.removeAllListeners('error').once('error', reject);
    worker.once('message', (answer: { readonly result?: unknown; readonly error?: string }) => {
      clearTimeout(timer);
      if (answer.error === undefined) resolve(answer.result);
      else reject(new Error(answer.error));
    });
  });
}

/** The same for a single call. */
export async function callLimited(
  { module, name }: { readonly module: string; readonly name: string },
  args: readonly unknown[],
  seconds = 20,
): Promise<unknown> {
  const limited = new LimitedModule(module);
  try {
    return await limited.call(name, args, seconds);
  } finally {
    await limited.end();
  }
}

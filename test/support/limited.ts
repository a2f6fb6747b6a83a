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
export function runLimited(program: string, argv: readonly string[], limits: Limits = {}): Promise<LimitedRun> {
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

/**
 * Calls an exported function of a module, named from the repository's root, in a thread of its own, and gives its result.
 * Rejects when it throws, and when it takes too long: its thread is ended then, whatever it is doing.
 */
export async function callLimited(
  { module, name }: { readonly module: string; readonly name: string },
  args: readonly unknown[],
  seconds = 20,
): Promise<unknown> {
  const code = `
    const { parentPort, workerData: { url, name, args } } = require('node:worker_threads');
    import('tsx/esm/api').then(({ register }) => register()).then(() => import(url))
      .then(module => parentPort.postMessage({ result: module[name](...args) }))
      .catch(error => parentPort.postMessage({ error: String(error?.stack ?? error) }));`;
  const url = new URL(module, new URL('../../', import.meta.url)).href;
  const worker = new Worker(code, { eval: true, workerData: { url, name, args } });
  try {
    return await answerOf(worker, `${name} was not done after ${seconds} seconds`, seconds);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, tooLate: string, seconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(tooLate)), seconds * 1000);
    worker.once('error', reject);
    worker.once('message', (answer: { readonly result?: unknown; readonly error?: string }) => {
      clearTimeout(timer);
      if (answer.error === undefined) resolve(answer.result);
      else reject(new Error(answer.error));
    });
  });
}

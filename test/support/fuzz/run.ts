import { Worker } from 'node:worker_threads';
import type { FuzzCase, FuzzEdit, KeptCase } from './cases.ts';
import { shrink, type Shrunk } from './shrink.ts';
import type { FuzzJob, FuzzMessage } from './worker.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly edits: number;
  /** One edit that takes longer is a hang. */
  readonly secondsAnEdit?: number;
  /** Told of each kind of failure once, when it is found. */
  readonly onFailure?: (failure: FoundFailure) => void;
  /** Told now and then how many edits were made. */
  readonly onProgress?: (edits: number) => void;
}

export interface FoundFailure {
  readonly case: KeptCase;
  readonly message: string;
}

export interface FuzzResult {
  readonly edits: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Each kind once, made small. */
  readonly failures: readonly Shrunk[];
}

/**
 * Runs edits in threads that are ended when one edit takes too long or too much memory. Failures do not stop the run; at its
 * end the first of each kind is made small.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const found = new Map<string, FoundFailure>();
  const counts = new Map<string, number>();
  let [made, firstSession] = [0, 0];
  while (made < options.edits) {
    const round = await runRound({
      ...options,
      firstSession,
      edits: options.edits - made,
      before: made,
      found,
    });
    made += Math.max(1, round.edits);
    firstSession = round.session + 1;
    for (const [what, count] of round.counts) counts.set(what, (counts.get(what) ?? 0) + count);
    if (round.isDone) break;
  }
  const failures: Shrunk[] = [];
  for (const failure of found.values()) {
    const small = await shrink(failure);
    // A thread may wait for others that keep the machine busy: only what takes as long again is a hang.
    if (small.isRepeated || failure.case.check !== 'hang') failures.push(small);
  }
  return { edits: made, counts, failures };
}

interface Round extends FuzzJob, Omit<FuzzOptions, 'seed' | 'edits'> {
  /** The edits of the rounds before. */
  readonly before: number;
  readonly found: Map<string, FoundFailure>;
}

interface RoundResult {
  readonly edits: number;
  /** The last session. */
  readonly session: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly isDone: boolean;
}

async function runRound(round: Round): Promise<RoundResult> {
  const { seed, firstSession, edits, secondsAnEdit = 10 } = round;
  const job: FuzzJob = { seed, firstSession, edits };
  const state = new RoundState(round);
  const worker = startWorker(job);
  const ended = new Promise<string | undefined>(resolve => {
    worker.on('message', (message: FuzzMessage) => {
      state.take(message);
      if (message.type === 'done') resolve(undefined);
    });
    worker.on('error', (error: Error & { code?: string }) =>
      resolve(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : `crash: ${error.stack ?? error.message}`,
      ),
    );
  });
  const check = await Promise.race([ended, state.hang(secondsAnEdit)]);
  state.stop();
  await worker.terminate();
  if (check !== undefined) state.fail(check.replace(/:.*/s, ''), check);
  return { edits: state.edits, session: state.session, counts: state.counts, isDone: check === undefined };
}

const loader = `
  const { parentPort, workerData } = require('node:worker_threads');
  import('tsx/esm/api').then(({ register }) => register()).then(() => import(workerData.module))
    .then(({ runJob }) => runJob(workerData.job, message => parentPort.postMessage(message)))
    .catch(error => { setImmediate(() => { throw error; }); });`;

function startWorker(job: FuzzJob): Worker {
  const module = new URL('worker.ts', import.meta.url).href;
  return new Worker(loader, {
    eval: true,
    workerData: { module, job },
    resourceLimits: { maxOldGenerationSizeMb: 1500 },
  });
}

/** What the thread told, so that its end can be told with what it was doing. */
class RoundState {
  readonly #round: Round;
  #current: FuzzCase = { kind: 'values', text: '', edits: [] };
  #edits: FuzzEdit[] = [];
  #lastWord = performance.now();
  #watch: NodeJS.Timeout | undefined;
  edits = 0;
  session: number;
  counts: ReadonlyMap<string, number> = new Map();

  constructor(round: Round) {
    this.#round = round;
    this.session = round.firstSession;
  }

  take(message: FuzzMessage): void {
    this.#lastWord = performance.now();
    if (message.type === 'session') {
      this.session = message.session;
      this.#edits = [];
      this.#current = { kind: message.kind, text: message.text, edits: this.#edits };
    }
    if (message.type === 'edit') {
      this.#edits.push(message.edit);
      this.edits++;
      const all = this.#round.before + this.edits;
      if (all % 1000 === 0) this.#round.onProgress?.(all);
    }
    if (message.type === 'failure') this.fail(message.check, message.message);
    if (message.type === 'done') this.counts = message.counts;
  }

  fail(check: string, message: string): void {
    const { found, onFailure } = this.#round;
    const { kind, text } = this.#current;
    const key = `${check} ${kindOfMessage(message)}`;
    if (found.has(key) || found.size >= 20) return;
    const failure: FoundFailure = { case: { check, kind, text, edits: [...this.#edits] }, message };
    found.set(key, failure);
    onFailure?.(failure);
  }

  /** Ends when the thread has said nothing for so long; loading it takes longer than an edit. */
  hang(seconds: number): Promise<string> {
    return new Promise(resolve => {
      this.#watch = setInterval(() => {
        const limit = this.edits === 0 ? seconds + 60 : seconds;
        if (performance.now() - this.#lastWord > limit * 1000) resolve('hang');
      }, 250);
    });
  }

  stop(): void {
    clearInterval(this.#watch);
  }
}

/** Where an error was thrown; nothing for a message about a text, which is always another. */
function kindOfMessage(message: string): string {
  return /\n +at .*/.exec(message)?.[0].replace(/\(.*\//, '') ?? '';
}

import { Worker } from 'node:worker_threads';

/** In milliseconds. */
export interface WatchTimes {
  readonly poll: number;
  /** When the client is gone: so long the main thread may take to end by itself. */
  readonly grace: number;
  /**
   * When the parent is gone and no client is known: the main thread would see the end of its input, so it is asked for a
   * sign of life. Another process than the parent may be the client, and long work may be legitimate.
   */
  readonly silence: number;
}

const usualTimes: WatchTimes = { poll: 1000, grace: 2000, silence: 30_000 };

/**
 * Ends this process when its client is gone, whatever the main thread is doing, from a thread of its own that does not keep
 * the process alive. The client is the process that it names, or else the parent of this one. `onGone` is called on the
 * main thread, which has a little while to end by itself.
 */
export function watchClient(
  processId: number | undefined,
  onGone: () => void,
  times: WatchTimes = usualTimes,
): void {
  const worker = new Worker(watching, {
    eval: true,
    workerData: { client: processId, parent: process.ppid, ...times },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
    execArgv: [],
    env: {},
  });
  // Where it cannot run, the server still ends with its input.
  worker.on('error', () => undefined);
  worker.on('message', (message: unknown) => {
    if (message === 'gone') onGone();
    else worker.postMessage('alive');
  });
  worker.unref();
}

/** A text, as the server is shipped as one file. `process.exit` would only end the thread. */
const watching = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { client, parent, poll, grace, silence } = workerData;
  let goneSince, askedAt;

  parentPort.on('message', () => (askedAt = undefined));

  function isAlive(id) {
    try {
      process.kill(id, 0);
      return true;
    } catch (error) {
      return error.code === 'EPERM';
    }
  }

  function end() {
    process.kill(process.pid, 'SIGKILL');
  }

  function watchClient(now) {
    if (goneSince === undefined && isAlive(client)) return;
    if (goneSince === undefined) parentPort.postMessage('gone');
    goneSince ??= now;
    if (now - goneSince >= grace) end();
  }

  function watchParent(now) {
    if (process.ppid === parent && isAlive(parent)) return;
    if (askedAt === undefined) parentPort.postMessage('alive?');
    askedAt ??= now;
    if (now - askedAt >= silence) end();
  }

  setInterval(() => {
    const now = performance.now();
    if (client === undefined) watchParent(now);
    else watchClient(now);
  }, poll);
`;

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { bundle } from '../support/limited.ts';

/** A client that starts a server, keeps it busy for longer than a test may take, and says so. */
const client = `
  const { spawn } = require('node:child_process');
  const [server, named, transport] = process.argv.slice(1);
  const isIpc = transport === '--node-ipc';
  const child = spawn(process.execPath, [server, transport], {
    // Nobody but the server holds the last one when this process is gone.
    stdio: [isIpc ? 'ignore' : 'pipe', isIpc ? 'ignore' : 'pipe', 'inherit', 3, ...(isIpc ? ['ipc'] : [])],
  });
  const send = message => {
    if (isIpc) return child.send(message);
    const body = Buffer.from(JSON.stringify(message));
    child.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n');
    child.stdin.write(body);
  };
  const text = 'deploykf_core:\\n' + Array.from({ length: 400000 }, (_, i) => '  key' + i + ': value\\n').join('');
  const onAnswer = () => {
    send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    const textDocument = { uri: 'file:///ws/values.yaml', languageId: 'yaml', version: 1, text };
    send({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } });
    // By now it reads the text, which takes half a minute.
    setTimeout(() => process.stdout.write(child.pid + ' busy'), 2000);
  };
  if (isIpc) child.once('message', onAnswer);
  else child.stdout.once('data', onAnswer);
  const processId = named === 'named' ? process.pid : null;
  send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId, rootUri: null, capabilities: {} } });
`;

/** What is watched while the main thread is in a loop without an end. */
const watching = `
  import { watchClient } from './server/src/lsp/clientWatch.node.ts';
  const [named] = process.argv.slice(2);
  const times = { poll: 50, grace: 100, silence: 300 };
  watchClient(named === undefined ? undefined : Number(named), () => process.exit(1), times);
  // Not before the thread runs, as a real server is not busy at once either.
  setTimeout(() => {
    process.stdout.write('busy');
    setImmediate(() => {
      for (;;);
    });
  }, 500);
`;

const parent = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, process.argv.slice(1), { stdio: ['pipe', 'inherit', 'inherit', 3] });
  process.stdout.write(child.pid + ' ');
`;

describe('A server without a client', function () {
  this.timeout(60_000);
  const { file: server, remove } = bundle('server');
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-watch-'));
  const watcher = join(folder, 'watcher.cjs');
  const started: number[] = [];
  before(() => {
    buildSync({
      absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
      stdin: { contents: watching, resolveDir: fileURLToPath(new URL('../../', import.meta.url)) },
      outfile: watcher,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
  });
  afterEach(() => started.splice(0).forEach(kill));
  after(() => {
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a program, kills it when it says that its child is busy, and gives the end of that. */
  async function orphan(
    program: string,
    ...args: readonly string[]
  ): Promise<{ readonly gone: Promise<unknown> }> {
    const child = spawn(process.execPath, ['-e', program, ...args], {
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    const held = child.stdio[3] as Readable;
    const gone = once(held.resume(), 'end');
    started.push(child.pid ?? 0, await pidOfBusy(child.stdout as Readable));
    child.kill('SIGKILL');
    return { gone };
  }

  async function goesSoon(program: string, ...args: readonly string[]): Promise<void> {
    const { gone } = await orphan(program, ...args);
    await Promise.race([gone, failAfter(10)]);
  }

  it('ends although it is busy', () => goesSoon(client, server, 'named', '--stdio'));

  it('ends although it is busy and speaks with its parent as Node processes do', () =>
    goesSoon(client, server, 'named', '--node-ipc'));

  it('ends although it is in a loop and no client has named itself', () => goesSoon(parent, watcher));

  it('is none as long as the process that named itself is there', async () => {
    const kept = await orphan(parent, watcher, String(process.pid));
    let isGone = false;
    void kept.gone.then(() => (isGone = true));
    // It began later and ends.
    await goesSoon(parent, watcher);
    assert.equal(isGone, false);
  });
});

/** What stands before the word, as soon as that is there. */
async function pidOfBusy(output: Readable): Promise<number> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    if (text.includes('busy')) break;
  }
  return Number.parseInt(text, 10);
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It is gone, as it should be.
  }
}

function failAfter(seconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`It is still there after ${seconds} seconds`)), seconds * 1000).unref();
  });
}

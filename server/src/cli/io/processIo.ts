import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { maxFileBytes } from '../../host/files.ts';
import { describeWriteFailure } from '../../host/replaceFile.node.ts';
import { exitCodes, programName, type Input, type Outside, type Stream } from './io.ts';

/** The process as the commands see it. */
export function processIo(): Outside {
  process.stdout.on('error', endWithoutOutput);
  // Nobody is left to tell that nobody listens.
  process.stderr.on('error', () => undefined);
  return {
    cwd: process.cwd(),
    env: process.env,
    today: new Date().toISOString().slice(0, 10),
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    stdin: processInput,
    pipes: {
      get input() {
        return process.stdin;
      },
      get output() {
        return process.stdout;
      },
    },
    startServer,
    onInterrupt,
  };
}

/** Whoever reads may stop reading, such as `head`, which is not a mistake; what is not printed for another reason is one. */
function endWithoutOutput(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`${programName}: the output ${describeWriteFailure(error)}\n`);
  process.exit(exitCodes.failed);
}

/** Node leaves `isTTY` out where there is no terminal, against its types. */
function isTerminal({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true;
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  return {
    write: text => void stream.write(text),
    isTerminal: isTerminal(stream),
    columns: stream.isTTY ? stream.columns : undefined,
  };
}

/** The second Ctrl-C ends the process as ever. */
function onInterrupt(listener: () => void): () => void {
  process.once('SIGINT', listener);
  return () => void process.off('SIGINT', listener);
}

const processInput: Input = {
  get isTerminal() {
    return isTerminal(process.stdin);
  },
  async read() {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk as Uint8Array);
      chunks.push(bytes);
      length += bytes.length;
      if (length > maxFileBytes) break;
    }
    return Buffer.concat(chunks);
  },
  async readPieces(take) {
    const decoder = new TextDecoder();
    for await (const chunk of process.stdin) take(decoder.decode(chunk as Uint8Array, { stream: true }));
    take(decoder.decode());
    return undefined;
  },
  ask: question => askLine({ input: process.stdin, output: process.stderr }, question),
};

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** The line that is typed after the question; `undefined`: Ctrl-C, Ctrl-D, or the end of the input. */
export async function askLine({ input, output }: Terminal, question: string): Promise<string | undefined> {
  // The one of `node:readline/promises` fails, or never ends, where nothing is typed.
  const { createInterface } = await import('node:readline');
  const terminal = createInterface({ input, output });
  return new Promise(resolve => {
    const breakOff = (): void => {
      output.write('\n');
      resolve(undefined);
    };
    terminal.once('close', breakOff);
    terminal.question(question, answer => {
      terminal.off('close', breakOff);
      terminal.close();
      resolve(answer);
    });
  });
}

/** The server is next to this bundle; it reads its way of talking from the arguments. */
async function startServer(): Promise<void> {
  if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
  const folder = dirname(realpathSync(process.argv[1] ?? ''));
  await import(pathToFileURL(join(folder, 'server.js')).href);
}

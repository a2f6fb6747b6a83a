import {
  createServerPipeTransport,
  createServerSocketTransport,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageWriter,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { FrameReader } from './frames.node.ts';

export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Calls back when the client is gone, as far as the main thread can see. */
  readonly onEnd: (listener: () => void) => void;
}

/** The way of talking that the arguments name, as editors give them; `undefined` when they name none. */
export function openTransport(args: readonly string[]): Transport | undefined {
  const kind = args
    .map(arg => /^--(stdio|node-ipc|pipe|socket)(?:=|$)/.exec(arg)?.[1])
    .find(name => name !== undefined);
  if (kind === 'stdio') return stdio();
  if (kind === 'node-ipc') return ipc();
  const value = kind === undefined ? undefined : valueOf(args, `--${kind}`);
  if (value === undefined) return undefined;
  const [reader, writer] =
    kind === 'pipe' ? createServerPipeTransport(value) : createServerSocketTransport(Number(value));
  return { reader, writer, onEnd: listener => void reader.onClose(listener) };
}

function stdio(): Transport {
  const { stdin, stdout } = process;
  const reader = new FrameReader(stdin);
  return {
    reader,
    writer: new StreamMessageWriter(stdout),
    onEnd: listener => void reader.onClose(listener),
  };
}

function ipc(): Transport {
  return {
    reader: new IPCMessageReader(process),
    writer: new IPCMessageWriter(process),
    onEnd: listener => void process.once('disconnect', listener),
  };
}

/** What is in the argument itself, or is the next one. */
function valueOf(args: readonly string[], name: string): string | undefined {
  const inline = args.find(arg => arg.startsWith(`${name}=`));
  const at = args.indexOf(name);
  return inline?.slice(name.length + 1) ?? (at < 0 ? undefined : args[at + 1]);
}

import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Catalogs } from '../host/catalogs.ts';
import { nodeSecretFiles } from '../host/dockerConfig.node.ts';
import { nodeFiles } from '../host/files.node.ts';
import { makeCatalogs } from '../host/generators.node.ts';
import { version } from '../host/version.ts';
import { describeError } from './log.ts';
import { startServer } from './server.ts';

const usage = `Usage: deploykf-values-language-server --stdio

The language server of deployKF Values. An editor starts it and speaks LSP with it.

  --stdio    speak over standard input and output
  --version  print the version
  --help     print this text
`;

run(process.argv.slice(2));

function run(args: readonly string[]): void {
  if (args.includes('--help') || args.includes('-h')) process.stdout.write(usage);
  else if (args.includes('--version')) process.stdout.write(`${version}\n`);
  else if (args.some(isTransport)) listen();
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
}

function isTransport(arg: string): boolean {
  return arg === '--stdio' || arg === '--node-ipc' || /^--(?:pipe|socket)(?:=|$)/.test(arg);
}

/** The connection ends the process with its parent, or when its input ends. */
function listen(): void {
  const connection = createConnection(ProposedFeatures.all);
  const logOrExit = (error: unknown): void => {
    if (isClosedPipe(error)) process.exit(1);
    connection.console.error(`Uncaught: ${describeError(error)}`);
  };
  process.on('uncaughtException', logOrExit);
  process.on('unhandledRejection', logOrExit);
  // What a keystroke leaves behind is garbage at the next one; room for it to pile up would be a fifth of all memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  startServer(connection, {
    version,
    catalogs: new Catalogs(),
    files: nodeFiles,
    makeCatalogs,
    secretFiles: nodeSecretFiles(process.env),
  });
}

/** Without anybody to talk to, logging would only make the next error. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Catalogs } from '../host/catalogs.ts';
import { nodeSecretFiles } from '../host/dockerConfig.node.ts';
import { nodeFiles } from '../host/files.node.ts';
import { makeCatalogs } from '../host/generators.node.ts';
import { nodeRegistryAccess } from '../host/registry/access.node.ts';
import { version } from '../host/version.ts';
import { watchClient } from './clientWatch.node.ts';
import { Gate } from './gate.ts';
import { describeError } from './log.ts';
import { startServer } from './server.ts';
import { openTransport, type Transport } from './transport.node.ts';

const usage = `Usage: deploykf-values-language-server --stdio

The language server of deployKF Values. An editor starts it and speaks LSP with it.

  --stdio    communicate over standard input and output
  --version  print the version
  --help     print this text
`;

run(process.argv.slice(2));

function run(args: readonly string[]): void {
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(usage);
  if (args.includes('--version')) return void process.stdout.write(`${version}\n`);
  const transport = openTransport(args);
  if (transport !== undefined) return listen(transport);
  process.stderr.write(usage);
  process.exitCode = 2;
}

/** Ends the process with its client, or when its input ends. */
function listen({ reader, writer, onEnd }: Transport): void {
  const endWithClient = (): void => process.exit(gate.isShutDown ? 0 : 1);
  const gate = new Gate(reader, writer, processId => watchClient(processId, endWithClient));
  onEnd(endWithClient);
  const connection = createConnection(ProposedFeatures.all, gate, writer);
  const logOrExit = (error: unknown): void => {
    if (isClosedPipe(error)) process.exit(1);
    connection.console.error(`Uncaught: ${describeError(error)}`);
  };
  process.on('uncaughtException', logOrExit);
  process.on('unhandledRejection', logOrExit);
  // What a keystroke leaves is garbage at the next one; room for it to pile up would be a fifth of all memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  startServer(connection, {
    version,
    catalogs: new Catalogs(),
    files: nodeFiles,
    makeCatalogs,
    secretFiles: nodeSecretFiles(process.env),
    registries: nodeRegistryAccess(process.env),
  });
}

/** Without anybody to talk to, logging would only make the next error. */
function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
  );
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A running VS Code server. */
export interface VsCodeServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Where a VS Code server is installed, the folder of its settings and log, and the one of its extensions. */
export interface ServerFolders {
  readonly vscode: string;
  readonly home: string;
  readonly extensions: string;
}

/** Installs a packaged extension, as "Install from VSIX..." does. */
export async function installExtension(folders: ServerFolders, vsix: string): Promise<void> {
  const args = [...commandLine(folders), '--install-extension', vsix];
  await mkdir(folders.extensions, { recursive: true });
  const log = join(folders.home, 'install.log');
  const isInstalled = await new Promise<boolean>(resolve => {
    execFile(process.execPath, args, { cwd: folders.vscode }, (_error, stdout, stderr) => {
      writeFileSync(log, stdout + stderr);
      resolve(stdout.includes('successfully installed'));
    });
  });
  if (!isInstalled) throw new Error(`VS Code did not install ${vsix}, see ${log}`);
}

/** Starts the server on a free port and waits until it listens. */
export async function startServer(
  folders: ServerFolders,
  env: Readonly<Record<string, string>> = {},
): Promise<VsCodeServer> {
  const args = [...commandLine(folders), '--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  const server = spawn(process.execPath, args, {
    cwd: folders.vscode,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(folders.home, 'server.log'));
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const stop = (): Promise<void> => stopServer(server);
  process.once('exit', () => killGroup(server));
  return { port: await portOf(server, folders.home), stop };
}

function commandLine({ vscode, home, extensions }: ServerFolders): readonly string[] {
  return [
    join(vscode, 'out/server-main.js'),
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--server-data-dir',
    home,
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    extensions,
  ];
}

function portOf(server: ChildProcess, home: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    server.once('exit', code => reject(new Error(`VS Code ended with ${code}, see ${home}/server.log`)));
  });
}

/** The extension hosts are children of the server: the whole process group ends. */
async function stopServer(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  if (killGroup(server)) await ended;
}

/** Whether there was something to end. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  return process.kill(-pid, 'SIGKILL');
}

// Debian's containerd with folders and a socket of its own, which knows nothing of the one of the machine.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TestContainerd {
  /** A folder of its own, removed at the end. */
  readonly folder: string;
  /** What `ctr` prints; throws with what it says where it fails. */
  ctr(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  stop(): Promise<void>;
}

/** It is only asked to fetch: plugins that need a kernel of their own are left out. */
const disabled = [
  'io.containerd.grpc.v1.cri',
  ...['aufs', 'btrfs', 'devmapper', 'zfs'].map(name => `io.containerd.snapshotter.v1.${name}`),
];

export async function startContainerd(): Promise<TestContainerd> {
  const folder = mkdtempSync(join(tmpdir(), 'deploykf-ctr-'));
  const socket = join(folder, 'c.sock');
  const config = [
    'version = 2',
    `root = "${folder}/root"`,
    `state = "${folder}/state"`,
    `disabled_plugins = ${JSON.stringify(disabled)}`,
    '[grpc]',
    `address = "${socket}"`,
  ];
  writeFileSync(join(folder, 'config.toml'), config.map(line => `${line}\n`).join(''));
  const child = spawn('containerd', ['--config', join(folder, 'config.toml')], { stdio: 'ignore' });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const containerd: TestContainerd = {
    folder,
    ctr: async (words, env = {}) => {
      const options = { env: { PATH: process.env.PATH, HOME: folder, ...env }, timeout: 20_000 };
      return (await run('ctr', ['--address', socket, ...words], options)).stdout;
    },
    stop: async () => {
      process.off('exit', kill);
      kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const end = Date.now() + 15_000;
  while (Date.now() < end && child.exitCode === null) {
    if (
      await containerd.ctr(['version']).then(
        () => true,
        () => false,
      )
    )
      return containerd;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  await containerd.stop();
  throw new Error('containerd did not start');
}

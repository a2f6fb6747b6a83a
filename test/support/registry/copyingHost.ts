// The host that copies images: a HOME of its own, where the public registries are one on loopback.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { writeDockerConfig } from './credentials.ts';
import type { TestRegistry } from './testRegistry.ts';

export interface HostRun {
  /** `null`: it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Asked again and again while it runs; with `true` the whole process group is killed. */
  readonly killWhen?: () => boolean;
}

export class CopyingHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'deploykf-host-'));
  readonly #env: NodeJS.ProcessEnv;

  /** It is logged in to these registries and trusts them; it finds programs in these folders, too. */
  constructor(registries: readonly TestRegistry[], folders: readonly string[] = []) {
    mkdirSync(join(this.folder, '.config/containers'), { recursive: true });
    const hosts = registries.map(({ host }) => host);
    const trusted = registries.flatMap(({ certificate }) => certificate?.cert ?? []);
    this.write('ca.crt', trusted.join(''));
    this.#env = {
      PATH: [...folders, process.env.PATH].join(delimiter),
      HOME: this.folder,
      SSL_CERT_FILE: join(this.folder, 'ca.crt'),
      REGISTRY_AUTH_FILE: writeDockerConfig(this.folder, hosts),
    };
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** `undefined`: it is not there. */
  read(path: string): string | undefined {
    const file = join(this.folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  setRegistriesConf(text: string): void {
    this.write('.config/containers/registries.conf', text);
  }

  /** Runs a program in the folder, as the leader of a process group. */
  run(words: readonly string[], { killWhen }: RunOptions = {}): Promise<HostRun> {
    const [program = '', ...args] = words;
    const child = spawn(program, args, {
      cwd: this.folder,
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    process.once('exit', kill);
    const timer = setInterval(() => {
      if (killWhen?.() === true) kill();
    }, 10);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => void (output.stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => void (output.stderr += part.toString()));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code => {
        clearInterval(timer);
        process.off('exit', kill);
        resolve({ code, ...output });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Sends public registries to folders of one on loopback, and lets skopeo speak plain HTTP where a registry does. */
export function upstreamConf(
  upstream: TestRegistry,
  names: readonly string[],
  plain: readonly string[],
): string {
  const tables = [
    ...names.map(name => ['prefix = "' + name + '"', `location = "${upstream.host}/${name}"`]),
    ...plain.map(host => [`location = "${host}"`]),
  ];
  return tables.map(lines => `[[registry]]\n${lines.join('\n')}\ninsecure = true\n`).join('\n');
}

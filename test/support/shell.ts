import { execFile } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
}

/** Runs a program to its end. */
export function runProgram(
  file: string,
  argv: readonly string[],
  { cwd, env, stdin = '' }: Surroundings,
): Promise<Ran> {
  return new Promise(resolve => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024, timeout: 50_000 };
    const child = execFile(file, [...argv], options, (error, stdout, stderr) => {
      const failed = typeof error?.code === 'number' ? error.code : 1;
      resolve({ code: error === null ? 0 : failed, stdout, stderr });
    });
    // A program that ends before it has read all says why itself.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  });
}

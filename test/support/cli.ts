import { PassThrough, Readable } from 'node:stream';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Outside } from '../../server/src/cli/io/io.ts';
import { run } from '../../server/src/cli/run.ts';

export interface CliOptions {
  readonly stdin?: string | Uint8Array;
  /** All three streams are terminals of this width. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What the user types, one answer a question; `undefined` breaks it off. */
  readonly answers?: readonly (string | undefined)[];
  /** The day that suppressions end by. */
  readonly today?: string;
  /** A folder below the workspace. */
  readonly cwd?: string;
  /** Gets what breaks the command off. */
  readonly onStart?: (interrupt: () => void) => void;
}

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own that the command line runs in, in process. */
export class CliWorkspace {
  readonly root: string;
  /** How often the language server was started. */
  starts = 0;

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.root = mkdtempSync(join(tmpdir(), 'deploykf-values-'));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string | Uint8Array): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  async run(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    const output = { stdout: '', stderr: '' };
    const code = await run(argv, this.#io(options, output));
    return { code, ...output };
  }

  /** The JSON on standard output. */
  async json(argv: readonly string[], options: CliOptions = {}): Promise<unknown> {
    const { stdout, stderr } = await this.run([...argv, '--format', 'json'], options);
    const parsed: unknown = JSON.parse(stdout);
    if (typeof parsed === 'object' && parsed !== null && 'error' in parsed) throw new Error(stderr);
    return parsed;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #io(
    { stdin, columns, env, answers, cwd, onStart, today }: CliOptions,
    output: { stdout: string; stderr: string },
  ): Outside {
    const isTerminal = columns !== undefined;
    const left = [...(answers ?? [])];
    return {
      cwd: join(this.root, cwd ?? '.'),
      env: env ?? {},
      today,
      stdout: { write: text => void (output.stdout += text), isTerminal, columns },
      stderr: { write: text => void (output.stderr += text), isTerminal, columns },
      stdin: {
        isTerminal: isTerminal && stdin === undefined,
        read: () =>
          Promise.resolve(
            typeof stdin === 'string' ? new TextEncoder().encode(stdin) : (stdin ?? new Uint8Array()),
          ),
        readPieces: take => {
          const text = typeof stdin === 'string' ? stdin : new TextDecoder().decode(stdin);
          for (let at = 0; at < text.length; at += 7) take(text.slice(at, at + 7));
          return Promise.resolve(undefined);
        },
        ask: question => {
          output.stderr += `${question}\n`;
          return Promise.resolve(left.length === 0 ? '' : left.shift());
        },
      },
      pipes: { input: Readable.from([]), output: new PassThrough() },
      startServer: () => {
        this.starts++;
        return Promise.resolve();
      },
      onInterrupt: listener => {
        onStart?.(listener);
        return () => undefined;
      },
    };
  }
}

/** Runs a test in a workspace that is removed afterwards. */
export function inWorkspace(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (workspace: CliWorkspace) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const workspace = new CliWorkspace(files);
    try {
      await test(workspace);
    } finally {
      workspace.remove();
    }
  };
}

/** Only the rules that a test is about, so that it does not change with others. */
export function onlyRules(codes: readonly string[], all: readonly string[]): string {
  const off = all.filter(code => !codes.includes(code)).map(code => `  ${code}: off\n`);
  return `rules:\n${off.join('')}`;
}

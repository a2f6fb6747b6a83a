import { version } from '../host/version.ts';
import type { Command } from './arguments/command.ts';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './arguments/help.ts';
import { exitCodes, fail, ioOf, programName, type Io, type Outside } from './io/io.ts';
import { askedFormat, runForReport } from './io/failingRun.ts';
import { flagOf } from './arguments/options.ts';
import { oldNodeProblem } from './nodeVersion.ts';
import { suggestion } from './arguments/parseArguments.ts';

/** Runs the command line and gives its exit code: 0 clean, 1 findings, 2 could not run. Never rejects. */
export async function run(argv: readonly string[], outside: Outside): Promise<number> {
  const io = ioOf(outside);
  const format = askedFormat(argv);
  if (format === undefined) return runGuarded(argv, io);
  return runForReport(
    io,
    watched => runGuarded(argv, watched),
    async complaints => {
      const { failedReport } = await import('./output/failedReport.ts');
      return failedReport(io, format, complaints);
    },
  );
}

async function runGuarded(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return fail(io, `this is a bug, please report it: ${text}`);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...words] = argv;
  if (name === undefined) {
    io.stderr.write(generalHelp(commands));
    return exitCodes.failed;
  }
  if (name === '--version' || name === '-V') return print(io, `${version}\n`);
  if (name === '--help' || name === '-h') return print(io, generalHelp(commands));
  if (name === 'help') return help(words, io);
  const tooOld = oldNodeProblem(process.versions.node);
  if (tooOld !== undefined) return fail(io, tooOld);
  const call = findCall(argv);
  if (call === undefined) return fail(io, unknownCommand(name));
  return runCommand(call, io);
}

/** A command, and the words after its name. */
interface Call {
  readonly command: Command;
  readonly words: readonly string[];
}

/** By two words, else by one. `pull-secret` alone creates; its old switches `--add` and `--explain` name the others. */
function findCall([name = '', ...words]: readonly string[]): Call | undefined {
  const [second, ...rest] = words;
  const inGroup = second === undefined ? undefined : findCommand(`${name} ${second}`);
  if (inGroup !== undefined) return { command: inGroup, words: rest };
  if (name !== secretGroup) {
    const command = findCommand(name);
    return command && { command, words };
  }
  const old = ['add', 'explain'].find(mode => words.includes(`--${mode}`)) ?? 'create';
  const command = findCommand(`${secretGroup} ${old}`);
  return command && { command, words: words.filter(word => word !== `--${old}`) };
}

const secretGroup = 'pull-secret';

async function runCommand({ command, words }: Call, io: Io): Promise<number> {
  const end = words.indexOf('--');
  const flags = end < 0 ? words : words.slice(0, end);
  if (flags.includes('--help') || flags.includes('-h')) return print(io, commandHelp(command));
  const started = command.start(words, io);
  if (!('wrong' in started)) return started;
  return fail(io, `${inOtherWords(started.wrong, command)} (see ${programName} ${command.name} --help)`);
}

/** Names the command of the same group that has an option which this one does not. */
function inOtherWords(wrong: string, { name }: Command): string {
  const [unknown, flag] = /^unknown option "(--[\w-]+)"/.exec(wrong) ?? [];
  const [group = ''] = name.split(' ');
  const others = commands.filter(other => other.name !== name && other.name.startsWith(`${group} `));
  const owner = others.find(({ options }) => Object.keys(options).some(key => flagOf(key) === flag));
  if (owner === undefined) return wrong;
  return `${unknown ?? ''}: it is one of ${owner.name}`;
}

function help(words: readonly string[], io: Io): number {
  const [name] = words;
  if (name === undefined) return print(io, generalHelp(commands));
  const call = findCall(words);
  if (call === undefined) return fail(io, unknownCommand(name));
  return print(io, commandHelp(call.command));
}

function findCommand(name: string): Command | undefined {
  return commands.find(command => command.name === name);
}

function unknownCommand(name: string): string {
  if (name.startsWith('-')) {
    return `unknown option "${name}"${suggestion(name, ['--help', '--version'])} (options of a command come after its name, see ${programName} --help)`;
  }
  if (/\.(?:ya?ml|json)$/i.test(name))
    return `"${name}" is not a command: to check a file use ${programName} check ${name}`;
  const names = commands.map(command => command.name);
  const hint = suggestion(name, names) || `: choose from ${names.join(', ')}`;
  return `unknown command "${name}"${hint} (see ${programName} --help)`;
}

function print(io: Io, text: string): number {
  io.stdout.write(text);
  return exitCodes.clean;
}

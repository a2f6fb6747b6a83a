import { version } from '../host/version.ts';
import type { Command } from './arguments/command.ts';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './arguments/help.ts';
import { exitCodes, fail, ioOf, programName, type Io, type Outside } from './io/io.ts';
import { asksForJson, runForJson } from './io/jsonIo.ts';
import { parseArguments, suggestion } from './arguments/parseArguments.ts';

/** Runs the command line and gives its exit code: 0 clean, 1 findings, 2 could not run. Never rejects. */
export async function run(argv: readonly string[], outside: Outside): Promise<number> {
  const io = ioOf(outside);
  if (asksForJson(argv)) return runForJson(io, jsonIo => runGuarded(argv, jsonIo));
  return runGuarded(argv, io);
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
  if (name === 'help') return help(words[0], io);
  const command = findCommand(name);
  return command === undefined ? fail(io, unknownCommand(name)) : runCommand(command, words, io);
}

async function runCommand(command: Command, words: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(command.flags, words);
  if (words.some(word => word === '--help' || word === '-h')) return print(io, commandHelp(command));
  if (parsed.kind === 'wrong') return fail(io, `${parsed.message} (see ${programName} ${command.name} --help)`);
  const runLoaded = await command.load();
  return runLoaded(parsed.args, io);
}

function help(name: string | undefined, io: Io): number {
  const command = name === undefined ? undefined : findCommand(name);
  if (name !== undefined && command === undefined) return fail(io, unknownCommand(name));
  return print(io, command === undefined ? generalHelp(commands) : commandHelp(command));
}

function findCommand(name: string): Command | undefined {
  return commands.find(command => command.name === name);
}

function unknownCommand(name: string): string {
  if (name.startsWith('-')) {
    return `unknown option "${name}"${suggestion(name, ['--help', '--version'])} Options of a command stand behind it (see ${programName} --help)`;
  }
  if (/\.ya?ml$/i.test(name)) return `"${name}" is no command: to check a file use ${programName} check ${name}`;
  const near = suggestion(
    name,
    commands.map(command => command.name),
  );
  return `unknown command "${name}"${near === '' ? `, known are ${commands.map(command => command.name).join(', ')}` : near} (see ${programName} --help)`;
}

function print(io: Io, text: string): number {
  io.stdout.write(text);
  return exitCodes.clean;
}

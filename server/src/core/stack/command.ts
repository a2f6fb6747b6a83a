import { plainRelease } from '../catalog/release.ts';
import type { Span } from '../text/span.ts';
import {
  splitCommas,
  splitFlag,
  syntaxes,
  words,
  type Shell,
  type Syntax,
  type Word,
  type WordsStart,
} from './commandWords.ts';
import { ArgumentLists } from './argumentLists.ts';
import { callsIn, type Call } from './calls.ts';
import { ciMapsOf, spansAt } from './ciMaps.ts';
import { containerOf, findContainerRun, hostPath, type Container } from './container.ts';
import { fetchedGenerator, type FetchedGenerator } from './fetchedGenerators.ts';
import { fetchedSamples, sampleAt, type FetchedSample } from './fetchedSamples.ts';
import { helpTexts } from './helpTexts.ts';
import { loopsOf, turnsAt, type Turn } from './loops.ts';
import { matricesOf, matrixTurnsAt } from './matrices.ts';
import { recipesOf } from './recipes.ts';
import { ScriptLines } from './scriptLines.ts';
import { mayBeFilledIn } from './templated.ts';
import { Variables } from './variables.ts';
import { WorkingFolders } from './workingFolders.ts';

/** A `deploykf generate` command line found in a script. */
export interface GenerateCommand {
  /** UTF-16 offset of the word `generate`, or of the variable that holds it. */
  readonly offset: number;
  readonly release: string | undefined;
  /** What is written in place of a release, where its variables do not tell one; `undefined`: nothing, or they do. */
  readonly openRelease?: OpenRelease;
  /**
   * The folder that the script goes to before, relative to where it is run, so that paths start there; `undefined`: the script says
   * nothing of it, or only the shell knows.
   */
  readonly folder?: string;
  /** A folder or `.zip` of the generator's source. */
  readonly sourcePath: string | undefined;
  /** Why deployKF stops at what is to be its source; `undefined`: nothing is known to be wrong with it. */
  readonly sourceProblem?: SourceProblem;
  /** The values files as written, weakest first; none where only the shell knows them all. */
  readonly values: readonly Word[];
  /** The release whose generator the script gets, for a command that has it from a path. */
  readonly unpacked?: FetchedGenerator;
  /** Upstream's files that the script downloads; `undefined`: none. */
  readonly fetched?: readonly FetchedSample[];
  /** As written, those whose names only the shell knows; `undefined`: none. */
  readonly openValues?: readonly string[];
  /** As written, its words that may stand for more arguments, such as `$@`; `undefined`: none. */
  readonly openArguments?: readonly string[];
}

/**
 * Both or neither of `--source-version` and `--source-path`, a path that is an address, or a tag, before which deployKF puts one more `v`
 * (`cmd/deploykf/generate.go` and `internal/generate/source.go` of deployKF's command line: `MarkFlagsMutuallyExclusive`,
 * `EvalSymlinks`, `getReleaseByVersion`).
 */
export type SourceProblem =
  { readonly kind: 'both' | 'neither' } | { readonly kind: 'address' | 'tag'; readonly text: string };

export interface OpenRelease {
  /** As written, without quotes. */
  readonly text: string;
  /** Why it is not known, a phrase to put after it. */
  readonly reason: string;
}

/** More commands in one script are not written by people: the rest of them is not read. */
const maxCommands = 200;

/**
 * The `deploykf generate` commands in the text of a shell script, Makefile or CI file: continued lines, quotes, `--flag=x`,
 * `-f`, and commas in `--values` as the command itself splits them (a cobra StringSlice). The program may have the name of
 * its download, such as `deploykf-linux-amd64` or `deploykf.exe`, be that of its image, or be in a variable. Variables that the same
 * text assigns are filled in where they have one value; a command in a loop over written words, or in a
 * job with a matrix of them, counts once for each. A value that
 * only the shell knows, such as `$(find …)`, is kept apart. Takes time in proportion to the text.
 */
export function findCommands(text: string, shell: Shell = 'posix'): readonly GenerateCommand[] {
  if (shell !== 'make') return commandsIn(text, syntaxes[shell], []);
  const recipes = recipesOf(text);
  const { outer } = recipes;
  return commandsIn(recipes.text, syntaxes.posix, recipes.lines).map(command => ({
    ...command,
    offset: outer(command.offset),
    ...(command.unpacked && {
      unpacked: { ...command.unpacked, offset: outer(command.unpacked.offset) },
    }),
    values: command.values.map(value => ({
      ...value,
      span: { start: outer(value.span.start), end: outer(value.span.end) },
    })),
  }));
}

/** `shells`: in a Makefile, what one shell runs, in text order. */
function commandsIn(text: string, syntax: Syntax, shells: readonly Span[]): readonly GenerateCommand[] {
  const calls = callsIn(text, syntax);
  if (calls.length === 0) return [];
  const lines = new ScriptLines(text);
  const ciMaps = ciMapsOf(text);
  const variables = new Variables(text, { ciMaps, shells });
  const folders = new WorkingFolders(text, { ciMaps, variables });
  const loops = loopsOf(text);
  const lists = new ArgumentLists(text, syntax, { variables, loops });
  const matrices = matricesOf(ciMaps);
  const helpAt = spansAt(helpTexts(text));
  const generator = fetchedGenerator(text, variables);
  const isRedefined = /\bdeploykf[ \t]*\(\)|\balias[ \t]+deploykf=/.test(text);
  const commands: GenerateCommand[] = [];
  let before = 0;
  for (const [index, { start, end, offset }] of calls.entries()) {
    if (commands.length >= maxCommands) break;
    const run = findContainerRun(text, before, start);
    const atRun = run === undefined ? undefined : { from: run, ...surroundings(lines, run, run) };
    before = end;
    if (lines.isComment(start) || lines.isPrinted(start) || helpAt(start) !== undefined) continue;
    // A command ends where the next one begins.
    const to = calls[index + 1]?.start ?? text.length;
    const written = words(text, { syntax, from: end, to, ...surroundings(lines, start, end) });
    const ways = lists.waysTo(written, offset, lines.indent(start));
    const container = atRun && containerOf(text, { ...atRun, syntax, call: start, variables });
    const around = { variables, container, folder: folders.at(offset), generator };
    const started = matrixTurnsAt(matrices, offset);
    const found = ways.flatMap(args =>
      turnsAt(loops, offset, args, started).map(turn => readFlags(offset, args, { ...around, turn })),
    );
    const isAbout = ({ values, openValues }: GenerateCommand): boolean =>
      values.length > 0 || openValues !== undefined;
    const isOpen = isRedefined || mayHaveMore(text, { start, end, offset });
    commands.push(...distinct(withoutDoubt(found.filter(isAbout), isOpen)));
  }
  const fetched = fetchedSamples(text, variables);
  return fetched.length === 0 ? commands : commands.map(command => ({ ...command, fetched }));
}

/** Of names of downloads, such as `deploykf-linux-amd64`; anything else may be somebody's own script, which adds arguments. */
const partOfOwnName = /^(?:deploykf|v?\d+|linux|darwin|macos|windows|amd64|arm64|x86|exe|cli)$/;

/** Whether a call may have arguments that are not written there. */
function mayHaveMore(text: string, { start, offset }: Call): boolean {
  const name = /^deploykf[\w.-]*/i.exec(text.slice(start, offset))?.[0];
  const parts = name?.toLowerCase().split(/[-_.]/) ?? [];
  if (!parts.every(part => partOfOwnName.test(part))) return true;
  const before = text.slice(Math.max(text.lastIndexOf('\n', start) + 1, start - 500), start);
  return /\bxargs\b/.test(before);
}

/** That a source is lacking is sure only where no way to the command may add one. */
function withoutDoubt(commands: readonly GenerateCommand[], isOpen: boolean): readonly GenerateCommand[] {
  if (!isOpen && commands.every(({ sourceProblem }) => sourceProblem?.kind === 'neither')) return commands;
  return commands.map(({ sourceProblem, ...command }) => {
    if (sourceProblem === undefined || sourceProblem.kind === 'neither') return command;
    return { ...command, sourceProblem };
  });
}

/** Turns that differ in what the command does not use are one. */
function distinct(commands: readonly GenerateCommand[]): readonly GenerateCommand[] {
  if (commands.length < 2) return commands;
  return [...new Map(commands.map(command => [JSON.stringify(command), command])).values()];
}

function surroundings(lines: ScriptLines, start: number, end: number): Pick<WordsStart, 'within' | 'folded'> {
  return { within: lines.openQuote(start, end), folded: lines.foldedIndent(start) };
}

const valueFlags = ['--source-version', '-V', '--source-path', '--values', '-f', '--output-dir', '-O'];

interface Around {
  readonly variables: Variables;
  readonly container: Container | undefined;
  readonly folder: string | undefined;
  readonly generator: FetchedGenerator | undefined;
  readonly turn: Turn;
}

function readFlags(
  offset: number,
  args: readonly Word[],
  { variables, container, folder, generator, turn }: Around,
): GenerateCommand {
  const values: Word[] = [];
  const openValues: string[] = [];
  const openArguments = new Set<string>();
  let release: string | undefined;
  let openRelease: OpenRelease | undefined;
  let sourcePath: string | undefined;
  let address: string | undefined;
  let tag: string | undefined;
  const given = new Set<string>();
  const ofHost = (word: Word): Word =>
    container === undefined ? word : { ...word, text: hostPath(container, word.text) };
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index]);
    if (!valueFlags.includes(flag)) {
      // It may stand for any flag.
      if (/[$`{@%<[…]|\.\.\./.test(flag)) given.add('?');
      // What follows a flag that is not known, or a redirection, may belong to that.
      const isValue = index > 0 && /^--?\w|^\d?[<>]/.test(args[index - 1]?.text ?? '');
      if (!isValue && isOpenWord(variables.fillIn(flag, offset, turn))) openArguments.add(sayArgument(flag));
      continue;
    }
    given.add(flag);
    const written = inline ?? args[++index];
    if (written === undefined) break;
    const value = { ...written, text: variables.fillIn(written.text, offset, turn) };
    if (flag === '--values' || flag === '-f') {
      const files = splitCommas(value).filter(({ text }) => text !== '');
      values.push(...files.filter(isKnown).map(ofHost));
      openValues.push(...files.filter(file => !isKnown(file)).map(({ text }) => sayOpen(text)));
    }
    const isVersion = flag === '--source-version' || flag === '-V';
    if (isVersion && isKnown(value)) {
      release = plainRelease(value.text);
      if (/^v\d+\.\d+/.test(value.text)) tag = value.text;
    } else if (isVersion) openRelease = { text: written.text, reason: variables.whyOpen(value.text, offset) };
    if (flag === '--source-path' && isKnown(value)) sourcePath = ofHost(value).text;
    if (flag === '--source-path' && isAddress(value.text)) address = value.text;
  }
  const sourceProblem = sourceProblemOf(given, { address, tag });
  const unpacked = release === undefined && given.has('--source-path') ? generator : undefined;
  return {
    offset,
    release,
    sourcePath,
    values,
    ...(folder !== undefined && { folder }),
    ...(sourceProblem && { sourceProblem }),
    ...(unpacked && { unpacked }),
    ...(release === undefined && openRelease !== undefined && { openRelease }),
    ...(openValues.length > 0 && { openValues }),
    ...(openArguments.size > 0 && { openArguments: [...openArguments] }),
  };
}

/** Whether the shell, make or a CI system may put arguments in the place of a word that is not a flag's value. */
function isOpenWord(text: string): boolean {
  return /^(?:[$`]|<\()|\$[@*{(]/.test(text);
}

interface DoubtfulSource {
  readonly address: string | undefined;
  readonly tag: string | undefined;
}

function sourceProblemOf(
  given: ReadonlySet<string>,
  { address, tag }: DoubtfulSource,
): SourceProblem | undefined {
  const hasVersion = given.has('--source-version') || given.has('-V');
  if (hasVersion && given.has('--source-path')) return { kind: 'both' };
  if (address !== undefined) return { kind: 'address', text: address };
  if (tag !== undefined) return { kind: 'tag', text: tag };
  if (hasVersion || given.has('--source-path') || given.has('?')) return undefined;
  return { kind: 'neither' };
}

function isAddress(text: string): boolean {
  return /^\w+:\/\//.test(text) && !mayBeFilledIn(text);
}

/** A process substitution and an address are not files of a folder. */
function isKnown({ text }: Word): boolean {
  if (text.startsWith('<(') || (/^\w+:\/\//.test(text) && sampleAt(text) === undefined)) return false;
  return text !== '' && !mayBeFilledIn(text);
}

/** A word may be the beginning of what the shell puts in its place. */
function sayArgument(text: string): string {
  if (text.startsWith('`')) return '`…`';
  const [, name] = /^\$\{?(\w+)/.exec(text) ?? [];
  if (name !== undefined) return `$${name}`;
  return text.startsWith('$(') && !text.endsWith(')') ? '$(…)' : text;
}

function sayOpen(text: string): string {
  return text.startsWith('<(') ? '<(…)' : text;
}

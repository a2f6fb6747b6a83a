import type { RunCommand } from '../arguments/command.ts';
import type { StackFinding } from '../../core/findings/finding.ts';
import { fixAll, type FixedFiles } from '../../core/fixes/fixAll.ts';
import { fileEditsJson, type FixJson } from '../../core/report/editsJson.ts';
import { schema } from '../../core/report/json.ts';
import type { MirrorLock } from '../../core/mirror/lock.ts';
import { leftJson, leftLines } from '../../core/report/leftText.ts';
import { count } from '../../core/report/style.ts';
import { checkText, severityCounts } from '../../core/report/text.ts';
import { howToSetRelease } from '../../core/stack/releaseGuess.ts';
import { isSealed } from '../../core/stack/sealed.ts';
import { printable } from '../../core/text/printable.ts';
import { printableShellWord } from '../../core/text/shellWord.ts';
import { encodeText } from '../../host/textFiles.node.ts';
import type { LoadedFile } from '../inputs/fileStore.ts';
import {
  exitCode,
  findingsIn,
  inputFindings,
  leastSeverity,
  projectFindings,
  ruleErrors,
  problemsOf,
} from '../inputs/findings.ts';
import { nearestName } from '../../core/catalog/nearestName.ts';
import { rules } from '../../core/rules/index.ts';
import { complain, exitCodes, fail, type Io } from '../io/io.ts';
import { chosenStyle } from '../output/output.ts';
import { writeJson } from '../io/jsonIo.ts';
import type { fixOptions } from '../arguments/commandOptions.ts';
import type { Given } from '../arguments/options.ts';
import { pathsFrom, stdinName } from '../io/paths.ts';
import { projectProblems } from '../inputs/projectProblems.ts';
import {
  describeUnwritten,
  diffOf,
  withoutLinks,
  writeChanges,
  type ChangedFile,
  type UnwrittenFile,
} from '../output/writeChanges.ts';
import { leftIn } from '../inputs/left.ts';
import { nowhereLines } from '../inputs/nowhere.ts';
import { readLock } from '../inputs/mirrorLock.ts';
import { isForeignStdin, type Inputs } from '../inputs/inputs.ts';
import { readInputs } from '../inputs/readInputs.ts';

type FixOptions = Given<typeof fixOptions>;

export const runFix: RunCommand<typeof fixOptions> = async (options, io) => {
  const unknown = unknownCodes(options.only);
  if (unknown !== undefined) return fail(io, unknown);
  const only = options.only.length > 0 ? options.only : undefined;
  const opened = await readInputs(io, options, { takes: 'values' });
  const blocking = opened.kind === 'failed' ? opened.messages : projectProblems(io, opened.inputs);
  for (const message of blocking) complain(io, message);
  if (opened.kind === 'failed' || blocking.length > 0) return exitCodes.failed;
  const { inputs } = opened;
  if (isForeignStdin(inputs))
    return fail(io, 'standard input does not hold deployKF values, so nothing was fixed');
  for (const problem of inputs.problems) complain(io, problem);
  const digests = options.pinDigests ? await digestsFor(io, inputs) : undefined;
  if (typeof digests === 'string') return fail(io, digests);
  const { onError, seen } = ruleErrors(io);
  const isWanted = ({ code }: StackFinding): boolean => only?.includes(code) !== false;
  const before = inputFindings(io, inputs, onError, { isQuiet: options.quiet })
    .flatMap(file => file.findings)
    .filter(isWanted);
  const ofFiles = fixAll(
    inputs.snapshot,
    inputs.files.map(({ file }) => file.uri),
    onError,
    { pinsTags: options.pin, ...(digests && { digests }), ...(only && { only }) },
  );
  const ofProjects = projectFindings(inputs, ofFiles.snapshot, onError).filter(isWanted);
  const fixed = { ...ofFiles, remaining: [...ofProjects, ...ofFiles.remaining] };
  const changed = await withoutLinks(inputs.files.flatMap(loaded => changedFile(loaded, fixed)));
  const unwritten = isWriting(options) ? await writeChanges(changed) : [];
  for (const file of unwritten) complain(io, describeUnwritten(io, file));
  const problems = problemsOf(inputs, seen);
  const count = goneFrom(before, fixed.remaining);
  report(io, options, { inputs, fixed, changed, unwritten, count, problems });
  if (unwritten.length > 0) return exitCodes.failed;
  if (options.check && changed.length > 0) return exitCodes.findings;
  // What no fix is for is what `check` reports, unless it is asked for.
  const counted = options.check && options.failOn === undefined ? [] : fixed.remaining;
  return exitCode(counted, options, problems.length > 0);
};

function isWriting({ check, diff, dryRun }: FixOptions): boolean {
  return !check && !diff && !dryRun;
}

function isPatch({ diff, dryRun }: FixOptions): boolean {
  return diff || dryRun;
}

/** The lock of the mirror, or why there is none. */
async function digestsFor(io: Io, inputs: Inputs): Promise<MirrorLock | string> {
  const locked = await readLock(io, { inputs });
  if (typeof locked === 'string') return locked;
  return locked.lock ?? `${locked.label} does not exist: write it with deploykf-values verify --lock`;
}

/** A message where there are no such rules. */
function unknownCodes(only: readonly string[]): string | undefined {
  const codes = rules.map(({ code }) => code);
  const unknown = only.find(code => !codes.includes(code));
  if (unknown === undefined) return undefined;
  const near = nearestName(unknown, codes);
  return `there is no rule "${unknown}"${near === undefined ? '' : `, did you mean "${near}"?`}`;
}

interface Outcome {
  readonly inputs: Inputs;
  readonly fixed: FixedFiles;
  readonly changed: readonly ChangedFile[];
  readonly unwritten: readonly UnwrittenFile[];
  /** How many findings are gone. */
  readonly count: number;
  /** What could not be looked at, and why. */
  readonly problems: readonly string[];
}

/** How many findings are no longer there. A fix can bring another one to light, so the totals do not tell. */
function goneFrom(before: readonly StackFinding[], after: readonly StackFinding[]): number {
  const left = after.map(identityOf);
  return before.map(identityOf).filter(identity => {
    const at = left.indexOf(identity);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}

function identityOf({ uri, code, message }: StackFinding): string {
  return [uri, code, message].join('\0');
}

function changedFile(loaded: LoadedFile, { texts }: FixedFiles): readonly ChangedFile[] {
  const text = texts.get(loaded.file.uri);
  if (text === undefined) return [];
  return [{ loaded, text }];
}

function report(io: Io, options: FixOptions, outcome: Outcome): void {
  if (options.format === 'json') {
    writeJson(io, fixJson(io, outcome));
    return;
  }
  // What a program may read stays alone on standard output: a patch, or the fixed text.
  const data = dataOf(io, options, outcome);
  if (data !== undefined) io.stdout.writeData(data);
  const output = data === undefined ? io.stdout : io.stderr;
  output.write(summary(io, options, outcome));
}

function dataOf({ cwd }: Io, options: FixOptions, outcome: Outcome): string | undefined {
  if (isPatch(options)) return diffOf(outcome.changed, pathsFrom(cwd));
  return isWriting(options) ? filteredText(outcome) : undefined;
}

function fixJson({ cwd }: Io, { inputs, changed, unwritten, fixed, problems }: Outcome): FixJson {
  const left = leftJson(...leftIn(inputs, fixed.snapshot));
  const pathOf = pathsFrom(cwd);
  const edits = changed.map(({ loaded: { file } }) =>
    fileEditsJson(
      pathOf(file.uri),
      file.source,
      fixed.edits.find(({ uri }) => uri === file.uri)?.edits ?? [],
    ),
  );
  const failed = unwritten.map(({ loaded, problem }) => ({ file: pathOf(loaded.file.uri), problem }));
  return {
    schema,
    edits,
    remaining: fixed.remaining.length,
    ...(left.length > 0 && { left }),
    ...(failed.length > 0 && { unwritten: failed }),
    ...(problems.length > 0 && { problems }),
  };
}

/** Standard input as it is after the fixes, even when nothing changed; `undefined` when it was not given. */
function filteredText({ inputs, fixed }: Outcome): string | undefined {
  const input = inputs.files.find(({ path }) => path === stdinName);
  return input && encodeText(fixed.texts.get(input.file.uri) ?? input.file.text, input.bom);
}

function summary(
  io: Io,
  options: FixOptions,
  { inputs, fixed, changed, unwritten, count: gone }: Outcome,
): string {
  const isDryRun = !isWriting(options);
  const files = findingsIn(io, inputs, fixed.snapshot, fixed.remaining);
  const style = chosenStyle(io, options, isPatch(options) ? io.stderr : io.stdout);
  const names = options.check && !isPatch(options) ? namesOf(io, changed) : '';
  if (options.quiet && options.check) return names;
  if (options.quiet)
    return checkText(
      { files, checked: files.length },
      { style, quietBelow: leastSeverity(options), fixes: [], left: [] },
    );
  if (unwritten.length > 0) {
    const written = changed.length - unwritten.length;
    return `${style.paint(`${written} of ${count(changed.length, 'file')} written: run it again for the others`, 'bold')}\n`;
  }
  let done = 'Nothing to fix';
  if (changed.length > 0) {
    const verb = isDryRun ? 'would be fixed' : 'fixed';
    done = `${count(gone, 'finding')} ${verb} in ${count(changed.length, 'file')}`;
    if (gone === 0) done = `${count(changed.length, 'file')} ${isDryRun ? 'would be changed' : 'changed'}`;
  }
  if (fixed.remaining.length > 0)
    done += `, ${fixed.remaining.length} left (${severityCounts(fixed.remaining)})`;
  const details = isDryRun ? '' : remainingText(files, style);
  const guessed =
    (options.pin || options.pinDigests) &&
    inputs.plans.some(plan => fixed.snapshot.view(plan)?.stack.guess !== undefined);
  if (guessed) done += `\nNo tag is pinned where the release is only guessed: ${howToSetRelease}`;
  const left = leftLines(...leftIn(inputs, fixed.snapshot));
  const reasons = [...sealedLines(io, inputs, fixed), ...nowhereLines(inputs, fixed)];
  return `${names}${details}${[style.paint(done, 'bold'), ...reasons, ...left, ''].join('\n')}`;
}

/** Why nothing is fixed in files that SOPS would not decrypt any more. */
function sealedLines({ cwd }: Io, { files }: Inputs, { remaining }: FixedFiles): readonly string[] {
  const withFindings = new Set(remaining.map(({ uri }) => uri));
  const sealed = files.filter(({ file }) => isSealed(file) && withFindings.has(file.uri));
  return sealed.map(({ file }) => {
    const path = pathsFrom(cwd)(file.uri);
    const command = ['sops', path].map(printableShellWord).join(' ');
    return `${printable(path)} is encrypted by SOPS, which would refuse it after other edits: edit it with ${command}`;
  });
}

function namesOf({ cwd }: Io, changed: readonly ChangedFile[]): string {
  const pathOf = pathsFrom(cwd);
  return changed.map(({ loaded: { file } }) => `${printable(pathOf(file.uri))}\n`).join('');
}

function remainingText(files: ReturnType<typeof findingsIn>, style: ReturnType<typeof chosenStyle>): string {
  return checkText({ files, checked: files.length }, { style, quietBelow: 'hint', fixes: [], left: [] });
}

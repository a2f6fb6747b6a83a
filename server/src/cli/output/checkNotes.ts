import { lacksPolicy } from '../../core/analysis/privateOverrides.ts';
import { count } from '../../core/report/style.ts';
import type { CheckReport } from '../../core/report/types.ts';
import { stackUndefined } from '../../core/rules/stack/stackUndefined.ts';
import { guessNote } from '../../core/stack/releaseGuess.ts';
import { sayList } from '../../core/text/list.ts';
import { printable } from '../../core/text/printable.ts';
import { printableShellWord } from '../../core/text/shellWord.ts';
import { projectFileName } from '../../core/workspace/settings.ts';
import type { LooseGroup } from '../../core/workspace/looseFiles.ts';
import { groupOf } from '../../core/workspace/undefinedStacks.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { namedLayers, sayStacks, wordsFor } from '../inputs/namedLayers.ts';
import { programName, type Io } from '../io/io.ts';
import { pathsFrom } from '../io/paths.ts';

/** The last lines of a check for people: what its answer rests on, once for the whole run. */
export async function checkNotes(io: Io, inputs: Inputs, report: CheckReport): Promise<string> {
  const lines = [...skippedNotes(inputs)];
  const groups = [...reportedGroups(inputs, report), ...(await inputs.beside())];
  for (const group of groups) lines.push(aloneNote(io, inputs, group));
  lines.push(...layerNotes(io, inputs));
  if (inputs.plans.some(plan => isWithoutPolicy(inputs, plan))) lines.push(policyNote(inputs));
  lines.push(...guessNotes(io, inputs));
  return lines.map(line => `${line}\n`).join('');
}

/** What was named and is not looked at. */
export function skippedNotes({ skipped }: Inputs): readonly string[] {
  const foreign = skipped.filter(({ openCommands }) => openCommands.length === 0);
  const open = skipped.flatMap(({ openCommands }) => openCommands.map(openNote));
  return foreign.length === 0 ? open : [skippedNote(foreign.map(({ name }) => name)), ...open];
}

/** Each group once that a finding is about: none where the user does not want to hear of it. */
function reportedGroups({ snapshot }: Inputs, { files }: CheckReport): readonly LooseGroup[] {
  const groups = new Map<string, LooseGroup>();
  for (const { file, findings } of files) {
    if (!findings.some(({ code }) => code === stackUndefined.code)) continue;
    const group = groupOf(snapshot, file.uri);
    if (group !== undefined) groups.set(group.base, group);
  }
  return [...groups.values()];
}

function aloneNote({ cwd }: Io, inputs: Inputs, { base, overlays }: LooseGroup): string {
  const paths = [base, ...overlays].map(pathsFrom(cwd));
  const names = sayList(paths.map(path => printable(path)));
  const command = [programName, 'check', '--values', ...paths].map(printableShellWord).join(' ');
  const both = overlays.length === 1 ? `check both with ${command}, or ` : '';
  return `Checked alone, each over the defaults, but they look like one stack: ${names}; ${both}${howToDefine(inputs, 'the stack')}`;
}

function layerNotes({ cwd }: Io, inputs: Inputs): readonly string[] {
  return namedLayers(inputs).map(({ uri, stacks }) => {
    const commands = stacks.map(stack =>
      [programName, 'check', ...wordsFor(cwd, stack)].map(printableShellWord).join(' '),
    );
    const names = sayStacks(stacks.map(({ name }) => printable(name)));
    const them = stacks.length === 1 ? 'that' : 'those';
    const how = sayList([...new Set(commands)]);
    return `Checked alone: ${printable(pathsFrom(cwd)(uri))} is a layer of ${names}; check ${them} with ${how}`;
  });
}

function policyNote(inputs: Inputs): string {
  return `Images come from registries of your own, but there is no registry policy, so that it is not known which of them are private: ${howToDefine(inputs, 'it')}`;
}

/** What there is already is not written over. */
function howToDefine({ projects }: Inputs, what: string): string {
  if (projects.length > 0) return `define ${what} in ${projectFileName}`;
  return `define ${what} with ${programName} init`;
}

function isWithoutPolicy({ snapshot }: Inputs, plan: Inputs['plans'][number]): boolean {
  const view = snapshot.view(plan);
  return view !== undefined && lacksPolicy(view);
}

/** Which release was taken where none is named, and how to say it. Where stacks are taken for different releases, each line says for which. */
function guessNotes({ cwd }: Io, { snapshot, plans }: Inputs): readonly string[] {
  const guesses = new Map<string, string[]>();
  for (const plan of plans) {
    const stack = snapshot.view(plan)?.stack;
    if (stack?.guess === undefined) continue;
    const note = guessNote(stack).trimEnd();
    const name = plan.name === '' ? plan.uris.map(pathsFrom(cwd)).join(', ') : plan.name;
    guesses.set(note, [...(guesses.get(note) ?? []), printable(name)]);
  }
  if (guesses.size < 2) return [...guesses.keys()];
  return [...guesses].map(([note, names]) => `${sayList(names)}: ${note}`);
}

function openNote(command: string): string {
  return `Not checked: the values files of ${printable(command)} are known only when it is run; name them for this check`;
}

function skippedNote(skipped: readonly string[]): string {
  const names = skipped.length <= 3 ? ` (${skipped.join(', ')})` : '';
  return `${count(skipped.length, 'file')}${names} skipped: not deployKF values`;
}

import { dirname, resolve } from 'node:path';
import {
  newFindings,
  printBaseline,
  readBaseline,
  type BaselineEntry,
  type BaselineFiles,
  type NewFindings,
} from '../../core/report/baseline.ts';
import { count } from '../../core/report/style.ts';
import type { CheckReport } from '../../core/report/types.ts';
import { describeUnread } from '../../host/files.ts';
import { readTextFile } from '../../host/readFile.node.ts';
import { pathKind } from '../../host/textFiles.node.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { complain, programName, type Io } from '../io/io.ts';
import { displayPath, pathsFrom, stdoutName } from '../io/paths.ts';
import { ReadBounds } from '../readBounds.ts';
import { realPath, writeNamed } from './writeNamed.ts';

export interface BaselineOptions {
  /** The file; `undefined`: there is no baseline. */
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  /** The file of the report. */
  readonly output?: string | undefined;
}

/** All findings, and whether everything could be looked at. */
interface Checked {
  readonly report: CheckReport;
  readonly isComplete: boolean;
}

/** What is wrong with the options, if anything. */
export async function baselineProblem(
  { cwd }: Io,
  { baseline, updateBaseline, output }: BaselineOptions,
): Promise<string | undefined> {
  const isReport = baseline !== undefined && output !== undefined && output !== stdoutName;
  if (isReport && (await realPath(resolve(cwd, baseline))) === (await realPath(resolve(cwd, output))))
    return '--baseline and --output name the same file: write the report to another one';
  if (updateBaseline && baseline === undefined)
    return '--update-baseline needs the file to write: --baseline FILE --update-baseline';
  return undefined;
}

/**
 * The report without what the baseline has, which is written before where that is asked for. `undefined`: the baseline could not
 * be read or written, which has been said.
 */
export async function withoutBaseline(
  io: Io,
  { baseline, updateBaseline }: BaselineOptions,
  inputs: Inputs,
  { report, isComplete }: Checked,
): Promise<NewFindings | undefined> {
  if (baseline === undefined) return { report, accepted: 0, stale: [] };
  const path = resolve(io.cwd, baseline);
  const read = await readFile(io, path, updateBaseline);
  if (read === undefined) return undefined;
  const files = await baselineFiles(path, read.entries, inputs);
  if (!updateBaseline) return newFindings(report, read.entries, files);
  if (!isComplete) {
    complain(io, `${displayPath(io.cwd, path)} is left as it is: not everything could be checked`);
    return undefined;
  }
  const text = printBaseline(report, read.entries, files);
  const isWritten = text === read.text || (await writeNamed(io, path, inputs, { text, expected: read.text }));
  if (!isWritten) return undefined;
  return newFindings(report, readBaseline(text) ?? [], files);
}

interface ReadFile {
  readonly entries: readonly BaselineEntry[];
  /** `undefined`: there is no file yet. */
  readonly text: string | undefined;
}

async function readFile(io: Io, path: string, mayLack: boolean): Promise<ReadFile | undefined> {
  const name = displayPath(io.cwd, path);
  const bounds = new ReadBounds(io.cwd);
  await bounds.addNamed(path);
  const file = await readTextFile(path, bounds.of(path));
  if (file.kind === 'missing' && mayLack) return { entries: [], text: undefined };
  if (file.kind !== 'text') {
    const advice = file.kind === 'missing' ? `: write it with ${updating(io)}` : '';
    complain(io, `${name} ${describeUnread(file)}${advice}`);
    return undefined;
  }
  const entries = readBaseline(file.text);
  if (entries === undefined) complain(io, `${name} is not a baseline: name another file, or remove it`);
  return entries && { entries, text: file.text };
}

/** Paths are relative to the baseline, wherever the run is. */
async function baselineFiles(
  path: string,
  entries: readonly BaselineEntry[],
  { files, shared, isSearched }: Inputs,
): Promise<BaselineFiles> {
  const folder = dirname(path);
  const pathOf = pathsFrom(folder);
  const gone = new Set<string>();
  for (const file of new Set(entries.map(entry => entry.file)))
    if ((await pathKind(resolve(folder, file))) === 'missing') gone.add(file);
  const sharedUris = await shared();
  const partial = files.filter(({ file }) => sharedUris.has(file.uri));
  return {
    pathOf: ({ file }) => pathOf(file.uri),
    gone,
    lookedFor: new Set([...gone].filter(file => isSearched(dirname(resolve(folder, file))))),
    partial: new Set(partial.map(({ file }) => pathOf(file.uri))),
  };
}

/** What the baseline has of the findings, for people; empty: nothing. */
export function acceptedNote({ accepted }: NewFindings): readonly string[] {
  if (accepted === 0) return [];
  return [`${count(accepted, 'finding')} ${accepted === 1 ? 'is' : 'are'} in the baseline`];
}

/** What of the baseline is not found any more; empty: nothing. */
export function staleNote(io: Io, { stale }: NewFindings): readonly string[] {
  const gone = stale.reduce((sum, entry) => sum + entry.count, 0);
  if (gone === 0) return [];
  const what = `${count(gone, 'finding')} of the baseline ${gone === 1 ? 'is' : 'are'} gone`;
  return [`${what} (${staleNames(stale)}): take ${gone === 1 ? 'it' : 'them'} out with ${updating(io)}`];
}

/** A program has no option that writes a file. */
function updating({ isLibrary }: Io): string {
  return isLibrary === true ? `${programName} check --update-baseline` : '--update-baseline';
}

function staleNames(stale: readonly BaselineEntry[]): string {
  const names = [...new Set(stale.map(({ code, file }) => `${code} in ${file}`))];
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown}, …` : shown;
}

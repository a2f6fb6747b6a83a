import type { StackFinding } from '../findings/finding.ts';
import { ValuesFile } from '../stack/valuesFile.ts';
import { splitImage } from '../image/splitImage.ts';
import { isRecord, valueOf, type Value } from '../yaml/value.ts';
import { fingerprintOf } from './fingerprint.ts';
import { schema } from './json.ts';
import type { CheckReport, FileFindings } from './types.ts';

/** Findings that were there when the baseline was written, and that nobody needs to hear of again. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly code: string;
  /** Relative to the folder of the baseline. */
  readonly file: string;
  /** The value path, else the message: for people. */
  readonly about: string;
  /** How many findings of the file have this fingerprint. */
  readonly count: number;
  /** The repositories of the images that they are about, one for each image; `undefined`: they are not about images, or may be about any. */
  readonly images?: readonly string[];
}

/** What a run knows of files, by the paths that baselines have. */
export interface BaselineFiles {
  readonly pathOf: (file: FileFindings) => string;
  /** Files of the baseline that no longer exist: another one may be the same under a new name. */
  readonly gone: ReadonlySet<string>;
  /** Those of them that would have been found under a new name: what is not found of them is gone, too. */
  readonly lookedFor: ReadonlySet<string>;
  /** Files of which other stacks may say more. */
  readonly partial: ReadonlySet<string>;
}

/** A report without the findings of a baseline. */
export interface NewFindings {
  readonly report: CheckReport;
  /** How many findings the baseline has accepted. */
  readonly accepted: number;
  /** Entries whose findings are gone, with how many of them are. */
  readonly stale: readonly BaselineEntry[];
}

/** Reads a baseline; `undefined`: the text is not one. JSON is YAML, and the YAML reader never fails. */
export function readBaseline(text: string): readonly BaselineEntry[] | undefined {
  const file = new ValuesFile('baseline:', text);
  if (file.yaml.problems.length > 0) return undefined;
  const value = valueOf(file.root, file.anchors);
  if (!isRecord(value) || value['schema'] !== schema || !Array.isArray(value['findings'])) return undefined;
  const entries = value['findings'].map(readEntry);
  const read = entries.filter(entry => entry !== undefined);
  return read.length === entries.length ? read : undefined;
}

function readEntry(value: Value): BaselineEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { fingerprint, code, file, about, count, images } = value;
  if (!isText(fingerprint) || !isText(code) || !isText(file) || !isText(about)) return undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) return undefined;
  const entry = { fingerprint, code, file, about, count };
  if (images === undefined) return entry;
  return Array.isArray(images) && images.every(isText) ? { ...entry, images } : undefined;
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string';
}

/**
 * Takes out what a baseline has. A finding is the same in any line of its file, and in another file where the one that the
 * baseline names is gone. One that is about an image more is another one.
 */
export function newFindings(
  report: CheckReport,
  entries: readonly BaselineEntry[],
  files: BaselineFiles,
): NewFindings {
  const left = new Map(entries.map(entry => [entry, entry.count]));
  const byFingerprint = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    const same = byFingerprint.get(entry.fingerprint) ?? [];
    byFingerprint.set(entry.fingerprint, [...same, entry]);
  }
  let accepted = 0;
  const take = (file: FileFindings, isOf: (entry: BaselineEntry) => boolean): FileFindings => ({
    ...file,
    findings: file.findings.filter(finding => {
      const same = byFingerprint.get(fingerprintOf(file.file, finding)) ?? [];
      const entry = same.find(each => isOf(each) && (left.get(each) ?? 0) > 0 && hasImagesOf(each, finding));
      if (entry === undefined) return true;
      left.set(entry, (left.get(entry) ?? 0) - 1);
      accepted++;
      return false;
    }),
  });
  const inPlace = report.files.map(file => take(file, entry => entry.file === files.pathOf(file)));
  const renamed = inPlace.map(file => take(file, entry => files.gone.has(entry.file)));
  const checked = new Set(report.files.map(files.pathOf));
  const stale = entries.flatMap(entry => {
    const count = left.get(entry) ?? 0;
    const isWhole = checked.has(entry.file) && !files.partial.has(entry.file);
    const isLookedFor = isWhole || files.lookedFor.has(entry.file);
    return count > 0 && isLookedFor ? [{ ...entry, count }] : [];
  });
  return { report: { ...report, files: renamed }, accepted, stale };
}

/** The text of a baseline of all findings of a report, and of what an older one has of files that were not looked at. */
export function printBaseline(
  report: CheckReport,
  before: readonly BaselineEntry[],
  files: BaselineFiles,
): string {
  const checked = new Set(report.files.map(files.pathOf));
  const found = report.files.flatMap(file => entriesOf(file, files.pathOf(file)));
  const known = new Set(before.map(({ file, fingerprint }) => [file, fingerprint].join('\0')));
  const moved = new Set(
    found
      .filter(({ file, fingerprint }) => !known.has([file, fingerprint].join('\0')))
      .map(({ fingerprint }) => fingerprint),
  );
  const kept = before.filter(({ file, fingerprint }) => {
    if (files.gone.has(file)) return !files.lookedFor.has(file) && !moved.has(fingerprint);
    const isFound = found.some(entry => entry.file === file && entry.fingerprint === fingerprint);
    return !checked.has(file) || (files.partial.has(file) && !isFound);
  });
  const findings = [...kept, ...found].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return `${JSON.stringify({ schema, findings }, undefined, 2)}\n`;
}

function entriesOf({ file, findings }: FileFindings, path: string): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const fingerprint = fingerprintOf(file, finding);
    const known = entries.get(fingerprint);
    const images = joined(known?.images ?? [], repositoriesOf(finding));
    entries.set(fingerprint, {
      fingerprint,
      code: finding.code,
      file: path,
      about: finding.path ?? finding.message,
      count: (known?.count ?? 0) + 1,
      ...(images.length > 0 && { images }),
    });
  }
  return [...entries.values()];
}

/** Without tags, since the same image of the next release is nothing new. */
function repositoriesOf({ images = [] }: StackFinding): readonly string[] {
  return images.map(image => splitImage(image).repository);
}

/** Each repository as often as in the list that has it more often: several images may have the same one. */
function joined(one: readonly string[], other: readonly string[]): readonly string[] {
  const counts = countsOf(one);
  for (const [repository, count] of countsOf(other))
    counts.set(repository, Math.max(count, counts.get(repository) ?? 0));
  return [...counts].flatMap(([repository, count]) => Array<string>(count).fill(repository)).sort();
}

function countsOf(repositories: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const repository of repositories) counts.set(repository, (counts.get(repository) ?? 0) + 1);
  return counts;
}

function hasImagesOf({ images }: BaselineEntry, finding: StackFinding): boolean {
  if (images === undefined) return true;
  const known = countsOf(images);
  return [...countsOf(repositoriesOf(finding))].every(
    ([repository, count]) => count <= (known.get(repository) ?? 0),
  );
}

/** The same on all machines, so that a change of the file shows what has changed. */
function sortKey({ file, code, about, fingerprint }: BaselineEntry): string {
  return [file, code, about, fingerprint].join('\0');
}

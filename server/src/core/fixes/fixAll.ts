import { checkFile, type CheckOptions, type OnRuleError } from '../check/check.ts';
import type { StackFinding } from '../findings/finding.ts';
import { agreedFixes } from './agreed.ts';
import { fixesToFileEdits, writableFixes } from './edits.ts';
import { uriOf } from './changes.ts';
import type { Change } from '../findings/finding.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { hostUri } from '../stack/valuesFile.ts';
import type { MirrorLock } from '../mirror/lock.ts';
import { digestChanges } from './pinDigests.ts';
import { pinChanges } from './pinTags.ts';
import { fixedFile } from './sound.ts';
import { composeEdits } from '../text/composeEdits.ts';
import type { FileEdit, TextEdit } from '../text/edit.ts';

export interface FixedFiles {
  /** What turns the old texts into the new ones, by file; only those that change. */
  readonly edits: readonly FileEdit[];
  /** The texts that changed, by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is left to say about the files, in their order; spans are those of the new texts. */
  readonly remaining: readonly StackFinding[];
  /** The world with the new texts. */
  readonly snapshot: Snapshot;
}

export interface FixAllOptions extends CheckOptions {
  /** Also write every tag that is left open and known for sure. */
  readonly pinsTags?: boolean;
  /** Also write the digests that this lock has of private images. */
  readonly digests?: MirrorLock;
  /** Only findings of these codes, for which `named` fixes count, too; without it, all findings. */
  readonly only?: readonly string[];
}

/** One fix can make room for the next. What needs more rounds than this is a quarrel of two rules. */
const maxRounds = 10;

/**
 * Applies the one right fix of every finding of these files, again and again until nothing is left to do. Only these files
 * are changed: a fix that would touch another one is not made. Nothing is written; a result that parses worse is dropped.
 */
export function fixAll(
  snapshot: Snapshot,
  uris: readonly string[],
  onError?: OnRuleError,
  options: FixAllOptions = {},
): FixedFiles {
  let current = snapshot;
  const rounds: (readonly FileEdit[])[] = [];
  const seen = new Set<string>([fingerprint(current, uris)]);
  while (rounds.length < maxRounds) {
    const next = fixOnce(current, uris, { ...options, onError });
    if (seen.has(fingerprint(next.snapshot, uris))) break;
    seen.add(fingerprint(next.snapshot, uris));
    current = next.snapshot;
    rounds.push(next.edits);
  }
  const changed = uris.filter(uri => current.file(uri)?.text !== snapshot.file(uri)?.text);
  return {
    edits: changed.map(uri => ({ uri, edits: composeEdits(rounds.map(round => editsIn(round, uri))) })),
    texts: new Map(changed.map(uri => [uri, current.file(uri)?.text ?? ''])),
    remaining: findingsOf(current, uris, { ...options, onError }),
    snapshot: current,
  };
}

/** How many of the findings of these files the first round of `fixAll` would fix. */
export function fixableCount(
  snapshot: Snapshot,
  uris: readonly string[],
  findings: readonly StackFinding[],
  { only }: Pick<FixAllOptions, 'only'> = {},
): number {
  const counted = findings.filter(({ code }) => only?.includes(code) !== false);
  const fixes = counted.map(finding => rightChanges(finding, uris, only));
  const agreed = agreedFixes(snapshot, fixes).filter(changes => changes.length > 0);
  return writableFixes(snapshot, agreed).length;
}

function editsIn(round: readonly FileEdit[], uri: string): readonly TextEdit[] {
  return round.find(edit => edit.uri === uri)?.edits ?? [];
}

interface Round {
  readonly snapshot: Snapshot;
  /** Those that were made. */
  readonly edits: readonly FileEdit[];
}

interface RoundOptions extends FixAllOptions {
  readonly onError: OnRuleError | undefined;
}

function findingsOf(
  snapshot: Snapshot,
  uris: readonly string[],
  { onError, only, isTakenWhole }: RoundOptions,
): readonly StackFinding[] {
  const findings = uris.flatMap(uri => checkFile(snapshot, uri, onError, { isTakenWhole }));
  if (only === undefined) return findings;
  return findings.filter(({ code }) => only.includes(code));
}

function fixOnce(snapshot: Snapshot, uris: readonly string[], options: RoundOptions): Round {
  const { pinsTags, digests, only } = options;
  const fixes = findingsOf(snapshot, uris, options).map(finding => rightChanges(finding, uris, only));
  if (pinsTags === true)
    fixes.push(...uris.flatMap(uri => pinChanges(snapshot, uri)).map(change => [change]));
  if (digests !== undefined)
    fixes.push(...uris.flatMap(uri => digestChanges(snapshot, uri, digests)).map(change => [change]));
  return fixesToFileEdits(snapshot, agreedFixes(snapshot, fixes)).reduce(withEdits, { snapshot, edits: [] });
}

/** The changes of the finding's first fix that is right; none when it reaches beyond the files. */
function rightChanges(
  { fixes }: StackFinding,
  uris: readonly string[],
  only: FixAllOptions['only'],
): readonly Change[] {
  const right =
    fixes.find(fix => fix.applies === 'all') ?? (only && fixes.find(fix => fix.applies === 'named'));
  const changes = right?.changes() ?? [];
  if (!changes.every(change => uris.includes(hostUri(uriOf(change))))) return [];
  return changes;
}

function withEdits(round: Round, edit: FileEdit): Round {
  const { uri } = edit;
  const fixed = fixedFile(round.snapshot, edit);
  if (fixed === undefined || fixed.text === round.snapshot.file(uri)?.text) return round;
  return { snapshot: round.snapshot.withFile(uri, fixed), edits: [...round.edits, edit] };
}

function fingerprint(snapshot: Snapshot, uris: readonly string[]): string {
  return uris.map(uri => snapshot.file(uri)?.text ?? '').join('\0');
}

import { checkFile, type OnRuleError } from '../check/check.ts';
import type { StackFinding } from '../findings/finding.ts';
import { fixesToFileEdits } from './edits.ts';
import { uriOf } from './changes.ts';
import type { Change } from '../findings/finding.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { hostUri } from '../stack/valuesFile.ts';
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

export interface FixAllOptions {
  /** Also write every tag that is left open and known for sure. */
  readonly pinsTags?: boolean;
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
  { pinsTags = false }: FixAllOptions = {},
): FixedFiles {
  let current = snapshot;
  const rounds: (readonly FileEdit[])[] = [];
  const seen = new Set<string>([fingerprint(current, uris)]);
  while (rounds.length < maxRounds) {
    const next = fixOnce(current, uris, { onError, pinsTags });
    if (seen.has(fingerprint(next.snapshot, uris))) break;
    seen.add(fingerprint(next.snapshot, uris));
    current = next.snapshot;
    rounds.push(next.edits);
  }
  const changed = uris.filter(uri => current.file(uri)?.text !== snapshot.file(uri)?.text);
  return {
    edits: changed.map(uri => ({ uri, edits: composeEdits(rounds.map(round => editsIn(round, uri))) })),
    texts: new Map(changed.map(uri => [uri, current.file(uri)?.text ?? ''])),
    remaining: uris.flatMap(uri => checkFile(current, uri, onError)),
    snapshot: current,
  };
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

function fixOnce(snapshot: Snapshot, uris: readonly string[], { onError, pinsTags }: RoundOptions): Round {
  const findings = uris.flatMap(uri => checkFile(snapshot, uri, onError));
  const fixes = findings.map(finding => rightChanges(finding, uris));
  if (pinsTags === true)
    fixes.push(...uris.flatMap(uri => pinChanges(snapshot, uri)).map(change => [change]));
  return fixesToFileEdits(snapshot, fixes).reduce(withEdits, { snapshot, edits: [] });
}

/** The changes of the finding's first fix that is right for all; none when it reaches beyond the files. */
function rightChanges(finding: StackFinding, uris: readonly string[]): readonly Change[] {
  const changes = finding.fixes.find(fix => fix.applies === 'all')?.changes() ?? [];
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

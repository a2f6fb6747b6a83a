// The thread that runs sessions. It tells what it is about to do before it does it, so that its end tells what ended it.
import { kinds, FuzzFailure, type FuzzEdit, type FuzzKind } from './cases.ts';
import { editsOf } from './edits.ts';
import { Random, sessionSeed } from './random.ts';
import { FuzzSession, type Counts } from './session.ts';
import { someOf, startTexts } from './starts.ts';

export interface FuzzJob {
  readonly seed: number;
  /** The sessions before it are left out. */
  readonly firstSession: number;
  /** How many edits are to be made; the last session is not finished. */
  readonly edits: number;
}

export type FuzzMessage =
  | { readonly type: 'session'; readonly session: number; readonly kind: FuzzKind; readonly text: string }
  | { readonly type: 'edit'; readonly edit: FuzzEdit }
  | { readonly type: 'failure'; readonly check: string; readonly message: string }
  | { readonly type: 'done'; readonly counts: ReadonlyMap<string, number> };

const editsInSession = 50;

export function runJob({ seed, firstSession, edits }: FuzzJob, tell: (message: FuzzMessage) => void): void {
  const { byKind, lines } = startTexts();
  const counts: Counts = new Map();
  let left = edits;
  for (let session = firstSession; left > 0; session++) {
    const random = new Random(sessionSeed(seed, session));
    const kind = random.pick<FuzzKind>([...kinds, 'application', 'values'] as [FuzzKind, ...FuzzKind[]]);
    const text = someOf(random, random.pick(byKind.get(kind) ?? []) ?? '', random.once(16) ? 150 : 20);
    const made = runSession(
      { session, kind, text, random, lines, counts, most: Math.min(left, editsInSession) },
      tell,
    );
    left -= Math.max(1, made);
  }
  tell({ type: 'done', counts });
}

interface SessionPlan {
  readonly session: number;
  readonly kind: FuzzKind;
  readonly text: string;
  readonly random: Random;
  readonly lines: readonly string[];
  readonly counts: Counts;
  readonly most: number;
}

/** Gives how many edits were made before something failed. */
function runSession(plan: SessionPlan, tell: (message: FuzzMessage) => void): number {
  const { session, kind, text, random, lines, counts, most } = plan;
  const current = new FuzzSession({ kind, text }, false, counts);
  let made = 0;
  try {
    tell({ type: 'session', session, kind, text });
    current.begin();
    for (const edit of editsOf(random, text, lines)) {
      if (made === most) break;
      tell({ type: 'edit', edit });
      current.edit(edit);
      made++;
    }
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    tell({ type: 'failure', check: error.check, message: error.message });
  }
  return made;
}

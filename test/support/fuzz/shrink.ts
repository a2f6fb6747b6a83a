// Makes a failing case small: edits first, then the lines of texts, then characters (delta debugging).
import { LimitedModule } from '../limited.ts';
import type { Failure } from './session.ts';
import { applyFuzzEdit, type FuzzCase, type FuzzEdit, type KeptCase } from './cases.ts';

export interface Shrunk {
  readonly case: KeptCase;
  readonly message: string;
  /** Whether it failed again when it was tried alone. */
  readonly isRepeated: boolean;
}

/** After so many milliseconds what is left is small enough. */
const patience = 60_000;

export async function shrink({ case: kept, message }: Omit<Shrunk, 'isRepeated'>): Promise<Shrunk> {
  const thread = new LimitedModule('test/support/fuzz/session.ts');
  const isSlow = kept.check === 'hang' || kept.check === 'memory';
  const messages = new Map<FuzzCase, string>();
  const until = performance.now() + patience;
  const fails = async (candidate: FuzzCase): Promise<boolean> => {
    if (performance.now() > until) return false;
    const failure = await tryCase(thread, candidate, isSlow ? 10 : 30);
    if (failure !== undefined) messages.set(candidate, failure.message);
    return failure?.check === kept.check;
  };
  try {
    const { check, ...whole } = kept;
    if (!(await fails(whole))) return { case: kept, message, isRepeated: false };
    const small = await smaller(whole, fails);
    return { case: { check, ...small }, message: messages.get(small) ?? message, isRepeated: true };
  } finally {
    await thread.end();
  }
}

async function tryCase(
  thread: LimitedModule,
  candidate: FuzzCase,
  seconds: number,
): Promise<Failure | undefined> {
  try {
    // Loading the thread is no part of the case.
    await thread.call('replayCase', [{ kind: 'image', text: '', edits: [] }], 120);
    return (await thread.call('replayCase', [candidate], seconds)) as Failure | undefined;
  } catch (error) {
    const message = String(error);
    if (message.includes('was not done after')) return { check: 'hang', message };
    return { check: message.includes('OUT_OF_MEMORY') ? 'memory' : 'crash', message };
  }
}

type Fails = (candidate: FuzzCase) => Promise<boolean>;

async function smaller(whole: FuzzCase, fails: Fails): Promise<FuzzCase> {
  let current = whole;
  for (let before = ''; before !== JSON.stringify(current);) {
    before = JSON.stringify(current);
    current = await folded(current, fails);
    const { kind, text } = current;
    const edits = await fewer(current.edits, kept => fails({ kind, text, edits: kept }));
    current = await withFewerUnits({ kind, text, edits }, fails, linesOf);
    current = await withFewerUnits(current, fails, charactersOf);
    current = await withFewerInserted(current, fails);
  }
  return current;
}

/** The same text with its first edits made already. */
async function folded(whole: FuzzCase, fails: Fails): Promise<FuzzCase> {
  const { kind, edits } = whole;
  for (const keep of [0, 1, 2, 4, 8, 16]) {
    if (keep >= edits.length) break;
    const at = edits.length - keep;
    const text = edits.slice(0, at).reduce(applyFuzzEdit, whole.text);
    const candidate = { kind, text, edits: edits.slice(at) };
    if (await fails(candidate)) return candidate;
  }
  return whole;
}

async function withFewerUnits(
  whole: FuzzCase,
  fails: Fails,
  split: (text: string) => readonly string[],
): Promise<FuzzCase> {
  const units = split(whole.text);
  const rest = await fewer(units, kept => fails(withText(whole, units, kept)));
  return rest.length === units.length ? whole : withText(whole, units, rest);
}

/** Edits behind what is left out move with the text. */
function withText({ kind, edits }: FuzzCase, units: readonly string[], kept: readonly string[]): FuzzCase {
  const text = kept.join('');
  const lost = units.join('').length - text.length;
  return {
    kind,
    text,
    edits: edits.map(edit => ({ ...edit, at: Math.max(0, Math.min(text.length, edit.at - lost)) })),
  };
}

async function withFewerInserted(whole: FuzzCase, fails: Fails): Promise<FuzzCase> {
  let current = whole;
  for (let index = 0; index < current.edits.length; index++) {
    const { [index]: edit } = current.edits;
    if (edit === undefined) continue;
    const withPart = (inserted: string): FuzzCase => withEdit(current, index, { ...edit, inserted });
    const kept = await fewer(charactersOf(edit.inserted), units => fails(withPart(units.join(''))));
    if (kept.length < edit.inserted.length) current = withPart(kept.join(''));
  }
  return current;
}

function withEdit(whole: FuzzCase, index: number, edit: FuzzEdit): FuzzCase {
  return { ...whole, edits: whole.edits.map((one, at) => (at === index ? edit : one)) };
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function charactersOf(text: string): readonly string[] {
  return text.split('');
}

/** Fewer parts with which it still fails: halves are left out, then smaller pieces, at last single ones. */
async function fewer<T>(
  parts: readonly T[],
  fails: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = parts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const candidate = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await fails(candidate)) kept = candidate;
      else at += size;
    }
  }
  return kept;
}

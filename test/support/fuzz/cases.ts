/** What is attacked with a text; `values` is a file of its own, `stack` one above another. */
export const kinds = [
  'values',
  'stack',
  'application',
  'project',
  'script',
  'gitignore',
  'image',
  'policy',
] as const;
export type FuzzKind = (typeof kinds)[number];

/** Replaces `removed` UTF-16 units at an offset; what reaches beyond the text counts as its end. */
export interface FuzzEdit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

export interface FuzzCase {
  readonly kind: FuzzKind;
  readonly text: string;
  /** Made one after another, each with everything that is checked. */
  readonly edits: readonly FuzzEdit[];
}

/** A case as the corpus keeps it. Unlike a text, JSON in ASCII keeps lone surrogates and every kind of line end. */
export interface KeptCase extends FuzzCase {
  /** What failed when it was found. */
  readonly check: string;
}

export function applyFuzzEdit(text: string, { at, removed, inserted }: FuzzEdit): string {
  const start = Math.min(at, text.length);
  return text.slice(0, start) + inserted + text.slice(start + removed);
}

/** The smallest edit that turns one text into another. */
export function editBetween(before: string, after: string): FuzzEdit {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at++;
  let tail = 0;
  while (tail < most - at && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { at, removed: before.length - at - tail, inserted: after.slice(at, after.length - tail) };
}

export function printCase(kept: KeptCase): string {
  const json = JSON.stringify(kept, undefined, 2);
  return `${json.replace(/[^\n -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** A promise of the product that does not hold for a case. */
export class FuzzFailure extends Error {
  readonly check: string;

  constructor(check: string, message: string) {
    super(message);
    this.check = check;
  }
}

/** Runs a check; whatever it throws becomes its failure. */
export function attempt<T>(check: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof FuzzFailure) throw error;
    throw new FuzzFailure(check, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

export function ensure(check: string, isTrue: boolean, message: () => string): void {
  if (!isTrue) throw new FuzzFailure(check, message());
}

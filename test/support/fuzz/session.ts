import type { StackFinding } from '../../../server/src/core/findings/finding.ts';
import { applyFuzzEdit, attempt, FuzzFailure, type FuzzCase, type FuzzEdit, type FuzzKind } from './cases.ts';
import {
  checkActions,
  checkAfresh,
  checkCompletion,
  checkEffective,
  checkFindings,
  checkHover,
  checkNavigation,
  checkWhole,
} from './checkFeatures.ts';
import { checkActionsAt, checkFixAll } from './checkFixes.ts';
import { checkIgnore, checkImages, checkPolicy, checkScript } from './checkPlain.ts';
import { checkCursor, checkLines, checkParsed } from './checkYaml.ts';
import { Random, seedOf } from './random.ts';
import { worldOf, type FuzzWorld } from './world.ts';

/** How often each thing was checked. */
export type Counts = Map<string, number>;

const plainKinds: ReadonlySet<FuzzKind> = new Set(['script', 'gitignore', 'image', 'policy']);

/** One text under attack: knows the world of the text before, as a server does. */
export class FuzzSession {
  readonly #kind: FuzzKind;
  readonly #counts: Counts;
  /** Whether everything is checked on every text; else what costs much is, on some. */
  readonly #isThorough: boolean;
  #text: string;
  #world: FuzzWorld | undefined;

  constructor(
    { kind, text }: Pick<FuzzCase, 'kind' | 'text'>,
    isThorough: boolean,
    counts: Counts = new Map(),
  ) {
    this.#kind = kind;
    this.#text = text;
    this.#isThorough = isThorough;
    this.#counts = counts;
  }

  get text(): string {
    return this.#text;
  }

  #build(): void {
    if (plainKinds.has(this.#kind)) return;
    this.#world = attempt('world', () => worldOf(this.#kind, this.#text, this.#world));
    checkFindings(this.#world);
  }

  /** The text that the session begins with, as `pass`. */
  start(): void {
    this.#build();
  }

  /** Checks the text that the session begins with. */
  begin(): void {
    this.#check(0);
  }

  /** Makes an edit, and of the text after it only what the checks of the next text build on. */
  pass(edit: FuzzEdit): void {
    this.#text = applyFuzzEdit(this.#text, edit);
    this.#build();
  }

  /** Makes an edit and checks the text after it. */
  edit(edit: FuzzEdit): void {
    this.#text = applyFuzzEdit(this.#text, edit);
    this.#check(Math.min(edit.at + edit.inserted.length, this.#text.length));
  }

  #check(cursor: number): void {
    const text = this.#text;
    const plain = { script: checkScript, gitignore: checkIgnore, image: checkImages, policy: checkPolicy };
    if (
      this.#kind === 'script' ||
      this.#kind === 'gitignore' ||
      this.#kind === 'image' ||
      this.#kind === 'policy'
    ) {
      this.#count(this.#kind);
      plain[this.#kind](text);
    } else this.#checkYaml(cursor);
  }

  #checkYaml(cursor: number): void {
    const random = new Random(seedOf(this.#text));
    const world = attempt('world', () => worldOf(this.#kind, this.#text, this.#world));
    this.#world = world;
    this.#count(this.#kind);
    checkParsed(this.#text, world.file.yaml);
    const cursors = this.#cursors(cursor, random);
    for (const offset of cursors) checkCursor(world.file.source, world.file.yaml, offset);
    if (!this.#wants(random, 2)) return;
    const findings = checkFindings(world);
    this.#count('check');
    if (findings.length > 0) cursors.push(...findings.slice(0, 2).map(({ span }) => span.start));
    if (this.#wants(random, 2)) this.#checkPlaces(world, cursors, random);
    if (this.#wants(random, 2)) this.#checkWhole(world, findings, random);
    if (findings.length > 0 && this.#wants(random, 2)) this.#checkFixes(world, findings, random);
  }

  #checkPlaces(world: FuzzWorld, cursors: readonly number[], random: Random): void {
    const some = this.#isThorough ? cursors : cursors.slice(0, 1 + random.below(2));
    for (const offset of some) {
      this.#count('features');
      checkHover(world, offset);
      checkCompletion(world, offset);
      // Where something stands in the defaults takes reading them.
      if (this.#wants(random, 2)) checkNavigation(world, offset);
      checkActions(world, offset, offset);
    }
  }

  #checkWhole(world: FuzzWorld, findings: readonly StackFinding[], random: Random): void {
    this.#count('whole');
    if (this.#wants(random, 2)) checkAfresh(this.#kind, world, findings);
    checkWhole(world, findings);
    checkLines(world.file.source);
    // Reading the whole of the values again takes ten times as long as all else.
    checkEffective(world, this.#wants(random, 10));
  }

  #checkFixes(world: FuzzWorld, findings: readonly StackFinding[], random: Random): void {
    this.#count('fixes');
    checkFixAll(world);
    const fixable = findings.filter(({ fixes }) => fixes.length > 0);
    const some = this.#isThorough
      ? fixable.slice(0, 30)
      : fixable.slice(random.below(fixable.length)).slice(0, 1);
    for (const finding of some)
      checkActionsAt(world, finding, limit => random.below(limit), this.#isThorough ? 100 : 2);
  }

  #wants(random: Random, times: number): boolean {
    return random.once(times) || this.#isThorough;
  }

  /** Where the cursor is, and some other places. */
  #cursors(cursor: number, random: Random): number[] {
    const { length } = this.#text;
    if (this.#isThorough && length <= 300) return Array.from({ length: length + 1 }, (_, offset) => offset);
    const count = this.#isThorough ? 20 : 2;
    return [cursor, ...Array.from({ length: count }, () => random.below(length + 1)), length, 0];
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

/** Does everything with the last text of a case; gives what fails, `undefined` where nothing does. For a thread of its own. */
export function replayCase({ kind, text, edits }: FuzzCase): Failure | undefined {
  const session = new FuzzSession({ kind, text }, true);
  const last = edits.at(-1);
  try {
    if (last === undefined) session.begin();
    else {
      session.start();
      for (const edit of edits.slice(0, -1)) session.pass(edit);
      session.edit(last);
    }
  } catch (error) {
    if (error instanceof FuzzFailure) return { check: error.check, message: error.message };
    throw error;
  }
  return undefined;
}

export interface Failure {
  readonly check: string;
  readonly message: string;
}

import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { StackPlan } from '../core/stack/plan.ts';

/** Of each open file; a file that all stacks share does not make the whole workspace its neighbour. */
const maxStacksReported = 20;

/** Where a snapshot's files are to be heard of. */
interface Editor {
  /** The URIs of open documents. */
  readonly open: readonly string[];
  readonly projectFiles: readonly string[];
}

/**
 * The files, open or not, that the user should hear about: project files, Applications, the files of the stacks that these
 * and scripts define, and those of the stacks of open files.
 */
export class ReportedFiles {
  #plans: readonly StackPlan[] = [];
  #editor = '';
  #uris: ReadonlySet<string> = new Set();

  /** Sorted. Made again only where there are other stacks or other open files: not for each keystroke. */
  of(snapshot: Snapshot, { open, projectFiles }: Editor): ReadonlySet<string> {
    const { plans } = snapshot;
    const editor = [...open, '', ...projectFiles].join('\n');
    if (this.#plans === plans && this.#editor === editor) return this.#uris;
    const ofOpen = open.flatMap(uri => snapshot.plansOf(uri).slice(0, maxStacksReported));
    const uris = [...plans.filter(isDefined), ...ofOpen].flatMap(filesOf);
    this.#plans = plans;
    this.#editor = editor;
    this.#uris = new Set([...projectFiles, ...uris].sort());
    return this.#uris;
  }
}

/** A file that nothing names is of interest once it is open. */
function isDefined({ kind }: StackPlan): boolean {
  return kind !== 'standalone' && kind !== 'given';
}

/** An Application is a file of ours, even when no values are in it; a script is not. */
function filesOf({ kind, uris, definedAt }: StackPlan): readonly string[] {
  if (kind !== 'application' || definedAt === undefined) return uris;
  return [definedAt.uri, ...uris];
}

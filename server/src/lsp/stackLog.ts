import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { StackPlan } from '../core/stack/plan.ts';
import { reasonOfGuess } from '../core/stack/releaseGuess.ts';
import { labelOf } from '../core/stack/uri.ts';
import { shortened } from '../core/text/shorten.ts';
import { describeError, type Log } from './log.ts';
import type { OpenWorkspace } from './openWorkspace.ts';

interface StackLogOptions {
  readonly workspace: OpenWorkspace;
  readonly log: Log;
}

/** In milliseconds; folders change in floods when they are checked out. */
const wait = 500;

/** A large workspace has more than anybody reads in a log. */
const mostStacks = 50;

/** In UTF-16 units; files may be called anything. */
const longestLine = 300;

/** Logs which stacks there are and why, once they are found, and whenever they are others. */
export function logStacks({ workspace, log }: StackLogOptions): void {
  const start = performance.now();
  let plans: Snapshot['plans'] | undefined;
  let logged: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async (): Promise<void> => {
    await workspace.settled();
    timer = undefined;
    const { snapshot } = workspace;
    plans = snapshot.plans;
    const text = describeStacks(snapshot);
    if (text === logged) return;
    const isFirst = logged === undefined;
    logged = text;
    log.info(isFirst ? `${text}\nFound in ${(performance.now() - start).toFixed(0)} ms` : `Now: ${text}`);
  };

  const writeSoon = (delay: number): void => {
    timer ??= setTimeout(() => {
      write().catch((error: unknown) => log.warn(`The stacks were not logged: ${describeError(error)}`));
    }, delay);
  };

  // The first time is that of the search, not of a flood.
  writeSoon(0);
  workspace.onDidChange(() => {
    if (workspace.snapshot.plans !== plans) writeSoon(wait);
  });
}

/** The stacks of a workspace and what tells each of them, a line per stack. */
function describeStacks(snapshot: Snapshot): string {
  const { plans } = snapshot;
  if (plans.length === 0) return 'No stack: there is no deployKF values file, Application or project file';
  const lines = plans
    .slice(0, mostStacks)
    .map(plan => `  ${shortened(describePlan(snapshot, plan), longestLine)}`);
  const more = plans.length > mostStacks ? [`  and ${plans.length - mostStacks} more`] : [];
  const count = plans.length === 1 ? '1 stack' : `${plans.length} stacks`;
  return [`${count}:`, ...lines, ...more].join('\n');
}

function describePlan({ state }: Snapshot, plan: StackPlan): string {
  const { kind, name, folder, uris, definedAt } = plan;
  const files = uris.map(uri => labelOf(folder, uri)).join(' → ');
  const by = definedAt === undefined ? '' : ` by ${labelOf(folder, definedAt.uri)}`;
  const label = name === '' ? '' : ` ${name}`;
  return `${kind}${label}${by}, ${describeRelease(plan, state.catalogs.newest)}: ${files}`;
}

function describeRelease({ release, guess, guessedBy, generator }: StackPlan, newest: string): string {
  if (generator !== undefined) return `generator ${generator.path}`;
  if (release === undefined) return `deployKF ${newest}, the newest release that is known`;
  if (guess === undefined) return `deployKF ${release}`;
  return `deployKF ${release}, ${reasonOfGuess(guess, guessedBy)}`;
}

import type { StackView } from '../analysis/stackView.ts';
import type { PathOf } from '../report/types.ts';
import type { StackPlan } from '../stack/plan.ts';
import { joinUri, normalizeUri } from '../stack/uri.ts';
import { printable } from '../text/printable.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { AgentInput } from './readInput.ts';

/** All that agents hear of. What they name is looked for in it, and never read. */
export interface AgentWorld {
  readonly snapshot: Snapshot;
  readonly plans: readonly StackPlan[];
  /** The URIs of the files that are checked: values files, and what defines stacks. */
  readonly files: readonly string[];
  /** The URIs of the folders that paths may be relative to. */
  readonly folders: readonly string[];
  readonly pathOf: PathOf;
  /** What could not be read, so that answers are not whole. */
  readonly problems: readonly string[];
}

/** What an agent gets to read: lines of plain text. */
export interface AgentAnswer {
  readonly text: string;
  /** It was asked wrongly, or nothing is known. */
  readonly isError?: boolean;
}

/** A stack that is answered about; without a view where its release is not known. */
export interface ChosenStack {
  readonly plan: StackPlan;
  readonly name: string;
  readonly view: StackView | undefined;
}

export type ChosenStacks =
  | { readonly kind: 'stacks'; readonly stacks: readonly ChosenStack[] }
  | { readonly kind: 'none'; readonly problem: string };

/** So many are named where one has to be chosen. */
const mostNamed = 30;

/** The stacks that an agent means: all, unless it names one, or a file that is a layer of some. */
export function chooseStacks(world: AgentWorld, { stack, file }: AgentInput): ChosenStacks {
  const all = world.plans.map(plan => stackOf(world, plan));
  const uris = file === undefined ? undefined : urisOf(world, file);
  const stacks = all.filter(
    ({ name, plan }) =>
      (stack === undefined || name === stack) && (uris === undefined || plan.uris.some(uri => uris.has(uri))),
  );
  if (stacks.length > 0) return { kind: 'stacks', stacks };
  if (all.length === 0) return { kind: 'none', problem: 'There is no deployKF stack here' };
  const wanted = [stack && `named "${printable(stack)}"`, file && `with the file "${printable(file)}"`]
    .filter(Boolean)
    .join(' and ');
  return { kind: 'none', problem: `There is no stack ${wanted}. ${nameStacks(all)}` };
}

/** The stacks that there are, for an agent to choose from. */
export function nameStacks(stacks: readonly ChosenStack[]): string {
  const names = stacks.slice(0, mostNamed).map(({ name }) => `"${printable(name)}"`);
  const rest = stacks.length - names.length;
  return `Stacks: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Where the file of a path would be, relative to any folder. */
export function urisOf({ folders }: AgentWorld, path: string): ReadonlySet<string> {
  return new Set([normalizeUri(path), ...folders.map(folder => joinUri(folder, path))]);
}

function stackOf({ snapshot, pathOf }: AgentWorld, plan: StackPlan): ChosenStack {
  const name = plan.name || plan.uris.map(pathOf).join(', ') || 'the defaults alone';
  return { plan, name, view: snapshot.view(plan) };
}

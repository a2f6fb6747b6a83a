import type { StackView } from '../../core/analysis/stackView.ts';
import type { StackPlan } from '../../core/stack/plan.ts';
import { printableShellWord } from '../../core/text/shellWord.ts';
import { complain, sayOption, type Io } from '../io/io.ts';
import type { InputOptions } from '../arguments/options.ts';
import { pathsFrom } from '../io/paths.ts';
import { inputProblems } from './projectProblems.ts';
import type { Inputs } from './inputs.ts';
import { namedLayers, sayStacks, wordsFor, type NamedLayer } from './namedLayers.ts';
import { readInputs } from './readInputs.ts';
import { describeUnknown } from './givenDefaults.ts';

export interface OpenedView {
  readonly view: StackView;
  readonly inputs: Inputs;
  /** What the stack is called: its name, else its files; empty for the defaults alone. */
  readonly name: string;
}

/**
 * The one stack that a command is about; `undefined` when there is none, which has been said. `isPartialFine`: layers that cannot
 * be here may lack, which is said. `hint`: how to name the generator of a release that is not known.
 */
export async function openView(
  io: Io,
  options: InputOptions,
  { isPartialFine = false, hint }: { readonly isPartialFine?: boolean; readonly hint?: string } = {},
): Promise<OpenedView | undefined> {
  const inputs = await openStacks(io, options, { isPartialFine, hint, scope: 'one' });
  if (inputs === undefined) return undefined;
  const { plans, snapshot } = inputs;
  const [plan, ...others] = plans;
  const view = plan && snapshot.view(plan);
  if (plan !== undefined && others.length === 0 && view !== undefined)
    return { view, inputs, name: nameOf(io, plan) };
  if (others.length > 0) complain(io, severalStacks(io, plans));
  else complain(io, unknownRelease(io, inputs, plan, hint));
  return undefined;
}

/** All stacks that a command is about, as `openView` has one; `undefined` when one cannot be looked into, which has been said. */
export async function openViews(
  io: Io,
  options: InputOptions,
): Promise<readonly Pick<OpenedView, 'view' | 'name'>[] | undefined> {
  const inputs = await openStacks(io, options, { isPartialFine: true, hint: undefined, scope: 'all' });
  if (inputs === undefined) return undefined;
  const views: Pick<OpenedView, 'view' | 'name'>[] = [];
  for (const plan of inputs.plans) {
    const view = inputs.snapshot.view(plan);
    if (view === undefined) complain(io, unknownRelease(io, inputs, plan, undefined));
    else views.push({ view, name: nameOf(io, plan) });
  }
  if (inputs.plans.length === 0) complain(io, unknownRelease(io, inputs, undefined, undefined));
  return views.length === 0 || views.length < inputs.plans.length ? undefined : views;
}

interface StackNeeds {
  readonly isPartialFine: boolean;
  readonly hint: string | undefined;
  readonly scope: 'all' | 'one';
}

async function openStacks(
  io: Io,
  options: InputOptions,
  { isPartialFine, hint, scope }: StackNeeds,
): Promise<Inputs | undefined> {
  const opened = await readInputs(io, options, { takes: 'any', scope, hint });
  const messages = inputProblems(io, opened);
  const absent = opened.kind === 'inputs' ? opened.inputs.absent : [];
  for (const message of [...messages, ...absent]) complain(io, message);
  if (opened.kind === 'failed' || messages.length > 0) return undefined;
  if (absent.length > 0 && !isPartialFine) {
    complain(io, `this needs all layers of a stack: give their files with ${sayOption(io, 'values')}`);
    return undefined;
  }
  const leftOut = await opened.inputs.leftOut();
  if (leftOut.length > 0) complain(io, applicationsLeft(io, leftOut));
  for (const layer of namedLayers(opened.inputs)) complain(io, layerAlone(io, layer));
  return opened.inputs;
}

function layerAlone(io: Io, { uri, stacks }: NamedLayer): string {
  const { cwd } = io;
  const ways = stacks.map(stack => {
    const words = wordsFor(cwd, stack).map(printableShellWord);
    return stack.definedIn === undefined ? sayOption(io, 'stack', words.at(-1)) : words.join(' ');
  });
  const names = sayStacks(stacks.map(({ name }) => name));
  const way = [...new Set(ways)].join(' or ');
  return `${pathsFrom(cwd)(uri)} is looked at alone, but it is a layer of ${names}: use ${way} in its place for all layers`;
}

/** A false all-clear would be that a mirror of the listed stacks is one of everything. */
function applicationsLeft(io: Io, plans: readonly StackPlan[]): string {
  const [first] = plans;
  const names = [...new Set(plans.map(plan => nameOf(io, plan)))].join(', ');
  const what = plans.length === 1 ? 'the Application' : 'the Applications';
  return `only the stacks of the project file are looked at here, not ${what} ${names}: add ${sayOption(io, 'stack', first?.name ?? 'NAME')} for one`;
}

function nameOf({ cwd }: Io, { name, uris }: StackPlan): string {
  if (name === '') return uris.map(pathsFrom(cwd)).join(', ');
  return name;
}

function severalStacks(io: Io, plans: readonly StackPlan[]): string {
  const names = plans.map(plan => nameOf(io, plan)).join(', ');
  const isNamed =
    plans.every(plan => plan.name !== '') && new Set(plans.map(plan => plan.name)).size === plans.length;
  const found = `${plans.length} stacks were found here (${names})`;
  if (isNamed) return `${found}: choose one with ${sayOption(io, 'stack', 'NAME')}`;
  return `${found}: name one of them, or give those of one stack in their order with ${sayOption(io, 'values')}`;
}

function unknownRelease(
  io: Io,
  { made }: Inputs,
  plan: StackPlan | undefined,
  hint: string | undefined,
): string {
  if (plan === undefined) return 'there is no stack here';
  return describeUnknown(io, plan, made, hint);
}

import {
  Disposable,
  QuickInputButtons,
  window,
  type InputBox,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';

import { countSteps, isNeeded, type Countable, type StepPlace } from './stepCount.ts';

/** The user goes back to the question before. */
export const back = Symbol('back');

/** `undefined`: the user left. */
export type Answer<Value> = Value | typeof back | undefined;

/** A question of a flow. */
export interface Step<State> extends Countable<State> {
  /** What is known with the answer. */
  readonly ask: (state: State, place: StepPlace) => Promise<Answer<State>>;
}

/** Asks one question after the other, and the one before again where the user goes back; `undefined`: the user left. */
export async function askSteps<State>(
  title: string,
  steps: readonly Step<State>[],
  start: State,
): Promise<State | undefined> {
  const asked: number[] = [];
  let state = start;
  let index = 0;
  for (let step = steps[0]; step !== undefined; step = steps[index]) {
    if (!isNeeded(step, state)) {
      index++;
      continue;
    }
    const place = { title, ...countSteps(steps.slice(index), state, asked.length) };
    const answer = await step.ask(state, place);
    if (answer === undefined) return undefined;
    if (answer === back) index = asked.pop() ?? 0;
    else {
      asked.push(index++);
      // What later questions were answered with stays, to be offered again.
      state = answer;
    }
  }
  return state;
}

export interface ListQuestion<Item> {
  readonly items: readonly Item[];
  readonly placeholder: string;
  /** Those that are ticked at first; without it, one is to be picked. */
  readonly ticked?: readonly Item[];
}

/** Asks for one of several things, or for at least one. */
export function askList<Item extends QuickPickItem>(
  place: StepPlace,
  { items, placeholder, ticked }: ListQuestion<Item>,
): Promise<Answer<readonly Item[]>> {
  const pick = window.createQuickPick<Item>();
  pick.items = items;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (ticked !== undefined) {
    pick.canSelectMany = true;
    pick.selectedItems = ticked;
  }
  return answerOf<readonly Item[]>(pick, place, resolve =>
    pick.onDidAccept(() => {
      if (pick.selectedItems.length > 0) resolve(pick.selectedItems);
    }),
  );
}

export interface LineQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** What is wrong with a text; `undefined`: nothing. */
  readonly check: (text: string) => Promise<string | undefined>;
}

/** Asks for a text without blanks around it. Nothing is said of an empty one before the user is done. */
export function askLine(
  place: StepPlace,
  { prompt, value = '', placeholder = '', check }: LineQuestion,
): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.prompt = prompt;
  box.value = value;
  box.placeholder = placeholder;
  const validate = async (): Promise<boolean> => {
    const text = box.value;
    const problem = await check(text.trim());
    // Another text has its own answer.
    if (text !== box.value) return false;
    box.validationMessage = problem ?? '';
    return problem === undefined;
  };
  return answerOf<string>(box, place, resolve =>
    Disposable.from(
      box.onDidChangeValue(text => {
        if (text.trim() === '') box.validationMessage = '';
        else void validate();
      }),
      box.onDidAccept(async () => {
        if (await validate()) resolve(box.value.trim());
      }),
    ),
  );
}

function answerOf<Value>(
  input: InputBox | QuickPick<QuickPickItem>,
  place: StepPlace,
  listen: (resolve: (value: Value) => void) => Disposable,
): Promise<Answer<Value>> {
  return new Promise<Answer<Value>>(resolve => {
    input.title = place.title;
    input.step = place.step;
    input.totalSteps = place.totalSteps;
    // What is asked for may have to be looked up elsewhere.
    input.ignoreFocusOut = true;
    if (place.step !== undefined && place.step > 1) input.buttons = [QuickInputButtons.Back];
    listen(resolve);
    input.onDidTriggerButton(() => resolve(back));
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}

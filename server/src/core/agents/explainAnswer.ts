import type { StackView } from '../analysis/stackView.ts';
import { isFound, lookUp } from '../lookup/lookUp.ts';
import { readPastedImages } from '../lookup/pastedImages.ts';
import { explain } from '../report/explain.ts';
import { explainText } from '../report/explainText.ts';
import { lookupText } from '../report/lookupText.ts';
import { count, plainStyle } from '../report/style.ts';
import { printable } from '../text/printable.ts';
import { describeStack } from './describeStack.ts';
import type { AgentInput } from './readInput.ts';
import { chooseStacks, nameStacks, type AgentAnswer, type AgentWorld, type ChosenStack } from './world.ts';

/** More at once would take long, and nobody would read it. */
const mostStacks = 20;

/** What is known of a value path, or what values an image comes from, in each stack that is meant. */
export function explainAnswer(world: AgentWorld, input: AgentInput): AgentAnswer {
  const { path, image } = input;
  if ((path === undefined) === (image === undefined))
    return { text: 'Give either "path", a value path, or "image"', isError: true };
  const chosen = chooseStacks(world, input);
  if (chosen.kind === 'none') return { text: chosen.problem, isError: true };
  const stacks = chosen.stacks.slice(0, mostStacks);
  const { text, ...rest } =
    path === undefined ? explainImage(world, stacks, image ?? '') : explainPath(world, stacks, path);
  const others = chosen.stacks.slice(mostStacks);
  if (others.length === 0) return { ...rest, text };
  return {
    ...rest,
    text: `Of ${count(chosen.stacks.length, 'stack')}, only ${mostStacks} are looked into: name another. ${nameStacks(others)}\n${text}`,
  };
}

/** The same answer for several stacks is given once. */
function explainPath(world: AgentWorld, stacks: readonly ChosenStack[], path: string): AgentAnswer {
  const heads = new Map<string, string[]>();
  let isKnown = false;
  for (const stack of stacks) {
    const found = stack.view && pathText(world, stack.view, path);
    isKnown ||= found?.isKnown === true;
    const own = heads.get(found?.text ?? '') ?? [];
    own.push(...describeStack(world, stack));
    heads.set(found?.text ?? '', own);
  }
  const blocks = [...heads].map(([text, head]) => [...head, '', text].join('\n').trimEnd());
  return { text: blocks.join('\n\n'), ...(!isKnown && { isError: true }) };
}

interface PathText {
  readonly text: string;
  readonly isKnown: boolean;
}

function pathText({ pathOf }: AgentWorld, view: StackView, path: string): PathText {
  const explained = explain(view, path);
  if (explained.kind === 'known')
    return { text: explainText(view, explained.explanation, { style: plainStyle, pathOf }), isKnown: true };
  const lack = `Not known: deployKF ${view.catalog.release} has no value "${printable(path)}" and no layer sets it`;
  const nearest = explained.nearest.map(near => `"${near}"`).join(' or ');
  return { text: nearest === '' ? lack : `${lack}; there is ${nearest}`, isKnown: false };
}

/** Nothing of the text but the images in it is repeated: it may hold passwords. */
function explainImage(world: AgentWorld, stacks: readonly ChosenStack[], text: string): AgentAnswer {
  const asked = readPastedImages(text);
  if (asked.length === 0) return { text: 'There is no image reference in "image"', isError: true };
  const views = stacks.flatMap(({ view, name }) => (view === undefined ? [] : [{ view, name }]));
  const found = asked.map(image => lookUp(views, image));
  const heads = stacks.flatMap(stack => describeStack(world, stack));
  const answer = lookupText(found, { style: plainStyle, pathOf: world.pathOf });
  return { text: [...heads, '', answer].join('\n'), ...(!found.some(isFound) && { isError: true }) };
}

import { pulledReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainImage } from '../analysis/uncertainImages.ts';
import type { HiddenImage } from '../catalog/types.ts';
import { retiredSentence, targetOf } from '../report/imagesJson.ts';
import { sayPlace } from '../report/sayPlace.ts';
import { stateText } from '../report/stateText.ts';
import { tagReason } from '../report/tagReason.ts';
import { repositoryValue } from '../rules/image/rewriteChanges.ts';
import { printable } from '../text/printable.ts';
import { describeEnabled } from './describeEnabled.ts';
import { describeStack } from './describeStack.ts';
import type { AgentInput } from './readInput.ts';
import { chooseStacks, nameStacks, type AgentAnswer, type AgentWorld } from './world.ts';

/** Every image of one stack, a line each. */
export function imagesAnswer(world: AgentWorld, input: AgentInput): AgentAnswer {
  const chosen = chooseStacks(world, input);
  if (chosen.kind === 'none') return { text: chosen.problem, isError: true };
  const [first, ...others] = chosen.stacks;
  if (first === undefined || others.length > 0)
    return { text: `Choose one of several stacks. ${nameStacks(chosen.stacks)}`, isError: true };
  const { view } = first;
  const head = describeStack(world, first);
  if (view === undefined) return { text: head.join('\n'), isError: true };
  const { component: wanted } = input;
  const components = view.catalog.catalog.components.filter(
    ({ path }) => wanted === undefined || path === wanted,
  );
  if (components.length === 0) {
    const known = view.catalog.catalog.components.map(({ path }) => path).join(', ');
    const asked = printable(wanted ?? '');
    return { text: `${view.catalog.release} has no component "${asked}", only ${known}`, isError: true };
  }
  const lines = [...head];
  for (const component of components) {
    const own = view.imagesOf(component);
    const hidden = view.catalog.catalog.hiddenImages.filter(image => image.component === component.path);
    if (own.length + hidden.length === 0) continue;
    lines.push('', `${component.path}: ${describeEnabled(view, component, world.pathOf)}`);
    lines.push(...own.map(entry => `  ${imageLine(world, view, entry)}`));
    lines.push(...hidden.map(image => `  ${hiddenLine(image)}`));
  }
  return { text: lines.join('\n') };
}

function imageLine({ pathOf }: AgentWorld, view: StackView, entry: ImageEntry): string {
  const reference = entry.templated ? undefined : pulledReference(entry);
  const repository = repositoryValue(entry);
  const facts = [
    printable(reference ?? 'not known'),
    stateText(view, entry),
    `repository from ${repository === undefined ? 'the release' : sayPlace(repository.winner, pathOf)}`,
    `tag ${tagReason(view, entry, pathOf)}`,
  ];
  const target = targetOf(entry);
  if (target !== undefined) facts.push(`the policy puts it at ${target}`);
  if (entry.retired !== undefined)
    facts.push(`gone: ${retiredSentence(entry.canonical ?? '', entry.retired)}`);
  if (isUncertainImage(view, entry)) facts.push('a layer that is missing here may set another');
  return `${entry.override ?? entry.path}: ${facts.join(' | ')}`;
}

function hiddenLine({ reference, where, changedBy }: HiddenImage): string {
  const by = changedBy === undefined ? 'no value can change it' : `only ${changedBy} changes it`;
  return `${reference} | ${by} | from the release: ${where}`;
}

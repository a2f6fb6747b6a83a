import type { StackPlan } from '../stack/plan.ts';
import { reasonOfGuess } from '../stack/releaseGuess.ts';
import { printable } from '../text/printable.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import type { AgentWorld, ChosenStack } from './world.ts';

/** Which stack it is: who says so, over which release and why that one, of which layers, and what is missing. */
export function describeStack(world: AgentWorld, { plan, name, view }: ChosenStack): readonly string[] {
  const { snapshot, pathOf } = world;
  const lines = [`Stack ${printable(name)}${sayDefined(world, plan)}`];
  if (view === undefined) {
    const asked = plan.generator?.path ?? plan.release ?? 'none that is known';
    return [...lines, `  release: ${printable(asked)}, of which nothing is known here: no fact can be told`];
  }
  const { stack } = view;
  const { guess } = stack;
  const release = `  release: ${printable(stack.release)}`;
  lines.push(
    guess === undefined ? release : `${release}, which nobody names: taken for it, ${reasonOfGuess(guess)}`,
  );
  const layers = stack.layers.map(({ label, file }) => (file === undefined ? label : pathOf(file.uri)));
  lines.push(`  layers, weakest first: ${printable([`defaults of ${stack.release}`, ...layers].join(', '))}`);
  const unread = plan.uris.filter(uri => snapshot.file(uri) === undefined).map(pathOf);
  if (unread.length > 0) lines.push(`  layers that are missing here: ${printable(unread.join(', '))}`);
  if (stack.isPartial === true)
    lines.push(
      '  Not all of its layers are here: what only the defaults say may be otherwise in the cluster',
    );
  return lines;
}

function sayDefined({ snapshot, pathOf }: AgentWorld, { definedAt }: StackPlan): string {
  if (definedAt === undefined) return '';
  const { uri, span } = definedAt;
  const file = folderOfProjectFile(snapshot.state, uri)?.project?.file ?? snapshot.file(uri);
  const line = file === undefined ? '' : `:${file.source.positionAt(span.start).line + 1}`;
  return `, defined at ${printable(pathOf(uri))}${line}`;
}

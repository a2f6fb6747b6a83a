import type { PathOf } from '../report/types.ts';
import { sayMissing } from '../stack/missingLayer.ts';
import type { StackPlan } from '../stack/plan.ts';
import { reasonOfGuess } from '../stack/releaseGuess.ts';
import type { Stack } from '../stack/stack.ts';
import { hostUri } from '../stack/valuesFile.ts';
import { printable } from '../text/printable.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import type { AgentWorld, ChosenStack } from './world.ts';

/** Which stack it is: who says so, over which release and why that one, of which layers, and what is missing. */
export function describeStack(world: AgentWorld, { plan, name, view }: ChosenStack): readonly string[] {
  const { pathOf } = world;
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
  lines.push(`  layers, weakest first: ${printable(layerNames(stack, pathOf).join(', '))}`);
  const missing = sayMissing(stack);
  if (missing !== undefined)
    lines.push(
      `  As far as is known, since ${missing}: what no stronger layer sets may be otherwise in the cluster`,
    );
  return lines;
}

/** The missing ones at their place. */
function layerNames({ release, layers, missing = [] }: Stack, pathOf: PathOf): readonly string[] {
  const absent = (weaker: number): readonly string[] =>
    missing.flatMap(({ label, weaker: place }) =>
      label === undefined || place !== weaker ? [] : `${label} (missing)`,
    );
  const here = layers.flatMap(({ label, file }, index) => [
    ...absent(index),
    file === undefined ? label : pathOf(hostUri(file.uri)),
  ]);
  return [`defaults of ${release}`, ...here, ...absent(layers.length)];
}

function sayDefined({ snapshot, pathOf }: AgentWorld, { definedAt }: StackPlan): string {
  if (definedAt === undefined) return '';
  const { uri, span } = definedAt;
  const file = folderOfProjectFile(snapshot.state, uri)?.project?.file ?? snapshot.file(uri);
  const line = file === undefined ? '' : `:${file.source.positionAt(span.start).line + 1}`;
  return `, defined at ${printable(pathOf(uri))}${line}`;
}

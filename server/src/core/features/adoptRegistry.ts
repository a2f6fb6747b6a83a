import { inferPolicy } from '../policy/infer.ts';
import { policyValue } from '../policy/policyValue.ts';
import { policyProblems, type PolicyProblem } from '../policy/problems.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import { privateOverrides } from '../analysis/privateOverrides.ts';
import { upstreamRegistries } from '../analysis/upstreams.ts';
import { withEveryUpstream } from '../policy/everyUpstream.ts';
import { StackView } from '../analysis/stackView.ts';
import { projectFileComment } from '../stack/projectStacks.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits } from '../text/edit.ts';
import { formatPair } from '../yaml/format.ts';
import { setValues } from '../yaml/write.ts';

export interface AdoptedRegistry {
  readonly policy: RegistryPolicy;
  /** The whole text of the project file with the policy in it. */
  readonly projectText: string;
  /** What is wrong with the targets of this stack's images, such as two images that would meet. */
  readonly problems: readonly PolicyProblem[];
  /** The stack under the new policy. */
  readonly view: StackView;
}

/**
 * Writes the registry policy of a stack that has none into the project file, which is `undefined` when there
 * is none yet. `undefined`: it cannot be written without breaking it.
 */
export function adoptRegistry(
  view: StackView,
  chosen: RegistryPolicy,
  project: ValuesFile | undefined,
): AdoptedRegistry | undefined {
  const { policy } = withEveryUpstream(chosen, upstreamRegistries(view));
  const projectText = withPolicy(view, project, policy);
  if (projectText === undefined) return undefined;
  const repositories = view.images.flatMap(entry => entry.canonical ?? []);
  return {
    policy,
    projectText,
    problems: policyProblems(policy, [...new Set(repositories)]),
    view: new StackView(view.stack, { catalog: view.catalog, policy, retired: view.retired }),
  };
}

function withPolicy(
  { stack }: StackView,
  project: ValuesFile | undefined,
  policy: RegistryPolicy,
): string | undefined {
  const value = policyValue(policy);
  if (project === undefined || project.text.trim() === '') {
    return [
      projectFileComment,
      ...formatPair('release', stack.release, 2),
      ...formatPair('registry', value, 2),
      '',
    ].join('\n');
  }
  if (project.yaml.problems.length > 0) return undefined;
  const target = { source: project.source, root: project.map, anchors: project.anchors };
  const { edits, refused } = setValues(target, [{ path: ['registry'], value }]);
  if (refused.length > 0) return undefined;
  return applyEdits(project.text, edits);
}

/**
 * The policy that the private overrides of a stack follow;
 * `undefined` when there are none or they follow no rule.
 */
export function inferredPolicy(view: StackView): RegistryPolicy | undefined {
  const pairs = view.memo(privateOverrides);
  if (pairs.length === 0) return undefined;
  return inferPolicy(pairs);
}

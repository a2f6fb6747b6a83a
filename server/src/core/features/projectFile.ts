import { policyValue } from '../policy/policyValue.ts';
import type { RegistryPolicy } from '../policy/types.ts';
import { addStacks, projectFileComment, stackValue, type ProposedStack } from '../stack/projectStacks.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import { applyEdits } from '../text/edit.ts';
import { formatPair } from '../yaml/format.ts';
import { findPath } from '../yaml/lookup.ts';
import { setValues, type Assignment } from '../yaml/write.ts';

export interface ProjectFileContent {
  /** `undefined`: nothing is said about it. */
  readonly release: string | undefined;
  readonly policy: RegistryPolicy | undefined;
  readonly stacks: readonly ProposedStack[];
}

/** A new project file with comments that say what can be changed. */
export function projectFileText({ release, policy, stacks }: ProjectFileContent): string {
  const blocks = [
    [projectFileComment],
    release === undefined ? sampleRelease : [releaseComment, ...formatPair('release', release, 2)],
    policy === undefined ? sampleRegistry : registryLines(policy),
    stacks.length === 0 ? sampleStacks : stackLines(stacks),
    [
      '# Severities of individual rules: error, warning, info, hint or off.',
      '# rules:',
      '#   image-tag-mutable: off',
    ],
  ];
  return blocks.map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

/**
 * The text of a project file with what it lacks of this: a release and a policy that are there stay, and stacks are added to
 * its own. `undefined`: it cannot be extended without breaking it.
 */
export function extendedProjectText(file: ValuesFile, content: ProjectFileContent): string | undefined {
  const { yaml, root, map, anchors, source, text } = file;
  if (yaml.problems.length > 0) return undefined;
  const isSet = (key: string): boolean => findPath(root, [key], anchors) !== undefined;
  const { release, policy, stacks } = content;
  const missing: Assignment[] = [];
  if (release !== undefined && !isSet('release')) missing.push({ path: ['release'], value: release });
  if (policy !== undefined && !isSet('registry'))
    missing.push({ path: ['registry'], value: policyValue(policy) });
  const areNew = stacks.length > 0 && !isSet('stacks');
  if (areNew) missing.push({ path: ['stacks'], value: stacks.map(stackValue) });
  const { edits, refused } = setValues({ source, root: map, anchors }, missing);
  const added = stacks.length > 0 && !areNew ? addStacks(file, stacks) : [];
  if (refused.length > 0 || added === undefined) return undefined;
  // At one place, items of the list come before keys after it.
  return applyEdits(text, [...added, ...edits]);
}

const releaseComment = '# The deployKF release of all stacks that do not name one themselves.';
const sampleRelease = [releaseComment, '# release: 0.1.5'];

const registryComment = [
  '# Where images are mirrored to. The longest source wins, "*" matches everything.',
  '# With "target: null", images are accepted as public.',
  '# A target can contain {registry}, {path}, {namespace}, {name} and {flat}.',
];

const sampleRegistry = [
  ...registryComment,
  '# registry:',
  '#   rules:',
  '#     - source: "*"',
  '#       target: registry.example.com/{registry}/{path}',
];

const stackComment = ['# The values files of each deployment, weakest first: please check the order.'];

const sampleStacks = [
  ...stackComment,
  '# stacks:',
  '#   - name: prod',
  '#     values: [sample-values.yaml, prod.yaml]',
];

function registryLines(policy: RegistryPolicy): readonly string[] {
  return [...registryComment, ...formatPair('registry', policyValue(policy), 2)];
}

function stackLines(stacks: readonly ProposedStack[]): readonly string[] {
  return [...stackComment, ...formatPair('stacks', stacks.map(stackValue), 2)];
}

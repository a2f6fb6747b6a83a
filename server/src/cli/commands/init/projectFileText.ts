import { policyValue } from '../../../core/policy/policyValue.ts';
import type { RegistryPolicy } from '../../../core/policy/types.ts';
import { formatPair } from '../../../core/yaml/format.ts';
import type { Value } from '../../../core/yaml/value.ts';
import type { ProposedStack } from './nearbyFiles.ts';

export interface ProjectFileContent {
  readonly release: string;
  readonly policy: RegistryPolicy | undefined;
  readonly stacks: readonly ProposedStack[];
}

/** A new project file with comments that say what can be changed. */
export function projectFileText({ release, policy, stacks }: ProjectFileContent): string {
  const blocks = [
    ['# How deployKF is deployed from this folder: read by the editor and by deploykf-values.'],
    [
      '# The deployKF release of all stacks that do not name one themselves.',
      ...formatPair('release', release, 2),
    ],
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
  const value = stacks.map(({ name, values }): Value => ({ name, values }));
  return [...stackComment, ...formatPair('stacks', value, 2)];
}

import type { Flag } from './parseArguments.ts';

/** What a command is asked about. */
export const inputFlags: readonly Flag[] = [
  {
    name: 'values',
    short: 'f',
    kind: 'list',
    placeholder: 'FILE...',
    help: 'values files of one stack, the weakest first, as deployKF takes them',
  },
  {
    name: 'stack',
    kind: 'value',
    placeholder: 'NAME',
    help: 'a stack of the project file, an Application or a script, by its name',
  },
  {
    name: 'release',
    kind: 'value',
    placeholder: 'VERSION',
    help: 'the deployKF release, such as 0.1.5; without it the project file tells, else the newest known is taken',
  },
  {
    name: 'generator',
    kind: 'value',
    placeholder: 'PATH',
    help: 'the folder or .zip of a generator, a fork’s or a later release’s, whose defaults the values go over',
  },
  {
    name: 'config',
    kind: 'value',
    placeholder: 'FILE',
    help: 'the project file; without it .deploykf-values.yaml is looked for from the files or the working directory upwards',
  },
];

export const formatFlag: Flag = {
  name: 'format',
  kind: 'value',
  placeholder: 'FORMAT',
  choices: ['text', 'json'],
  help: 'text (for people) or json',
};

export const colorFlag: Flag = {
  name: 'color',
  kind: 'value',
  placeholder: 'WHEN',
  choices: ['auto', 'always', 'never'],
  help: 'auto, always or never; auto is on a terminal without NO_COLOR',
};

export const quietFlag: Flag = {
  name: 'quiet',
  short: 'q',
  kind: 'switch',
  help: 'only findings that count, one line each, no summary',
};

export const failOnFlag: Flag = {
  name: 'fail-on',
  kind: 'value',
  placeholder: 'SEVERITY',
  choices: ['error', 'warning', 'info'],
  help: 'exit 1 from this severity on: error, warning (the default) or info',
};

export const helpFlag: Flag = { name: 'help', short: 'h', kind: 'switch', help: 'shows this' };

export const pullSecretFlags: readonly Flag[] = [
  { name: 'explain', kind: 'switch', help: 'says what the policy does with the effective values of the stack' },
  {
    name: 'add',
    kind: 'switch',
    help: 'adds the Secret to the values of the stack, where its list stands or in its strongest file',
  },
  {
    name: 'registry',
    kind: 'values',
    placeholder: 'HOST',
    help: 'a private registry, can be repeated; without it those of the stacks',
  },
  {
    name: 'name',
    kind: 'value',
    placeholder: 'NAME',
    help: 'the name of the Secret; without it that of the values, or my-docker-config',
  },
  {
    name: 'namespace',
    kind: 'value',
    placeholder: 'NAMESPACE',
    help: 'where the Secret is; without it that of the values, or the namespace of Argo CD',
  },
  {
    name: 'form',
    kind: 'value',
    placeholder: 'FORM',
    choices: ['kubectl', 'manifest'],
    help: 'kubectl (a command, the default) or manifest (with places to fill in)',
  },
  {
    name: 'from-docker-config',
    kind: 'switch',
    help: 'reads the logins of these registries from $DOCKER_CONFIG or ~/.docker/config.json',
  },
  {
    name: 'out',
    kind: 'value',
    placeholder: 'FILE',
    help: 'writes the manifest to a file that only its owner can read',
  },
  { name: 'force', kind: 'switch', help: 'overwrites a file that is there' },
  { name: 'dry-run', kind: 'switch', help: 'with --add: writes nothing, prints the change as a unified diff' },
  ...inputFlags,
  formatFlag,
  colorFlag,
  helpFlag,
];

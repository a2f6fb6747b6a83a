import { exporterNames } from '../../core/mirror/exporterNames.ts';
import {
  colorOption,
  failOnOption,
  formatOption,
  helpOption,
  inputOptions,
  quietOption,
  reportOptions,
  tersenessOption,
  type Options,
} from './options.ts';

export const checkOptions = {
  ...inputOptions,
  ...reportOptions,
  ...failOnOption,
  maxWarnings: {
    kind: 'value',
    placeholder: 'N',
    help: 'exit with 1 when there are more than N warnings; up to N of them are fine',
  },
  baseline: {
    kind: 'value',
    placeholder: 'FILE',
    help: 'report only what this file does not have; it is made with --update-baseline',
  },
  updateBaseline: {
    kind: 'switch',
    help: 'write everything that is found to the baseline, and take out of it what is gone',
  },
  ...quietOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

export const fixOptions = {
  ...inputOptions,
  only: {
    kind: 'values',
    placeholder: 'CODE',
    help: 'only findings of this code, can be repeated; fixes that are not for everybody are applied, too, where one is right',
  },
  pin: {
    kind: 'switch',
    help: 'also write every tag that the files leave open, where it is known for sure which one is pulled',
  },
  pinDigests: {
    kind: 'switch',
    help: 'also write the digests that mirror.lock has after the tags of private images; verify --lock makes it',
  },
  check: {
    kind: 'switch',
    help: 'write nothing, print the names of the files that would be changed, and exit with 1 if there are any',
  },
  diff: {
    kind: 'switch',
    help: 'write nothing, print the changes as a unified diff; the lines around a change are shown as they are, even those of a Secret',
  },
  dryRun: { kind: 'switch', help: 'the same as --diff' },
  ...formatOption,
  ...failOnOption,
  ...quietOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

/** Of what prints something about one stack. */
export const stackOptions = {
  ...inputOptions,
  ...formatOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

export const explainOptions = {
  image: {
    kind: 'value',
    placeholder: 'REF|-',
    help: 'instead of a path: an image, to find the values that it comes from; with -, read one from standard input, or events or Pods as kubectl prints them',
  },
  ...stackOptions,
} as const satisfies Options;

/** How registries are spoken to. */
const registryOptions = {
  registryCa: {
    kind: 'value',
    placeholder: 'FILE',
    help: 'the certificate of the authority that vouches for the registry, in PEM form',
  },
  plainHttp: {
    kind: 'values',
    placeholder: 'HOST',
    help: 'a registry that is asked without TLS, can be repeated; logins then go over the network as they are',
  },
} as const satisfies Options;

export const mirrorOptions = {
  ...inputOptions,
  export: {
    kind: 'value',
    placeholder: 'FORM',
    help: `print the plan for a tool, one of ${exporterNames.join(', ')}`,
  },
  platform: {
    kind: 'value',
    placeholder: 'OS/ARCH',
    help: 'export only one platform, such as linux/amd64 (default: all)',
  },
  all: { kind: 'switch', help: 'also what components that are off would pull' },
  missing: {
    kind: 'switch',
    help: 'only the images that verify does not find as they should be; the registries are asked for that',
  },
  ...registryOptions,
  ...formatOption,
  ...tersenessOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

export const verifyOptions = {
  ...inputOptions,
  all: { kind: 'switch', help: 'also what components that are off would pull' },
  platform: {
    kind: 'value',
    placeholder: 'OS/ARCH',
    help: 'the only platform that has to be there, such as linux/amd64 (default: all of the index)',
  },
  deep: { kind: 'switch', help: 'look for every layer, too, except in caches' },
  source: { kind: 'switch', help: 'compare the digests with upstream, which has to be reached for that' },
  lock: { kind: 'switch', help: 'write the digests of what is there to mirror.lock' },
  ...registryOptions,
  ...formatOption,
  ...tersenessOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

export const renderedOptions = {
  ...inputOptions,
  all: { kind: 'switch', help: 'the plan has what components that are off would pull, too' },
  running: {
    kind: 'switch',
    help: 'read Pods as kubectl prints them, and tell by their status what runs and what could not be pulled',
  },
  ...formatOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

const { values, stack, generator, config } = inputOptions;

export const upgradeOptions = {
  values,
  stack,
  generator: {
    ...generator,
    help: 'the folder or .zip of the generator that the defaults of the new release come from',
  },
  config,
  all: { kind: 'switch', help: 'also what components that are off would pull, and their overrides' },
  verify: { kind: 'switch', help: 'ask the registry whether it has the images of the new release' },
  ...registryOptions,
  ...formatOption,
  ...tersenessOption,
  ...colorOption,
  ...helpOption,
} as const satisfies Options;

const secretOptions = {
  name: {
    kind: 'value',
    placeholder: 'NAME',
    help: 'the name of the Secret (default: the one in the values, or my-docker-config)',
  },
  namespace: {
    kind: 'value',
    placeholder: 'NAMESPACE',
    help: 'the namespace of the Secret (default: the one in the values, or that of Argo CD)',
  },
} as const satisfies Options;

export const createSecretOptions = {
  registry: {
    kind: 'values',
    placeholder: 'HOST',
    help: 'a private registry, can be repeated (default: those of the stacks)',
  },
  ...secretOptions,
  form: {
    kind: 'value',
    placeholder: 'FORM',
    choices: ['kubectl', 'manifest'],
    help: 'kubectl (a command, the default) or manifest (with placeholders to fill in)',
  },
  fromDockerConfig: {
    kind: 'switch',
    help: 'read the logins of these registries from $DOCKER_CONFIG or ~/.docker/config.json',
  },
  out: {
    kind: 'value',
    placeholder: 'FILE',
    help: 'write the manifest to a file that only its owner can read',
  },
  force: { kind: 'switch', help: 'overwrite an existing file' },
  ...inputOptions,
  ...helpOption,
} as const satisfies Options;

export const addSecretOptions = {
  ...secretOptions,
  dryRun: { kind: 'switch', help: 'write nothing, print the change as a unified diff' },
  ...inputOptions,
  ...formatOption,
  ...tersenessOption,
  ...helpOption,
} as const satisfies Options;

export const initOptions = {
  registry: { kind: 'value', placeholder: 'HOST', help: 'the private registry that images are mirrored to' },
  layout: {
    kind: 'value',
    placeholder: 'NAME',
    help: 'how it is laid out: upstream-host, host-swap, host-swap-familiar, project-per-upstream, flat or last',
  },
  release: {
    kind: 'value',
    placeholder: 'VERSION',
    help: 'the deployKF release (default: what scripts, Applications or file names tell, else the newest)',
  },
  force: { kind: 'switch', help: 'overwrite an existing project file' },
  ...tersenessOption,
  ...helpOption,
} as const satisfies Options;

export const schemaOptions = {
  release: {
    kind: 'value',
    placeholder: 'VERSION',
    help: 'the deployKF release, such as 0.1.5 (default: the newest known)',
  },
  project: { kind: 'switch', help: 'print the schema of the project file instead' },
  ...helpOption,
} as const satisfies Options;

export const reportPageOptions = {
  html: { kind: 'value', placeholder: 'FILE', help: 'write the page to this file; - is standard output' },
  ...inputOptions,
  ...tersenessOption,
  ...helpOption,
} as const satisfies Options;

/** Those that can complete the command line. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export const completionOptions = { ...helpOption } as const satisfies Options;

export const lspOptions = {
  stdio: { kind: 'switch', help: 'the only transport, and so the default' },
  ...helpOption,
} as const satisfies Options;

export const mcpOptions = { ...helpOption } as const satisfies Options;

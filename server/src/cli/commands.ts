import { defineCommand, type Command } from './arguments/command.ts';
import {
  addSecretOptions,
  checkOptions,
  createSecretOptions,
  fixOptions,
  initOptions,
  lspOptions,
  schemaOptions,
  mirrorOptions,
  renderedOptions,
  stackOptions,
  upgradeOptions,
  verifyOptions,
} from './arguments/commandOptions.ts';

const inputs = [
  'Checks each values file alone over the release’s defaults, and Argo CD Applications and scripts',
  'with deploykf generate as the stacks that they define. Folders are searched by content, except for',
  'what git ignores; - is standard input. Without files, checks the stacks of the project file, else',
  'whatever is in the working directory.',
];

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  defineCommand({
    name: 'check',
    usage: '[FILE|FOLDER|-]... [options]',
    summary: 'Check values files',
    about: inputs,
    options: checkOptions,
    examples: [
      { line: 'check', does: 'the stacks of the project file, or the values files here' },
      { line: 'check prod.yaml --release 0.1.5', does: 'one file over the defaults of 0.1.5' },
      { line: 'check --values sample-values.yaml prod.yaml', does: 'two files as one stack' },
      { line: 'check deploy.sh', does: 'the stacks of its deploykf generate commands' },
      {
        line: 'check prod.yaml --generator ../deploykf/generator',
        does: 'one file over the defaults of a fork',
      },
      { line: 'check --stack prod --format json', does: 'for programs' },
      { line: 'check --format sarif --output check.sarif', does: 'for code scanning' },
      { line: 'check --baseline base.json', does: 'only what is new' },
      { line: 'check - < prod.yaml', does: 'standard input' },
    ],
    load: async () => (await import('./commands/check.ts')).runCheck,
  }),
  defineCommand({
    name: 'fix',
    usage: '[FILE|FOLDER|-]... [options]',
    summary: 'Apply every fix that has one right answer',
    about: [
      ...inputs,
      'Changes only the text that a fix is about; comments, quotes and line endings stay. With -, the',
      'result goes to standard output. A diff has the lines around each change as they are, even those of',
      'Secrets: it could not be applied without them.',
    ],
    options: fixOptions,
    examples: [
      { line: 'fix prod.yaml', does: 'writes the file' },
      { line: 'fix --stack prod --dry-run', does: 'shows what would change' },
      { line: 'fix --dry-run | git apply', does: 'applies the fixes with git' },
      { line: 'fix --pin --stack prod', does: 'pins the tags as well' },
      { line: 'fix - < prod.yaml > fixed.yaml', does: 'as a filter' },
      {
        line: 'fix prod.yaml --only pull-secrets-unreached',
        does: 'passes Secrets to the charts that the policy does not reach',
      },
    ],
    load: async () => (await import('./commands/fix.ts')).runFix,
  }),
  defineCommand({
    name: 'images',
    usage: '[FILE|-] [options]',
    summary: 'List every image of a stack with its real tag',
    about: [
      'One stack at a time: a file over the defaults, --values for several layers, or --stack. If there',
      'are several, it lists them for you to choose from. In a folder without values files, it lists the',
      'images of the release itself.',
    ],
    options: stackOptions,
    examples: [
      { line: 'images --stack prod', does: 'a table by component' },
      { line: 'images --values sample-values.yaml prod.yaml', does: 'two files as one stack' },
      { line: 'images prod.yaml --format json', does: 'with hidden and plugin images, for programs' },
    ],
    load: async () => (await import('./commands/images.ts')).runImages,
  }),
  defineCommand({
    name: 'explain',
    usage: 'PATH [FILE|-] [options]',
    summary: 'Show the effective value at a path, and what set it',
    about: [
      'The stack is chosen as for images. For an image value, it also shows what is pulled and why it has',
      'that tag.',
    ],
    options: stackOptions,
    examples: [
      { line: 'explain deploykf_dependencies.istio.images.istioProxy --stack prod', does: 'an image' },
      { line: 'explain kubeflow_tools.pipelines.enabled prod.yaml', does: 'any other value' },
      {
        line: 'explain "kubeflow_tools.notebooks.spawnerFormDefaults.image.options[0]"',
        does: 'an item of a list',
      },
    ],
    load: async () => (await import('./commands/explain.ts')).runExplain,
  }),
  defineCommand({
    name: 'mirror',
    usage: '[FILE|-] [options]',
    summary: 'List what a private registry must hold, or export it for a tool',
    about: [
      'The stack is chosen as for images. Lists every image that is pulled for it, also those that no',
      'value can change and those of the ArgoCD plugin, with the Helm charts and the archive of the',
      'generator. Exits with 1 when the registry policy cannot be carried out, such as where two images',
      'would share a target.',
    ],
    options: mirrorOptions,
    examples: [
      { line: 'mirror --stack prod', does: 'what is copied from where to where' },
      { line: 'mirror --stack prod --export skopeo > mirror.sh', does: 'a script that copies it' },
      { line: 'mirror --stack prod --missing --export skopeo > rest.sh', does: 'only what is still missing' },
      { line: 'mirror prod.yaml --export list --all', does: 'the images of all components' },
    ],
    load: async () => (await import('./commands/mirror.ts')).runMirror,
  }),
  defineCommand({
    name: 'verify',
    usage: '[FILE|-] [options]',
    summary: 'Ask the registries whether every image of a stack is there',
    about: [
      'Looks for each image of the plan where Pods pull it, with all that its index names. Logins are those',
      'of docker and podman, also from credential helpers; they are only sent to the registry that asks for',
      'them and to its token server. Compares the digests with mirror.lock where there is one, or with',
      'upstream. Shows what is not as it should be, and exits with 1 then.',
    ],
    options: verifyOptions,
    examples: [
      { line: 'verify --stack prod', does: 'is everything there' },
      { line: 'verify --stack prod --source', does: 'and is it the same as upstream' },
      { line: 'verify --stack prod --lock', does: 'and keep the digests in mirror.lock' },
      {
        line: 'verify prod.yaml --platform linux/amd64 --registry-ca ca.crt',
        does: 'one platform, by a certificate of your own',
      },
    ],
    load: async () => (await import('./commands/verify.ts')).runVerify,
  }),
  defineCommand({
    name: 'rendered',
    usage: '[FILE|FOLDER|-]... [options]',
    summary: 'Find the images in rendered manifests, and compare them with the plan',
    about: [
      'Reads what helm template, kustomize build or kubectl get -o yaml print, files of any size or',
      'standard input. Finds images in containers of any object, in ConfigMaps and the texts in them, in',
      'arguments and environment variables; Secrets are not looked into. The stack is chosen by --stack,',
      '--values or the project file. Exits with 1 when an image is not in the plan, has another tag there,',
      'or is still pulled from a public registry; with 2 when something could not be read. With --running it',
      'reads Pods, and says what is not pulled.',
    ],
    options: renderedOptions,
    examples: [
      { line: 'rendered manifests/ --stack prod', does: 'all manifests of a folder' },
      { line: 'rendered - --values prod.yaml < rendered.yaml', does: 'standard input' },
      {
        line: 'rendered pods.json --running --stack prod',
        does: 'what runs, by kubectl get pods -A -o json',
      },
      { line: 'rendered rendered.yaml --format json', does: 'each place with its field, for programs' },
    ],
    load: async () => (await import('./commands/rendered.ts')).runRendered,
  }),
  defineCommand({
    name: 'upgrade',
    usage: '[FROM] TO [FILE|-] [options]',
    summary: 'Say what to mirror and to change before an upgrade of deployKF',
    about: [
      'Compares what the same values pull in two releases, and looks for overrides that the new one',
      'ignores or breaks: keys that are gone, values that it does not take, tags of the old release, and',
      'copies of defaults that have moved. The stack is chosen as for images; FROM can be left out where',
      'it names its release. Exits with 1 when there is something to mirror or to change.',
    ],
    options: upgradeOptions,
    examples: [
      { line: 'upgrade 0.1.4 0.1.5 prod.yaml', does: 'one file over the defaults of each release' },
      { line: 'upgrade 0.1.5 --stack prod', does: 'from the release that the stack names' },
      { line: 'upgrade 0.1.4 0.1.5 --stack prod --format json', does: 'for programs' },
    ],
    load: async () => (await import('./commands/upgrade.ts')).runUpgrade,
  }),
  defineCommand({
    name: 'pull-secret create',
    usage: '[FILE|-] [options]',
    summary: 'Create an image pull Secret, or print the command that does',
    about: [
      'Prints a kubectl command that creates the Secret. On a terminal, it asks questions unless',
      '--registry is given; registries, name and namespace are suggested from the stacks. Passwords are',
      'read only with --from-docker-config, and are never printed to a terminal.',
    ],
    options: createSecretOptions,
    examples: [
      {
        line: 'pull-secret create --registry registry.example.com',
        does: 'the command to run, without a password in it',
      },
      { line: 'pull-secret create --form manifest > secret.yaml', does: 'a manifest to fill in' },
      {
        line: 'pull-secret create --from-docker-config | kubectl apply -f -',
        does: 'from the logins of docker',
      },
      {
        line: 'pull-secret create --from-docker-config --out secret.yaml',
        does: 'the same in a file that only you can read',
      },
    ],
    load: async () => (await import('./commands/pullSecret/create.ts')).runCreate,
  }),
  defineCommand({
    name: 'pull-secret add',
    usage: '[FILE|-] [options]',
    summary: 'Add an image pull Secret to the values and switch the policy on',
    about: [
      'Writes it to the list that the values already have, or to the strongest file of the stack, which',
      'is chosen as for images.',
    ],
    options: addSecretOptions,
    examples: [
      { line: 'pull-secret add prod.yaml', does: 'adds the Secret that the values or Argo CD suggest' },
      { line: 'pull-secret add --stack prod --dry-run', does: 'shows what would be added to the values' },
    ],
    load: async () => (await import('./commands/pullSecret/add.ts')).runAdd,
  }),
  defineCommand({
    name: 'pull-secret explain',
    usage: '[FILE|-] [options]',
    summary: 'Show which namespaces the pull-secret policy reaches',
    about: ['The stack is chosen as for images.'],
    options: stackOptions,
    examples: [
      { line: 'pull-secret explain --stack prod', does: 'what receives the Secrets, and why others do not' },
    ],
    load: async () => (await import('./commands/pullSecret/explain.ts')).runExplainSecrets,
  }),
  defineCommand({
    name: 'init',
    usage: '[options]',
    summary: 'Write a project file for the values files in this folder',
    about: [
      'Writes .deploykf-values.yaml into the working directory, with comments. On a terminal, asks',
      'questions unless --registry is given. Where the values files already use a private registry, its',
      'rules are inferred from them. Says which release, layout and stacks it chose, and why.',
    ],
    options: initOptions,
    examples: [
      { line: 'init', does: 'asks on a terminal' },
      { line: 'init --registry registry.example.com', does: 'asks nothing' },
      {
        line: 'init --registry harbor.example.com --layout project-per-upstream',
        does: 'one project for each upstream',
      },
    ],
    load: async () => (await import('./commands/init/init.ts')).runInit,
  }),
  defineCommand({
    name: 'schema',
    usage: '[--release VERSION]',
    summary: 'Print a JSON Schema of the values of a release',
    about: [
      'For editors and validators of YAML: keys with their types and defaults. It sees one file at a time,',
      'and check knows much more.',
    ],
    options: schemaOptions,
    examples: [
      { line: 'schema --release 0.1.5 > deploykf-0.1.5.schema.json', does: 'for values files of 0.1.5' },
    ],
    load: async () => (await import('./commands/schema.ts')).runSchema,
  }),
  defineCommand({
    name: 'lsp',
    usage: '[--stdio]',
    summary: 'Run the language server on standard input and output',
    about: ['For editors other than VS Code, whose extension starts its own.'],
    options: lspOptions,
    examples: [{ line: 'lsp --stdio', does: 'what an editor runs' }],
    load: async () => (await import('./commands/lsp.ts')).runLsp,
  }),
];

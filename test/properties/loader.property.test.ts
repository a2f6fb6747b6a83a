import { PassThrough, Readable } from 'node:stream';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { readInputs } from '../../server/src/cli/inputs/readInputs.ts';
import { ioOf } from '../../server/src/cli/io/io.ts';
import { normalizeUri } from '../../server/src/core/stack/uri.ts';
import { noSettings, projectFileName } from '../../server/src/core/workspace/settings.ts';
import type { Snapshot } from '../../server/src/core/workspace/snapshot.ts';
import { nodeFiles } from '../../server/src/host/files.node.ts';
import { makeCatalogs } from '../../server/src/host/generators.node.ts';
import { OpenWorkspace } from '../../server/src/lsp/openWorkspace.ts';
import { catalogs } from '../support/views.ts';

type Tree = Readonly<Record<string, string>>;

const values = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const withCredentials = `deploykf_core:
  deploykf_profiles_generator:
    enabled: true
kubeflow_tools: {}
# registryCredentials
`;
const secret = `kind: Secret
type: kubernetes.io/dockerconfigjson
metadata: { name: pull, namespace: argocd }
stringData: { .dockerconfigjson: '{"auths": {"example.com": {"auth": "dTpw"}}}' }
`;

const valuesPaths = [
  'base.yaml',
  'prod.yaml',
  'a/base.yaml',
  'a/b/prod.yml',
  'ignored/local.yaml',
  'argo/prod.yaml',
  'node_modules/x/values.yaml',
  'ci/values.yaml',
] as const;

/** As a stack writes them: there or not, relative to the root or to where they are, and what is no file at all. */
const reference = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...valuesPaths) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      './base.yaml',
      '../base.yaml',
      'b/prod.yml',
      'gone.yaml',
      'a/gone.yaml',
      '../outside.yaml',
      '../../nowhere/x.yaml',
      'a',
      'deploy.sh',
      'argo/app.yaml',
      'ignored/app.yaml',
      '/etc/values.yaml',
      '{{ .Values.file }}',
      '$FILE',
    ),
  },
);
const references = fc.array(reference, { minLength: 1, maxLength: 4 });
const release = fc.constantFrom(undefined, undefined, '0.1.5', '0.1.2', '9.9.9');

const application = fc
  .record({
    name: fc.constantFrom('app', 'other', ''),
    files: fc.array(reference, { maxLength: 4 }),
    release,
    source: fc.constantFrom(undefined, undefined, './generator', 'generator', 'none'),
    hasValues: fc.boolean(),
  })
  .map(({ name, files, release, source, hasValues }) =>
    [
      'kind: Application',
      `metadata: { name: "${name}" }`,
      'spec:',
      '  source:',
      '    plugin:',
      '      name: deploykf',
      '      parameters:',
      ...(release === undefined ? [] : [`        - { name: source_version, string: "${release}" }`]),
      ...(source === undefined ? [] : [`        - { name: source_path, string: "${source}" }`]),
      `        - { name: values_files, array: ${JSON.stringify(files)} }`,
      ...(hasValues ? ['        - { name: values, string: "kubeflow_tools: {}" }'] : []),
      '',
    ].join('\n'),
  );

const command = fc
  .record({ files: references, release, source: fc.constantFrom(undefined, undefined, 'generator') })
  .map(({ files, release, source }) => {
    const flags = files.map(file => ` -f ${file.includes(' ') ? `'${file}'` : file}`).join('');
    const version = release === undefined ? '' : ` -V ${release}`;
    return `deploykf generate${version}${source === undefined ? '' : ` --source-path ${source}`}${flags} -O out\n`;
  });

const project = fc
  .record({
    release,
    stacks: fc.array(fc.record({ values: references, release }), { maxLength: 2 }),
    hasGenerator: fc.boolean(),
  })
  .map(({ release, stacks, hasGenerator }) =>
    [
      'rules: {}',
      ...(release === undefined ? [] : [`release: "${release}"`]),
      ...(hasGenerator ? ['generators: { "9.9.9": generator }'] : []),
      ...(stacks.length === 0 ? [] : ['stacks:']),
      ...stacks
        .map(({ values, release: own }, index) =>
          JSON.stringify({ name: `stack ${index}`, values, ...(own !== undefined && { release: own }) }),
        )
        .map(stack => `  - ${stack}`),
      '',
    ].join('\n'),
  );

const valuesText = fc.constantFrom(
  values,
  values,
  withCredentials,
  `${values}---\n${secret}`,
  'kubeflow_tools:\n  katib: [\n',
  'kubeflow_tools: : :\n\tx',
  'apiVersion: v1\nkind: ConfigMap\ndata: { note: deploykf_core }\n',
  secret,
  '',
  '- a\n- b\n',
);

const ignore = fc
  .array(
    fc.constantFrom(
      'ignored/',
      '*.yml',
      'base.yaml',
      '/prod.yaml',
      '!prod.yaml',
      'a/*',
      '*.sh',
      'argo',
      'generator',
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(lines => `${lines.join('\n')}\n`);

function sometimes(paths: readonly string[], text: fc.Arbitrary<string>): fc.Arbitrary<Tree> {
  return fc.dictionary(fc.constantFrom(...paths), text, { maxKeys: paths.length, noNullPrototype: true });
}

const tree = fc
  .tuple(
    sometimes(valuesPaths, valuesText),
    sometimes(
      ['argo/app.yaml', 'app.yaml', 'a/app.yaml', 'ignored/app.yaml'],
      fc.array(application, { minLength: 1, maxLength: 2 }).map(texts => texts.join('---\n')),
    ),
    sometimes(
      ['deploy.sh', 'ci/run.sh', 'Makefile', 'ci/ci.yml'],
      fc.array(command, { maxLength: 2 }).map(scriptText),
    ),
    sometimes(['.deploykf-values.yaml', 'a/.deploykf-values.yaml', 'argo/.deploykf-values.yaml'], project),
    sometimes(['.gitignore', 'a/.gitignore'], ignore),
    sometimes(['generator/default_values.yaml'], fc.constant(values)),
    fc.constantFrom<Tree>({}, { 'generator/templates/x.yaml': 'kind: X\n' }),
  )
  .map(parts => parts.reduce<Tree>((all, part) => ({ ...all, ...part }), {}));

function scriptText(commands: readonly string[]): string {
  return `#!/bin/sh\n${commands.join('')}`;
}

describe('The stacks of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'deploykf-values-loader-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are the same in the editor and in the shell', async function () {
    this.timeout(60_000);
    const seed = 20_261_127;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(tree, async files => {
        const root = join(folder, String(run++), 'root');
        write(root, { '../outside.yaml': values, 'note.txt': '', ...files });
        const editor = await inEditor(root);
        const shell = await inShell(root);
        assert.deepEqual(shell, editor);
      }),
      { numRuns: 60, seed },
    );
  });
});

function write(root: string, files: Tree): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What both sides say of a stack: what it is, and of each layer whether it has a text or what is wrong with it. */
type Stacks = readonly (readonly unknown[])[];

async function inEditor(root: string): Promise<Stacks> {
  const silent = (): void => undefined;
  const workspace = new OpenWorkspace({
    catalogs,
    names: { releases: catalogs.releases, codes: [] },
    files: nodeFiles,
    editorSettings: () => Promise.resolve(noSettings),
    makeCatalogs,
    generatorPaths: () => Promise.resolve({}),
    log: { error: message => assert.fail(message), warn: silent, info: silent },
  });
  const uri = pathToFileURL(root).href;
  workspace.setRoots([uri]);
  while (!workspace.isSettled || workspace.snapshot.state.secrets === undefined) await workspace.settled();
  const { plans, state } = workspace.snapshot;
  const own = normalizeUri(uri);
  // Nobody is told unasked of more than the stacks of the project file, where it has some, and of its Applications.
  const ofProject = plans.filter(
    ({ kind, definedAt }) => kind === 'project' && definedAt?.uri === `${own}/${projectFileName}`,
  );
  if (ofProject.length === 0) return stacksOf(root, { plans, state });
  const applications = plans.filter(({ kind, folder }) => kind === 'application' && folder === own);
  return stacksOf(root, { plans: [...ofProject, ...applications], state });
}

async function inShell(root: string): Promise<Stacks> {
  const stream = { write: (): void => undefined, isTerminal: false, columns: undefined };
  const io = ioOf({
    cwd: root,
    env: {},
    stdout: stream,
    stderr: stream,
    stdin: {
      isTerminal: false,
      read: () => Promise.reject(new Error('stdin')),
      readPieces: () => Promise.resolve(undefined),
      ask: () => Promise.resolve(undefined),
    },
    pipes: { input: Readable.from([]), output: new PassThrough() },
    startServer: () => Promise.resolve(),
    onInterrupt: () => () => undefined,
  });
  const nothing = {
    release: undefined,
    generator: undefined,
    config: undefined,
    values: [],
    stack: undefined,
  };
  const result = await readInputs(io, { ...nothing, operands: [] }, { takes: 'values' });
  // Without stacks, the snapshot of the shell has the defaults alone.
  if (result.kind === 'inputs')
    return result.inputs.plans.length === 0 ? [] : stacksOf(root, result.inputs.snapshot);
  assert.deepEqual(result.messages, [
    `there is no deployKF values file in ${root}: name one, or write one first`,
  ]);
  return [];
}

function stacksOf(root: string, { plans, state }: Pick<Snapshot, 'plans' | 'state'>): Stacks {
  const start = normalizeUri(pathToFileURL(root).href);
  const shown = (uri: string): string => uri.replace(start, '');
  const textOf = (uri: string): string => {
    if (state.files.has(uri)) return 'text';
    return state.missing?.has(uri) === true ? 'missing' : (state.unreadable?.get(uri) ?? 'not looked for');
  };
  return plans.map(({ kind, name, release, generator, uris, layers, definedAt }) => [
    kind,
    name,
    release,
    generator && shown(generator.key),
    (layers ?? uris.map(uri => ({ uri, within: undefined }))).map(({ uri, within }) => [
      shown(uri),
      within,
      textOf(uri),
    ]),
    definedAt && shown(definedAt.uri),
  ]);
}

import assert from 'node:assert/strict';
import { LspClient, ListedFiles, MemoryFiles, root } from '../support/lspClient.ts';
import { findFilesRequest, readFileRequest, type ReadFileParams } from '../../server/src/protocol.ts';

const uri = `${root}/prod.yaml`;
const text = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const policy = 'registry:\n  rules:\n    - source: "*"\n      target: registry.example.com\n';
const disabled = 'kubeflow_tools:\n  katib:\n    enabled: false\n';
const project = { '.deploykf-values.yaml': policy };

function application(name: string, files: readonly string[], values?: string): string {
  const lines = [
    'kind: Application',
    `metadata: { name: ${name} }`,
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    `        - { name: values_files, array: [${files.join(', ')}] }`,
    ...(values === undefined ? [] : [`        - { name: values, string: ${JSON.stringify(values)} }`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The findings about katib: there is one as long as no later layer takes katib out. */
const katib = (found: readonly string[]): readonly string[] =>
  found.filter(line => line.includes(' image-not-overridden: kubeflow_tools.katib'));
const has = (found: readonly string[]): boolean => katib(found).length > 0;
const hasNot = (found: readonly string[]): boolean => katib(found).length === 0;

const templates = ['yaml', 'yml'].map(yaml =>
  ['tftpl', 'tpl', 'tmpl', 'gotmpl', 'j2', 'jinja2', 'envsubst', 'in', 'template']
    .map(ending => `*.${yaml}.${ending}`)
    .join(','),
);
const wanted = `**/{*.yaml,*.yml,*.json,*.sh,*.bash,*.zsh,*.mk,*.ps1,${templates.join(',')},Makefile,makefile,GNUmakefile,Jenkinsfile,Justfile,justfile,.deploykf_output}`;

describe('The search for stacks', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('finds Applications that nobody opened, before the first diagnostics', async () => {
    const files = new ListedFiles({
      ...project,
      'argo/app.yaml': application('app', ['prod.yaml'], disabled),
    });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    assert.deepEqual(katib(await client.diagnostics(uri)), []);
    assert.equal(client.published.filter(params => params.uri === uri).length, 1);
  });

  it('finds them when they are created, changed, renamed and deleted', async () => {
    const files = new ListedFiles(project);
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, has);
    const app = `${root}/argo/app.yaml`;
    files.texts.set(app, application('app', ['prod.yaml'], disabled));
    await client.touch(app);
    await client.diagnosticsWhere(uri, hasNot);
    files.texts.set(app, application('app', ['prod.yaml'], text));
    await client.touch(app);
    // The last layer that the user owns is the string now: the finding moves there.
    files.texts.set(app, application('app', ['prod.yaml']));
    await client.touch(app);
    await client.diagnosticsWhere(uri, has);
    files.texts.delete(app);
    files.texts.set(`${root}/apps/app.yaml`, application('app', ['prod.yaml'], disabled));
    await client.touch(app, `${root}/apps/app.yaml`);
    await client.diagnosticsWhere(uri, hasNot);
    files.texts.delete(`${root}/apps/app.yaml`);
    await client.touch(`${root}/apps`);
    await client.diagnosticsWhere(uri, has);
  });

  it('takes commands of scripts, also as they change in the editor', async () => {
    const files = new ListedFiles({
      ...project,
      'ci/deploy.sh': 'deploykf generate -V 0.1.5 \\\n  --values prod.yaml \\\n  --values last.yaml\n',
      'last.yaml': disabled,
      'other.yaml': 'kubeflow_tools: { volumes: { enabled: false } }\n',
    });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    assert.deepEqual(katib(await client.diagnostics(uri)), []);
    const script = `${root}/ci/deploy.sh`;
    await client.open(script, String(files.texts.get(script)));
    await client.replace(script, 'last.yaml', 'other.yaml');
    const isOn = (found: readonly string[]): boolean => found.some(line => line.includes('value-refused'));
    await client.diagnosticsWhere(uri, isOn);
    await client.close(script);
    await client.diagnosticsWhere(uri, found => !isOn(found));
    assert.deepEqual(await client.diagnosticsWhere(script, found => found.length === 0).catch(() => []), []);
  });

  it('tells of a file that a command names, until it is there', async () => {
    const files = new ListedFiles({ ...project, 'run.sh': 'deploykf generate -f prod.yaml -f last.yaml\n' });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    const isTold = (found: readonly string[]): boolean => found.some(line => line.includes('"last.yaml"'));
    await client.diagnosticsWhere(uri, isTold);
    files.texts.set(`${root}/last.yaml`, text);
    await client.touch(`${root}/last.yaml`);
    await client.diagnosticsWhere(uri, found => !isTold(found));
  });

  it('takes the defaults of a generator for values again when it is none any more', async () => {
    const template = `${root}/gen/templates/manifests/a.yaml`;
    const files = new ListedFiles({
      ...project,
      'gen/default_values.yaml': text,
      'gen/templates/manifests/a.yaml': 'a: 1\n',
    });
    const defaults = `${root}/gen/default_values.yaml`;
    client = await LspClient.start({ files });
    await client.open(defaults, text);
    assert.deepEqual(await client.diagnostics(defaults), []);
    files.texts.delete(template);
    // As clients tell it: the folder that is gone, and nothing of what was in it.
    await client.touch(`${root}/gen/templates`);
    await client.diagnosticsWhere(defaults, has);
    files.texts.set(template, 'a: 1\n');
    await client.touch(template);
    await client.diagnosticsWhere(defaults, hasNot);
  });

  it('passes over what git ignores, until it no longer does', async () => {
    const files = new ListedFiles({
      ...project,
      '.gitignore': 'argo/\n',
      'argo/app.yaml': application('app', ['prod.yaml'], disabled),
    });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    assert.equal(has(await client.diagnostics(uri)), true);
    await client.touch(`${root}/argo/app.yaml`);
    files.texts.delete(`${root}/.gitignore`);
    await client.touch(`${root}/.gitignore`);
    await client.diagnosticsWhere(uri, hasNot);
  });

  it('has the text on disk again when an editor closes a file that it changed', async () => {
    const app = application('app', ['prod.yaml'], disabled);
    const files = new ListedFiles({ ...project, 'app.yaml': app });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.open(`${root}/app.yaml`, app);
    await client.replace(`${root}/app.yaml`, 'kind: Application', 'kind: Other');
    await client.diagnosticsWhere(uri, has);
    await client.close(`${root}/app.yaml`);
    await client.diagnosticsWhere(uri, hasNot);
  });

  it('keeps to the folders of the workspace', async () => {
    const files = new ListedFiles({
      'one/prod.yaml': text,
      'one/.deploykf-values.yaml': policy,
      'two/app.yaml': application('app', ['../one/prod.yaml'], disabled),
    });
    client = await LspClient.start({ files, folders: [`${root}/one`] });
    await client.open(`${root}/one/prod.yaml`, text);
    assert.equal(has(await client.diagnostics(`${root}/one/prod.yaml`)), true);
    const two = { uri: `${root}/two`, name: 'two' };
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [two], removed: [] } });
    await client.diagnosticsWhere(`${root}/one/prod.yaml`, hasNot);
    await client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [two] } });
    await client.diagnosticsWhere(`${root}/one/prod.yaml`, has);
  });

  it('says which stack it is when two Applications disagree', async () => {
    const files = new ListedFiles({
      ...project,
      'a.yaml': application('a', ['off.yaml', 'prod.yaml']),
      'b.yaml': application('b', ['prod.yaml', 'off.yaml']),
      'off.yaml': disabled,
    });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    const [found] = katib(await client.diagnostics(uri));
    assert.match(found ?? '', / \(stack a\)$/);
  });

  it('goes on without a values file that is missing or is no map', async () => {
    const app = application('app', ['list.yaml', 'gone.yaml', 'prod.yaml']);
    const files = new ListedFiles({ ...project, 'app.yaml': app, 'list.yaml': '- a\n' });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    // The file that is missing may override all images.
    assert.equal(has(await client.diagnostics(uri)), false);
    await client.open(`${root}/app.yaml`, app);
    assert.deepEqual(
      (await client.diagnostics(`${root}/app.yaml`)).map(line => line.replace(/: .*/, '')),
      ['8:51-60 stack-file-missing'],
    );
  });

  it('finds what is wrong with a values string that is no YAML', async () => {
    const app = application('app', [], 'kubeflow_tools: [\n');
    client = await LspClient.start({ files: new ListedFiles({ 'app.yaml': app }) });
    await client.open(`${root}/app.yaml`, app);
    const found = await client.diagnostics(`${root}/app.yaml`);
    assert.deepEqual(
      found.map(line => line.replace(/: .*/, '')).filter(line => line.endsWith('yaml-syntax')).length,
      1,
    );
  });

  it('goes through the client where the server has no files', async () => {
    const files = new MemoryFiles({
      ...project,
      '.gitignore': 'ignored/\n',
      'app.yaml': application('app', ['prod.yaml'], disabled),
      'ignored/app.yaml': application('other', ['prod.yaml'], text),
    });
    client = LspClient.inProcess({ files: 'none' });
    client.connection.onRequest(readFileRequest.method, ({ uri }: ReadFileParams) =>
      files.read(uri.replace('memfs:/ws', root)),
    );
    const asked: unknown[] = [];
    client.connection.onRequest(findFilesRequest.method, (params: unknown) => {
      asked.push(params);
      return ['app.yaml', 'ignored/app.yaml'].map(path => `memfs:/ws/${path}`);
    });
    await client.initialize({ folders: ['memfs:/ws'], own: { readsFiles: true, findsFiles: true } });
    await client.open('memfs:/ws/prod.yaml', text);
    assert.equal(has(await client.diagnostics('memfs:/ws/prod.yaml')), false);
    assert.deepEqual(asked, [
      {
        folder: 'memfs:/ws',
        include: wanted,
        exclude: '**/{node_modules,.git,.deploykf_output}/**',
        maxResults: 20000,
      },
    ]);
  });

  it('has the client watch all that may matter', async () => {
    client = await LspClient.start({ files: new ListedFiles(project) });
    const found = await client.until(() =>
      client.registered.find(registration => registration.method === 'workspace/didChangeWatchedFiles'),
    );
    const all = wanted;
    assert.deepEqual(found.registerOptions, {
      watchers: [
        { globPattern: { baseUri: root, pattern: all } },
        { globPattern: { baseUri: root, pattern: '**/.gitignore' } },
        { globPattern: { baseUri: root, pattern: '**' }, kind: 4 },
      ],
    });
  });
});

import assert from 'node:assert/strict';
import { ListedFiles, LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const project = `${root}/.deploykf-values.yaml`;
const uri = `${root}/values.yaml`;
const text = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const policy = 'registry:\n  rules:\n    - source: "*"\n      target: registry.example.com\n';

function missing(found: readonly string[]): readonly string[] {
  return found
    .filter(line => line.includes(' image-not-overridden: kubeflow_tools.katib'))
    .map(line => line.slice(0, 7));
}

const has = (found: readonly string[]): boolean => missing(found).length > 0;
const hasNot = (found: readonly string[]): boolean => missing(found).length === 0;

describe('The project file', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('counts from the start', async () => {
    client = await LspClient.start({ files: new MemoryFiles({ '.deploykf-values.yaml': policy }) });
    await client.open(uri, text);
    assert.deepEqual(missing(await client.diagnostics(uri)), ['1:2-7 i']);
    assert.equal(
      client.published.filter(params => params.uri === uri).length,
      1,
      'no diagnostics without it',
    );
  });

  it('counts when it appears, changes, and no more when it is deleted', async () => {
    const files = new MemoryFiles();
    client = await LspClient.start({ files });
    await client.open(uri, text);
    assert.deepEqual(missing(await client.diagnostics(uri)), []);
    files.texts.set(project, policy);
    await client.touch(project);
    await client.diagnosticsWhere(uri, has);
    files.texts.set(project, policy.replace('registry.example.com', 'null'));
    await client.touch(project);
    await client.diagnosticsWhere(uri, hasNot);
    files.texts.set(project, policy);
    await client.touch(project);
    await client.diagnosticsWhere(uri, has);
    files.texts.delete(project);
    await client.touch(project);
    await client.diagnosticsWhere(uri, hasNot);
  });

  it('keeps its last good policy while it is illegal, and says what is wrong though it is not open', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': policy });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, has);
    files.texts.set(project, 'registry: [\n');
    await client.touch(project);
    const said = await client.diagnosticsWhere(project, found => found.length > 0);
    assert.match(said[0] ?? '', / project-file-invalid: /);
    await client.replace(uri, 'enabled: true', 'enabled: true ');
    assert.deepEqual(missing(await client.diagnostics(uri)), ['1:2-7 i']);
    files.texts.set(project, policy);
    await client.touch(project);
    await client.diagnosticsWhere(project, found => found.length === 0);
  });

  it('counts as it is in the editor, saved or not', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': policy });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, has);
    await client.open(project, policy);
    await client.replace(project, policy, '');
    await client.diagnosticsWhere(uri, hasNot);
    await client.touch(project);
    await client.close(project);
    await client.diagnosticsWhere(uri, has);
  });

  it('is over the settings of the editor', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': 'rules: { image-not-overridden: error }\n' });
    const settings = {
      release: '',
      registry: { rules: [{ source: '*', target: 'registry.example.com' }] },
      stacks: [],
      rules: { 'image-not-overridden': 'off' },
      trace: { server: 'off' },
    };
    client = await LspClient.start({ files, settings });
    await client.open(uri, text);
    await client.diagnosticsWhere(uri, has);
    assert.deepEqual(client.shown, []);
    client.settings = {};
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.diagnosticsWhere(uri, hasNot);
  });

  it('is beside a file that lies in no workspace folder', async () => {
    client = await LspClient.start({
      folders: [],
      files: new MemoryFiles({ '.deploykf-values.yaml': policy }),
    });
    await client.open(uri, text);
    assert.deepEqual(missing(await client.diagnostics(uri)), ['1:2-7 i']);
  });

  it('counts for what is below it, also inside of a workspace folder, as it comes, changes and goes', async () => {
    const files = new ListedFiles({ 'one/values.yaml': text, 'two/values.yaml': text });
    client = await LspClient.start({ files });
    const [one, two] = [`${root}/one/values.yaml`, `${root}/two/values.yaml`];
    await client.open(one, text);
    await client.open(two, text);
    assert.deepEqual(missing(await client.diagnostics(one)), []);
    const inner = `${root}/one/.deploykf-values.yaml`;
    files.texts.set(inner, policy);
    await client.touch(inner);
    await client.diagnosticsWhere(one, has);
    assert.deepEqual(missing(await client.diagnostics(two)), []);
    files.texts.set(inner, policy.replace('registry.example.com', 'null'));
    await client.touch(inner);
    await client.diagnosticsWhere(one, hasNot);
    await client.open(inner, policy);
    await client.diagnosticsWhere(one, has);
    await client.close(inner);
    await client.diagnosticsWhere(one, hasNot);
    files.texts.set(inner, policy);
    await client.touch(inner);
    await client.diagnosticsWhere(one, has);
    files.texts.delete(inner);
    await client.touch(`${root}/one`);
    await client.diagnosticsWhere(one, hasNot);
  });

  it('that git ignores does not count inside of a workspace folder', async () => {
    const files = new ListedFiles({
      '.gitignore': '.deploykf-values.yaml\n',
      'one/.deploykf-values.yaml': policy,
      'one/values.yaml': text,
    });
    client = await LspClient.start({ files });
    await client.open(`${root}/one/values.yaml`, text);
    assert.deepEqual(missing(await client.diagnostics(`${root}/one/values.yaml`)), []);
    files.texts.set(`${root}/.gitignore`, '');
    await client.touch(`${root}/.gitignore`);
    await client.diagnosticsWhere(`${root}/one/values.yaml`, has);
  });

  it('of a folder in a workspace folder does not have the stacks of the settings', async () => {
    const files = new ListedFiles({
      'one/.deploykf-values.yaml': 'rules: {}\n',
      'values.yaml': text,
      'one/values.yaml': text,
    });
    const settings = { stacks: [{ name: 'prod', values: ['values.yaml', 'gone.yaml'] }] };
    client = await LspClient.start({ files, settings });
    await client.open(uri, text);
    await client.open(`${root}/one/values.yaml`, text);
    await client.diagnostics(`${root}/one/values.yaml`);
    assert.deepEqual(
      client.warned.filter(line => line.includes('gone.yaml')),
      ['Values file "gone.yaml" of stack prod does not exist'],
    );
  });

  it('of a folder in a workspace folder is over the settings of the workspace folder', async () => {
    const files = new ListedFiles({
      'one/.deploykf-values.yaml': 'rules: {}\n',
      'one/values.yaml': text,
    });
    const settings = { registry: { rules: [{ source: '*', target: 'registry.example.com' }] } };
    client = await LspClient.start({ files, settings });
    await client.open(`${root}/one/values.yaml`, text);
    await client.diagnosticsWhere(`${root}/one/values.yaml`, has);
    client.settings = {};
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.diagnosticsWhere(`${root}/one/values.yaml`, hasNot);
  });

  it('counts in its own folder only', async () => {
    const files = new MemoryFiles({ 'one/.deploykf-values.yaml': policy });
    client = await LspClient.start({ files, folders: [`${root}/one`, `${root}/two`] });
    await client.open(`${root}/one/values.yaml`, text);
    await client.open(`${root}/two/values.yaml`, text);
    assert.deepEqual(missing(await client.diagnostics(`${root}/one/values.yaml`)), ['1:2-7 i']);
    assert.deepEqual(missing(await client.diagnostics(`${root}/two/values.yaml`)), []);
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: `${root}/one`, name: 'one' }] },
    });
    files.texts.set(`${root}/three/.deploykf-values.yaml`, policy);
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: `${root}/three`, name: 'three' }], removed: [] },
    });
    await client.open(`${root}/three/values.yaml`, text);
    assert.deepEqual(missing(await client.diagnostics(`${root}/three/values.yaml`)), ['1:2-7 i']);
  });
});

describe('A stack of several files', () => {
  let client: LspClient;
  afterEach(() => client.stop());
  const stacks = `${policy}stacks:\n  - name: prod\n    values: [base.yaml, values.yaml]\n`;
  const overrides = [
    'kubeflow_tools:\n  katib:\n    enabled: false\n',
    'kubeflow_tools:\n  katib:\n    controller:\n      replicas: 1\n',
  ] as const;

  it('has its closed files from disk, and as they change there', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': stacks, 'base.yaml': overrides[0] });
    client = await LspClient.start({ files });
    await client.open(uri, overrides[1]);
    assert.deepEqual(missing(await client.diagnostics(uri)), []);
    files.texts.set(`${root}/base.yaml`, text);
    await client.touch(`${root}/base.yaml`);
    await client.diagnosticsWhere(uri, has);
  });

  it('has its open files from the editor, and those beside the changed one are told', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': stacks, 'base.yaml': overrides[0] });
    client = await LspClient.start({ files });
    await client.open(uri, overrides[1]);
    await client.open(`${root}/base.yaml`, overrides[0]);
    await client.diagnosticsWhere(uri, hasNot);
    await client.replace(`${root}/base.yaml`, 'false', 'true');
    await client.diagnosticsWhere(uri, has);
    await client.close(`${root}/base.yaml`);
    await client.diagnosticsWhere(uri, hasNot);
  });

  it('goes on without files that are missing, too large or unreadable, and the log says so once', async () => {
    const files = new MemoryFiles({
      '.deploykf-values.yaml': `${policy}stacks: [{name: a, values: [no.yaml, large.yaml, locked.yaml, values.yaml]}]\n`,
      'large.yaml': { kind: 'tooLarge' },
      'locked.yaml': { kind: 'unreadable', problem: 'cannot be read: permission denied' },
    });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    // What is not read may override them.
    assert.deepEqual(missing(await client.diagnostics(uri)), []);
    await client.touch(`${root}/large.yaml`);
    files.texts.set(`${root}/no.yaml`, 'kubeflow_tools:\n  katib:\n    enabled: false\n');
    await client.touch(`${root}/no.yaml`);
    await client.diagnosticsWhere(project, found => !found.some(line => line.includes('no.yaml')));
    assert.deepEqual(client.warned, [
      `"${root}/large.yaml" is larger than 10 MB and not read: values files are small`,
      `"${root}/locked.yaml" cannot be read: permission denied`,
      'Values file "no.yaml" of stack a does not exist',
    ]);
  });

  it('is not warned of in the log where it was only looked for, or is one of upstream that is known', async () => {
    const application = (source: string, file: string): string => `kind: Application
metadata: { name: app }
spec:
  source:
    ${source}
    plugin:
      name: deploykf
      parameters:
        - { name: source_version, string: "0.1.5" }
        - { name: values_files, array: ["${file}"] }
`;
    const upstream = 'repoURL: https://github.com/deployKF/deployKF.git\n    targetRevision: v0.1.5';
    client = await LspClient.start({
      files: new ListedFiles({
        'argo/app.yaml': application('path: argo', './values/a.yaml'),
        'argo/sample.yaml': application(upstream, './sample-values.yaml'),
        'values/a.yaml': text,
        'gone.yaml': application('path: .', './values/b.yaml'),
      }),
    });
    await client.until(() => client.warned[0]);
    assert.deepEqual(client.warned, ['Values file "values/b.yaml" of stack app does not exist']);
  });

  it('is watched file by file', async () => {
    client = await LspClient.start({ files: new MemoryFiles({ '.deploykf-values.yaml': stacks }) });
    const found = await client.until(() =>
      client.registered.find(registration => registration.method === 'workspace/didChangeWatchedFiles'),
    );
    assert.deepEqual(found.registerOptions, {
      watchers: ['.deploykf-values.yaml', 'base.yaml', 'values.yaml'].map(pattern => ({
        globPattern: { baseUri: root, pattern },
      })),
    });
  });

  it('is watched by paths where the client knows no other patterns', async () => {
    const capabilities = {
      ...pushCapabilities,
      workspace: { ...pushCapabilities.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    client = await LspClient.start({ capabilities, folders: ['file:///ws/a%5B1%5D'] });
    const found = await client.until(() =>
      client.registered.find(registration => registration.method === 'workspace/didChangeWatchedFiles'),
    );
    assert.deepEqual(found.registerOptions, {
      watchers: [{ globPattern: '/ws/a?1?/.deploykf-values.yaml' }],
    });
  });
});

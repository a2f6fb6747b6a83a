import assert from 'node:assert/strict';
import type { DocumentLink, InitializeResult, Location, WorkspaceEdit } from 'vscode-languageserver/node';
import { virtualTextRequest } from '../../server/src/protocol.ts';
import { ListedFiles, LspClient, MemoryFiles, root } from '../support/lspClient.ts';

const prod = `${root}/prod.yaml`;
const text = 'deploykf_core: { deploykf_auth: { images: { dex: { tag: v2 } } } }\n';
const project =
  'release: 0.1.5\nstacks:\n  - name: prod\n    values: [base.yaml, ./prod.yaml] # in this order\n';

function files(): MemoryFiles {
  return new MemoryFiles({
    '.deploykf-values.yaml': project,
    'base.yaml': text.replace('v2', 'v1'),
    'prod.yaml': text,
  });
}

function places(locations: readonly Location[] | null): readonly string[] | undefined {
  return locations?.map(({ uri, range }) => `${uri.replace(`${root}/`, '')}:${range.start.line + 1}`);
}

describe('Going from layer to layer', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('leads from the winner to what it overrides', async () => {
    client = await LspClient.start({ files: files() });
    await client.open(prod, text);
    const position = client.rangeOf(prod, 'tag').start;
    const found = await client.request<Location[] | null>('textDocument/definition', {
      textDocument: { uri: prod },
      position,
    });
    assert.deepEqual(places(found), ['base.yaml:1']);
  });

  it('lists every layer and the default', async () => {
    client = await LspClient.start({ files: files() });
    await client.open(prod, text);
    const position = client.rangeOf(prod, 'tag').start;
    const context = { includeDeclaration: true };
    const found = await client.request<Location[] | null>('textDocument/references', {
      textDocument: { uri: prod },
      position,
      context,
    });
    assert.deepEqual(
      places(found)?.map(place => place.replace(/:\d+$/, '')),
      ['prod.yaml', 'base.yaml', 'deploykf-values:/defaults/0.1.5/default_values.yaml'],
    );
  });

  it("leads to upstream's sample file, which can be read", async () => {
    const app = `${root}/app.yaml`;
    const application = [
      'kind: Application',
      'spec:',
      '  source:',
      '    repoURL: https://github.com/deployKF/deployKF.git',
      '    targetRevision: v0.1.4',
      '    plugin:',
      '      name: deploykf',
      '      parameters:',
      '        - { name: source_version, string: "0.1.4" }',
      '        - { name: values_files, array: [./sample-values.yaml] }',
      '        - { name: values, string: "kubeflow_tools: { katib: { enabled: false } }" }',
      '',
    ].join('\n');
    client = await LspClient.start({ files: new MemoryFiles({}) });
    await client.open(app, application);
    const position = client.rangeOf(app, 'enabled').start;
    const textDocument = { uri: app };
    const found = await client.request<Location[] | null>('textDocument/definition', {
      textDocument,
      position,
    });
    const sample = 'deploykf-values:/samples/0.1.4/sample-values.yaml';
    assert.deepEqual(
      found?.map(({ uri }) => uri),
      [sample],
    );
    const links = await client.request<DocumentLink[] | null>('textDocument/documentLink', { textDocument });
    assert.deepEqual(
      links?.map(({ target }) => target),
      [sample],
    );
    const shown = await client.request<string | null>(virtualTextRequest.method, { uri: sample });
    const line = shown?.split('\n')[found?.[0]?.range.start.line ?? -1];
    assert.equal(line, '    enabled: true');
  });

  it('is asked before files are renamed, and keeps the stacks', async () => {
    client = LspClient.inProcess({ files: files() });
    const { capabilities }: InitializeResult = await client.initialize({});
    assert.equal(capabilities.workspace?.workspaceFolders?.supported, true);
    assert.equal(capabilities.workspace.fileOperations?.willRename?.filters.length, 2);
    await client.open(prod, text);
    const renamed = { oldUri: prod, newUri: `${root}/envs/live%40eu.yaml` };
    const edit = await client.request<WorkspaceEdit | null>('workspace/willRenameFiles', {
      files: [renamed],
    });
    const [change] = edit?.documentChanges ?? [];
    assert.deepEqual(
      change && 'edits' in change && change.edits.map(own => 'newText' in own && own.newText),
      ['./envs/live@eu.yaml'],
    );
  });

  it('tells in the log which paths it cannot write', async () => {
    const run = 'deploykf generate -f base.yaml -f "$MORE"\n';
    client = await LspClient.start({
      files: new ListedFiles({
        '.deploykf-values.yaml': project,
        'base.yaml': text,
        'prod.yaml': text,
        'run.sh': run,
      }),
    });
    const renamed = { oldUri: `${root}/base.yaml`, newUri: `${root}/a%2Cb.yaml` };
    const edit = await client.request<WorkspaceEdit | null>('workspace/willRenameFiles', {
      files: [renamed],
    });
    assert.equal(edit?.documentChanges?.length, 1);
    assert.deepEqual(
      client.logged.filter(message => message.includes('still')),
      ['"run.sh" still names "base.yaml": correct it, its new path cannot be written there'],
    );
  });
});

import assert from 'node:assert/strict';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { ListedFiles, LspClient, printDiagnostic, pullCapabilities, root } from '../support/lspClient.ts';

const wrongTag = 'deploykf_core: { deploykf_auth: { images: { dex: { tag: 2.40 } } } }\n';
const rules = 'rules: { chart-retired: off, image-retired: off }\n';

function application(...files: readonly string[]): string {
  return [
    'kind: Application',
    'metadata: { name: prod }',
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    '        - { name: source_version, string: "0.1.5" }',
    `        - { name: values_files, array: [${files.join(', ')}] }`,
    '',
  ].join('\n');
}

function workspace(): ListedFiles {
  return new ListedFiles({
    '.deploykf-values.yaml': rules,
    'argo/app.yaml': application('prod.yaml', 'gone.yaml'),
    'prod.yaml': wrongTag,
    'deploy.sh': 'deploykf generate -V 0.1.4 --values dev.yaml\n',
    'dev.yaml': wrongTag,
    'alone.yaml': wrongTag,
  });
}

const tag = 'image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it';
const found = {
  'argo/app.yaml': [
    '8:51-60 stack-file-missing: Values file "gone.yaml" of stack prod does not exist: correct the path or create the file',
  ],
  'dev.yaml': [
    '0:0-13 value-refused: "argocd.source.repo.url" must be set: generation fails',
    '0:0-13 value-refused: "argocd.source.repo.revision" must be set: generation fails',
    `0:56-60 ${tag}`,
  ],
  'prod.yaml': [`0:56-60 ${tag}`],
};

describe('Stacks of which no file is open', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function pulled(): Promise<Readonly<Record<string, readonly string[]>>> {
    const { items } = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    const all: Record<string, readonly string[]> = {};
    for (const item of items)
      all[item.uri.slice(root.length + 1)] = item.kind === 'full' ? item.items.map(printDiagnostic) : [];
    return all;
  }

  /** What the client shows at last, by file. */
  function shown(): Readonly<Record<string, readonly string[]>> {
    const last = new Map(client.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
    const all: Record<string, readonly string[]> = {};
    for (const [uri, own] of last)
      if (own.length > 0) all[uri.slice(root.length + 1)] = own.map(printDiagnostic);
    return all;
  }

  it('are told to a client that pulls: Applications, their files, and those of scripts', async () => {
    client = await LspClient.start({ capabilities: pullCapabilities, files: workspace() });
    assert.deepEqual(await pulled(), { ...found, '.deploykf-values.yaml': [] });
  });

  it('are pushed to one that does not, once as long as they are the same', async () => {
    const files = workspace();
    client = await LspClient.start({ files });
    await client.until(() => (Object.keys(shown()).length === 3 ? true : undefined));
    assert.deepEqual(shown(), found);
    const count = client.published.length;
    await client.open(`${root}/alone.yaml`, wrongTag);
    await client.diagnostics(`${root}/alone.yaml`);
    await client.replace(`${root}/alone.yaml`, '2.40', '"2.40"');
    await client.diagnostics(`${root}/alone.yaml`);
    const others = client.published.slice(count).filter(({ uri }) => !uri.endsWith('/alone.yaml'));
    assert.deepEqual(others, []);
  });

  it('tell by the remotes of git whether a file can be here', async () => {
    const files = workspace();
    const text = application('prod.yaml', 'gone.yaml');
    const source = '  source:\n    repoURL: https://example.com/acme/ops.git\n';
    files.texts.set(`${root}/argo/app.yaml`, text.replace('  source:\n', source));
    const repository = { root, remotes: ['example.com/acme/values'] };
    client = await LspClient.start({
      files: Object.assign(files, { repository: () => Promise.resolve(repository) }),
    });
    const [told = ''] = await client.until(() => shown()['argo/app.yaml']);
    assert.match(
      told,
      /"gone\.yaml" of stack prod is in https:\/\/example\.com\/acme\/ops\.git and not here/,
    );
  });

  it('are taken back when nothing names the files any more', async () => {
    const files = workspace();
    client = await LspClient.start({ files });
    await client.until(() => (Object.keys(shown()).length === 3 ? true : undefined));
    files.texts.delete(`${root}/argo/app.yaml`);
    files.texts.set(`${root}/deploy.sh`, 'echo\n');
    await client.touch(`${root}/argo/app.yaml`, `${root}/deploy.sh`);
    await client.until(() => (Object.keys(shown()).length === 0 ? true : undefined));
  });

  it('show a closed file as it is when an open one of its stack changes', async () => {
    const files = workspace();
    files.texts.set(`${root}/argo/app.yaml`, application('prod.yaml', 'last.yaml'));
    files.texts.set(`${root}/last.yaml`, 'kubeflow_tools: {}\n');
    client = await LspClient.start({ files });
    const last = `${root}/last.yaml`;
    await client.open(last, 'kubeflow_tools: {}\n');
    await client.until(() => shown()['prod.yaml']);
    await client.replace(
      last,
      'kubeflow_tools: {}',
      'deploykf_core: { deploykf_auth: { images: { dex: { tag: "v1" } } } }',
    );
    await client.until(() => (shown()['prod.yaml'] === undefined ? true : undefined));
  });
});

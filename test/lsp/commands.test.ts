import assert from 'node:assert/strict';
import { rules } from '../../server/src/core/rules/index.ts';
import type {
  AdoptRegistryResult,
  FileStatus,
  RegistryLayoutsResult,
  RewriteParams,
  RewriteResult,
} from '../../server/src/protocol.ts';
import type { OfferRewriteResult } from '../../server/src/protocol/rewrite.ts';
import { LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const project = `${root}/.deploykf-values.yaml`;
const policy = 'registry:\n  rules:\n    - source: "*"\n      target: registry.example.com\n';
const text = [
  'deploykf_core:',
  '  deploykf_auth:',
  '    images:',
  '      dex:',
  '        repository: ghcr.io/dexidp/dex # ours',
  'kubeflow_tools:',
  '  katib:',
  '    enabled: true',
  '    images:',
  '      katibUi:',
  '        repository: docker.io/kubeflowkatib/katib-ui',
  '',
].join('\n');

describe('Commands', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(files: Readonly<Record<string, string>>): Promise<void> {
    client = await LspClient.start({
      files: new MemoryFiles(files),
      settings: { rules: { 'image-retired': 'off' } },
    });
    await client.open(uri, text);
  }

  function rewrite(what: RewriteParams['what'], at = 'deploykf_core'): Promise<RewriteResult> {
    return client.request('deploykf/rewrite', { uri, what, position: client.rangeOf(uri, at).start });
  }

  it('rewrite the component of the cursor', async () => {
    await start({ '.deploykf-values.yaml': policy });
    const { isApplied, message } = await rewrite('component', 'katibUi');
    assert.equal(isApplied, true, message);
    assert.match(client.text(uri), /repository: registry\.example\.com\/kubeflowkatib\/katib-ui\n/);
    assert.match(client.text(uri), /repository: ghcr\.io\/dexidp\/dex # ours/);
    assert.match(client.text(uri), /katibController:\n {8}repository: registry\.example\.com/);
  });

  it('rewrite the whole file, and then have nothing to do', async () => {
    await start({ '.deploykf-values.yaml': policy });
    assert.equal((await rewrite('file')).isApplied, true);
    assert.match(client.text(uri), /repository: registry\.example\.com\/dexidp\/dex # ours/);
    await client.change(uri, [{ text: client.text(uri) }]);
    assert.deepEqual(await rewrite('file'), { isApplied: false, message: 'There is nothing to change' });
  });

  it('say how many tags are left open after a rewrite, and pin them', async () => {
    await start({ '.deploykf-values.yaml': `release: 0.1.5\n${policy}` });
    const { pinnable = 0 } = await rewrite('file');
    assert.equal(pinnable > 0, true);
    await client.change(uri, [{ text: client.text(uri) }]);
    assert.match((await rewrite('pins')).message, new RegExp(`: ${pinnable} pinned$`));
    assert.match(client.text(uri), /tag: 1\.17\.8-distroless\n/);
    await client.change(uri, [{ text: client.text(uri) }]);
    assert.deepEqual(await rewrite('pins'), { message: 'There is nothing to change', isApplied: false });
  });

  it('say what stands in the way', async () => {
    await start({});
    assert.deepEqual(await rewrite('missing'), {
      isApplied: false,
      message: 'There is no private registry to rewrite to',
      needsRegistry: true,
    });
    client.documents.set(`${root}/other.yaml`, client.documents.get(uri) ?? assert.fail());
    const params = { uri: `${root}/other.yaml`, what: 'fixAll', position: { line: 0, character: 0 } };
    assert.deepEqual(await client.request('deploykf/rewrite', params), {
      isApplied: false,
      message: 'The file is not open',
    });
  });

  it('offer layouts of a registry, the suggested first, or tell why it cannot be one', async () => {
    await start({});
    const ask = (registry: string): Promise<RegistryLayoutsResult> =>
      client.request('deploykf/registryLayouts', { registry });
    const good = await ask('registry.example.com/mirror');
    assert.deepEqual(good.layouts[0], {
      id: 'upstream-host',
      label: 'Keep the upstream registry in the path',
      example: 'docker.io/istio/pilot → registry.example.com/mirror/docker.io/istio/pilot',
      isSuggested: true,
    });
    assert.equal((await ask('docker.io/account')).layouts[0]?.id, 'flat');
    const bad = await ask('registry example');
    assert.deepEqual([bad.layouts, typeof bad.problem], [[], 'string']);
  });

  it('adopt a registry: the project file is made and the file rewritten', async () => {
    await start({});
    const params = { uri, choice: { registry: 'registry.example.com', layout: 'upstream-host' } };
    const result = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', params);
    assert.deepEqual(result, {
      message: 'Rewrote 24 images in 6 components of 1 file, the registry policy is in .deploykf-values.yaml',
      isApplied: true,
      projectFile: project,
    });
    assert.deepEqual(client.created, [project]);
    assert.match(client.text(project), /^registry:\n {2}rules:\n/m);
    assert.match(client.text(uri), /repository: registry\.example\.com\/ghcr\.io\/dexidp\/dex # ours/);
    await client.open(project, client.text(project));
    const again = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', params);
    assert.equal(again.message, 'There is already a registry policy: change it instead');
  });

  it('adopt a registry into a project file that is there, touching nothing else in it', async () => {
    const before = '# ours\nstacks: # all of them\n  - name: prod\n    values: [values.yaml]\n';
    await start({ '.deploykf-values.yaml': before });
    await client.open(project, before);
    const params = { uri, choice: { registry: 'registry.example.com', layout: 'upstream-host' } };
    await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', params);
    assert.ok(client.text(project).startsWith(before));
    assert.match(client.text(project), /^registry:$/m);
  });

  it('adopt the registry that private images follow already', async () => {
    await start({});
    const infer = async (): Promise<readonly string[]> =>
      (await client.request<OfferRewriteResult>('deploykf/offerRewrite', { uri })).rules;
    assert.deepEqual(await infer(), []);
    const refused = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', { uri });
    assert.deepEqual(refused, {
      message: 'This is not a registry that images can be rewritten to',
      isApplied: false,
    });
    await client.replace(uri, 'ghcr.io/dexidp/dex', 'registry.example.com/ghcr.io/dexidp/dex');
    assert.deepEqual(await infer(), ['* → registry.example.com/{registry}']);
    await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', { uri });
    assert.match(client.text(project), /source: "\*"\n +target: "registry\.example\.com\/\{registry\}"\n/);
    await client.open(project, client.text(project));
    assert.deepEqual(await infer(), []);
  });

  it('adopt no registry in which images would meet, unless the user wants it', async () => {
    await start({});
    const params = { uri, choice: { registry: 'docker.io/account', layout: 'upstream-host' } };
    const result = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', params);
    assert.equal(result.isApplied, false);
    assert.notEqual(result.problems?.length ?? 0, 0);
    assert.equal(client.text(uri), text);
    const second = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', {
      ...params,
      isConfirmed: true,
    });
    assert.equal(second.isApplied, true);
  });

  it('adopt no registry where the client cannot create the file', async () => {
    const workspace = { ...pushCapabilities.workspace, workspaceEdit: { documentChanges: true } };
    client = await LspClient.start({ capabilities: { ...pushCapabilities, workspace } });
    await client.open(uri, text);
    const params = { uri, choice: { registry: 'registry.example.com', layout: 'flat' } };
    const result = await client.request<AdoptRegistryResult>('deploykf/adoptRegistry', params);
    assert.equal(result.message, 'This editor does not let the server create files');
  });
});

describe('What a client shows', () => {
  it('is told when a file becomes or ceases to be a values file', async () => {
    const seen: FileStatus[] = [];
    const client = await LspClient.start({ own: { showsStatus: true } });
    client.connection.onNotification('deploykf/fileStatus', (status: FileStatus) => {
      seen.push(status);
    });
    await client.open(uri, '');
    // By then the folder is read.
    await client.request('deploykf/virtualText', { uri });
    await client.replace(uri, '', text);
    await client.replace(uri, 'ghcr.io', 'quay.io');
    await client.diagnostics(uri);
    const id = 'standalone_3a_file_3a__2f__2f__2f_ws_2f_values.yaml';
    const documents = {
      effective: `deploykf-values:/effective/${id}/Effective%20values%20of%20values.yaml`,
      merged: `deploykf-values:/merged/${id}/values.yaml`,
      defaults: 'deploykf-values:/defaults/0.1.5/default_values.yaml',
    };
    const stack = {
      id: `standalone:${uri}`,
      name: '',
      release: '0.1.5',
      guess: 'the newest release that is known',
      documents,
    };
    assert.deepEqual(
      seen.filter((status, index) => JSON.stringify(status) !== JSON.stringify(seen[index - 1])),
      [
        { uri, isValues: false, stacks: [], hasPolicy: false, lacksPolicy: false },
        { uri, isValues: true, stacks: [stack], hasPolicy: false, lacksPolicy: false },
      ],
    );
    assert.equal(seen.length, 2);
    await client.stop();
  });

  it('are pages of rules and other documents of the server', async () => {
    const client = await LspClient.start();
    const read = (path: string): Promise<string | null> =>
      client.request('deploykf/virtualText', { uri: `deploykf-values:/${path}` });
    for (const { code } of rules)
      assert.match((await read(`rules/${code}.md`)) ?? '', new RegExp(`^# ${code}\n`));
    assert.match((await read('defaults/0.1.5/default_values.yaml')) ?? '', /^\s*argocd:/);
    assert.equal(await read('rules/nonsense.md'), null);
    await client.stop();
  });
});

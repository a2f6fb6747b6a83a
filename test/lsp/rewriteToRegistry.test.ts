import assert from 'node:assert/strict';
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { AdoptRegistryResult } from '../../server/src/protocol.ts';
import type { OfferRewriteResult, PlanRewriteResult } from '../../server/src/protocol/rewrite.ts';
import { LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const base = `${root}/base.yaml`;
const prod = `${root}/prod.yaml`;
const project = 'release: 0.1.5\nstacks:\n  - name: prod\n    values: [base.yaml, prod.yaml]\n';
const baseText = 'deploykf_core: {deploykf_auth: {images: {dex: {repository: ghcr.io/dexidp/dex}}}}\n';
const prodText = 'kubeflow_tools:\n  katib:\n    enabled: true\n';
const choice = { registry: 'registry.example.com', layout: 'upstream-host' };

describe('A rewrite to a private registry', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(files: Readonly<Record<string, string>>): Promise<void> {
    const { workspace } = pushCapabilities;
    const workspaceEdit = { ...workspace?.workspaceEdit, changeAnnotationSupport: {} };
    client = await LspClient.start({
      files: new MemoryFiles(files),
      capabilities: { ...pushCapabilities, workspace: { ...workspace, workspaceEdit } },
    });
    client.connection.onRequest('workspace/workspaceFolders', () => [{ uri: root, name: 'ws' }]);
    await client.open(prod, prodText);
  }

  const offer = (uri = prod): Promise<OfferRewriteResult> => client.request('deploykf/offerRewrite', { uri });
  const adopt = (params: object): Promise<AdoptRegistryResult> =>
    client.request('deploykf/adoptRegistry', { uri: prod, choice, ...params });

  it('names the files, and the layers that are missing, before anything is asked', async () => {
    await start({ '.deploykf-values.yaml': project });
    assert.deepEqual(await offer(), {
      hasPolicy: false,
      rules: [],
      files: [
        { uri: prod, label: 'prod.yaml', stacks: ['prod'], missing: ['prod: base.yaml'], isRelated: true },
      ],
    });
    assert.equal((await offer(`${root}/no.yaml`)).problem, 'The active file is not a deployKF values file');
  });

  it('says what it would change, and does that to all chosen files, with the tags', async () => {
    await start({ '.deploykf-values.yaml': project, 'base.yaml': baseText });
    await client.open(base, baseText);
    await client.open(`${root}/.deploykf-values.yaml`, project);
    const files = [base, prod];
    const plan = await client.request<PlanRewriteResult>('deploykf/planRewrite', {
      uri: prod,
      choice,
      files,
    });
    const [, images = ''] = /^(\d+ images in \d+ components) of 2 files$/.exec(plan.summary) ?? [];
    assert.notEqual(images, '', plan.summary);
    assert.deepEqual(plan.changed, [...files, `${root}/.deploykf-values.yaml`]);
    const { message } = await adopt({ files, pinsTags: true });
    assert.equal(
      message,
      `Rewrote ${images} of 2 files, pinned ${plan.tags} tags, the registry policy is in .deploykf-values.yaml`,
    );
    assert.match(client.text(base), /repository: registry\.example\.com\/ghcr\.io\/dexidp\/dex/);
    assert.match(client.text(prod), /tag: 1\.17\.8-distroless\n/);
  });

  it('goes by the policy that there is, and then has nothing to do', async () => {
    const policy = 'registry:\n  rules:\n    - {source: "*", target: registry.example.com}\n';
    await start({ '.deploykf-values.yaml': policy });
    assert.equal((await offer()).hasPolicy, true);
    const { message, projectFile } = await adopt({ choice: undefined });
    assert.match(message, /^Rewrote \d+ images in \d+ components of 1 file$/);
    assert.equal(projectFile, undefined);
    await client.change(prod, [{ text: client.text(prod) }]);
    const nothing =
      /^Nothing to rewrite\. prod\.yaml: (\d+) images still come .*: \1 that no value can change$/;
    assert.match((await adopt({ choice: undefined })).message, nothing);
    const plan = await client.request<PlanRewriteResult>('deploykf/planRewrite', { uri: prod });
    assert.match(plan.problem ?? '', nothing);
  });

  it('gives all overrides to a file that looks like one stack with another', async () => {
    const overlay = `${root}/prod-overrides.yaml`;
    await start({});
    await client.open(overlay, 'kubeflow_tools:\n  katib:\n    images:\n      katibUi: {tag: v1}\n');
    const plan = (files: readonly string[]): Promise<PlanRewriteResult> =>
      client.request('deploykf/planRewrite', { uri: prod, choice, files });
    const alone = await plan([prod]);
    assert.match(alone.summary, /^\d\d images in \d+ components of 1 file$/);
    assert.equal((await plan([prod, overlay])).summary, alone.summary);
    assert.match((await plan([overlay])).summary, /^\d\d images in \d+ components of 1 file$/);
    const { message } = await adopt({});
    assert.match(message, new RegExp(`^Rewrote ${alone.summary}, `));
    await client.change(prod, [{ text: prodText }]);
    await client.open(`${root}/.deploykf-values.yaml`, client.text(`${root}/.deploykf-values.yaml`));
    const position = { line: 0, character: 0 };
    const file = await client.request('deploykf/rewrite', { uri: prod, what: 'file', position });
    assert.match(JSON.stringify(file), /Rewrite the images of this file: \d+ findings fixed/);
  });

  it('says why nothing is rewritten', async () => {
    const plan = (files: readonly string[]): Promise<PlanRewriteResult> =>
      client.request('deploykf/planRewrite', { uri: prod, choice, files });
    await start({ '.deploykf-values.yaml': project });
    assert.equal(
      (await plan([prod])).reason,
      'Nothing to rewrite: base.yaml may override the images, and is not here',
    );
    await client.stop();
    await start({ '.deploykf-values.yaml': project, 'base.yaml': 'kubeflow_tools: {}\n' });
    assert.equal(
      (await plan([base])).reason,
      'Nothing to rewrite: the overrides of stack prod go to prod.yaml, its last layer: choose that file, too',
    );
    await client.change(prod, [{ text: 'kubeflow_tools: {katib: [\n' }]);
    assert.equal(
      (await plan([prod])).reason,
      'Nothing to rewrite: a file of the stack does not parse, so that it is not known what it overrides',
    );
  });

  it('is shown first where that is wanted, with every change ticked', async () => {
    await start({});
    const edits: WorkspaceEdit[] = [];
    client.connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      edits.push(edit);
      return { applied: false };
    });
    assert.deepEqual(await adopt({ isPreviewed: true }), {
      message: 'Nothing was changed',
      isApplied: false,
    });
    const [{ changeAnnotations, documentChanges = [] } = {}] = edits;
    assert.deepEqual(changeAnnotations, {
      preview: { label: 'Rewrite to a private registry', needsConfirmation: true },
    });
    // VS Code leaves this one out, since the file exists, and shows the others ticked.
    assert.deepEqual(documentChanges.at(-1), {
      kind: 'create',
      uri: prod,
      options: { ignoreIfExists: true },
      annotationId: 'preview',
    });
    assert.equal(JSON.stringify(documentChanges.slice(0, -1)).includes('annotationId'), false);
  });
});

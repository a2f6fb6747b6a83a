import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver';
import type { AdoptRegistryResult, OfferProjectFileResult } from '../../server/src/protocol.ts';
import { ListedFiles, LspClient, pushCapabilities, root } from '../support/lspClient.ts';

const project = `${root}/.deploykf-values.yaml`;
const [base, overlay] = [`${root}/sample-values.yaml`, `${root}/sample-values-overrides.yaml`];
const values = 'kubeflow_tools: { pipelines: { enabled: true } }\n';
const mirrored =
  'deploykf_core: { deploykf_auth: { images: { dex: { repository: r.example.com/ghcr.io/dexidp/dex } } } }\n';
const two = { 'sample-values.yaml': values, 'sample-values-overrides.yaml': mirrored };
const stack = { name: 'default', values: ['sample-values.yaml', 'sample-values-overrides.yaml'] };

describe('A project file', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(files: Readonly<Record<string, string>>): Promise<void> {
    client = await LspClient.start({
      files: new ListedFiles(files),
      settings: { rules: { 'image-retired': 'off', 'chart-retired': 'off' } },
    });
    for (const name of Object.keys(two)) await client.open(`${root}/${name}`, files[name] ?? '');
  }

  const isAlone = (found: readonly string[]): boolean => found.some(line => line.includes('stack-undefined'));
  const offer = (): Promise<OfferProjectFileResult> =>
    client.request('deploykf/offerProjectFile', { uri: base });
  const create = (more: object = {}): Promise<AdoptRegistryResult> =>
    client.request('deploykf/createProjectFile', { uri: base, policy: 'none', stacks: [stack], ...more });

  it('is made by the quick fix of a half stack, which is whole then', async () => {
    await start(two);
    const found = await client.diagnosticsWhere(base, isAlone);
    assert.match(found.join('\n'), /0:0-14 stack-undefined: "sample-values-overrides\.yaml" looks like/);
    await client.diagnosticsWhere(overlay, isAlone);
    const actions = await client.codeActions(base, 'kubeflow_tools', ['quickfix']);
    const action = actions?.find(({ title }) => title.startsWith('Define stack default'));
    assert.ok(action);
    await client.apply(action);
    assert.deepEqual(client.created, [project]);
    assert.match(client.text(project), /^stacks:\n {2}- name: default\n/m);
    await client.open(project, client.text(project));
    await client.diagnosticsWhere(base, lines => !isAlone(lines));
    await client.diagnosticsWhere(overlay, lines => !isAlone(lines));
  });

  it('is extended by the quick fix, saved or not', async () => {
    const before = '# ours\r\nrelease: 0.1.4\r\n';
    await start({ ...two, '.deploykf-values.yaml': before });
    await client.open(project, before);
    await client.diagnosticsWhere(base, isAlone);
    const actions = await client.codeActions(base, 'kubeflow_tools', ['quickfix']);
    await client.apply(actions?.find(({ title }) => title.startsWith('Define stack')) ?? assert.fail());
    assert.deepEqual(client.created, []);
    assert.ok(client.text(project).startsWith(`${before}stacks:\r\n  - name: default\r\n`));
  });

  it('is not made by an editor that cannot make files', async () => {
    const workspaceEdit = { documentChanges: true };
    client = await LspClient.start({
      files: new ListedFiles(two),
      capabilities: { ...pushCapabilities, workspace: { ...pushCapabilities.workspace, workspaceEdit } },
    });
    await client.open(base, values);
    await client.diagnosticsWhere(base, isAlone);
    const actions = await client.codeActions(base, 'kubeflow_tools', ['quickfix']);
    const action = actions?.find(({ title }) => title.startsWith('Define stack'));
    const { edit } = await client.request<CodeAction>('codeAction/resolve', action);
    assert.deepEqual(edit, {});
  });

  it('is also told of what changes in the file beside it', async () => {
    await start({ 'sample-values.yaml': values, 'sample-values-overrides.yaml': 'a: 1\n' });
    assert.ok(!isAlone(await client.diagnostics(base)));
    await client.replace(overlay, 'a: 1', mirrored);
    await client.diagnosticsWhere(base, isAlone);
  });

  it('is offered with what the files tell', async () => {
    await start({ ...two, '.deploykf_output': '{ "source_version": "0.1.4" }' });
    await client.diagnosticsWhere(base, isAlone);
    const { releases, ...rest } = await offer();
    assert.deepEqual(releases.slice(0, 2), [
      { release: '0.1.4', reason: "as deployKF's own output nearby says" },
      { release: '0.1.5' },
    ]);
    assert.deepEqual(rest, {
      takesPolicy: true,
      rules: ['* → r.example.com/{registry}'],
      stacks: [stack],
      files: ['sample-values-overrides.yaml', 'sample-values.yaml'],
    });
  });

  it('is written with what was chosen', async () => {
    await start(two);
    assert.deepEqual(await create({ release: '0.1.4', policy: 'inferred' }), {
      message: '.deploykf-values.yaml is written',
      isApplied: true,
      projectFile: project,
    });
    assert.match(client.text(project), /^release: 0\.1\.4$/m);
    assert.match(client.text(project), /^ {6}target: "r\.example\.com\/\{registry\}"$/m);
    await client.open(project, client.text(project));
    const { releases, takesPolicy, stacks, projectFile } = await offer();
    assert.deepEqual([releases, takesPolicy, stacks, projectFile], [[], false, [], project]);
    const again = await create({ policy: 'none', stacks: [] });
    assert.deepEqual(again, {
      message: '.deploykf-values.yaml says all of that already',
      isApplied: false,
      projectFile: project,
    });
  });

  it('maps every registry of the release', async () => {
    await start(two);
    await create({ policy: { registry: 'r.example.com', layout: 'project-per-upstream' } });
    for (const registry of ['docker.io', 'ghcr.io', 'quay.io', 'gcr.io'])
      assert.ok(client.text(project).includes(`source: ${registry}\n`), registry);
    await client.open(project, client.text(project));
  });

  it('is extended by what it lacks', async () => {
    const before =
      'registry: { private: [r.example.com] } # ours\nstacks:\n- { name: a, values: [a.yaml] }\n';
    await start({ ...two, '.deploykf-values.yaml': before });
    await client.open(project, before);
    await create({ release: '0.1.5', policy: 'none' });
    assert.equal(
      client.text(project),
      `${before}- name: default\n  values:\n    - sample-values.yaml\n    - sample-values-overrides.yaml\nrelease: 0.1.5\n`,
    );
  });

  it('is left alone where it is broken, and filled where it says nothing', async () => {
    await start({ ...two, '.deploykf-values.yaml': 'stacks: [\n' });
    assert.match((await offer()).problem ?? '', /cannot be read: correct it first/);
    assert.match((await create()).message, /could not be written: correct it first/);
    await client.open(project, ' \n');
    assert.equal((await create()).isApplied, true);
    assert.match(client.text(project), /^ {2}- name: default$/m);
  });

  it('is not written with a registry that is none, nor where images would meet, unless it is wanted so', async () => {
    await start(two);
    const bad = await create({ policy: { registry: '!', layout: 'flat' } });
    assert.equal(bad.message, 'This is not a registry that images can be rewritten to');
    const policy = { registry: 'docker.io/me', layout: 'host-swap' };
    const asked = await create({ policy });
    assert.deepEqual([asked.isApplied, (asked.problems?.length ?? 0) > 0], [false, true]);
    assert.equal((await create({ policy, isConfirmed: true })).isApplied, true);
  });

  it('needs a folder', async () => {
    await start(two);
    const offered = await client.request<OfferProjectFileResult>('deploykf/offerProjectFile', {
      uri: 'untitled:one',
    });
    assert.match(offered.problem ?? '', /^Open a folder first/);
  });
});

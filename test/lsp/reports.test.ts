import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver';
import type { ExportMirrorResult, OfferReportsResult } from '../../server/src/protocol/reports.ts';
import { virtualTextChangedNotification } from '../../server/src/protocol.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const uri = `${root}/prod.yaml`;
const project = `${root}/.deploykf-values.yaml`;
const projectText = [
  'release: 0.1.4',
  'registry: { rules: [{ source: "*", target: "r.example.com/{registry}/{path}" }] }',
  'stacks:',
  '  - name: prod',
  '    values: [base.yaml, prod.yaml]',
  '  - name: base',
  '    values: [base.yaml]',
  '',
].join('\n');
const text = 'kubeflow_tools: { katib: { enabled: true } }\n';

describe('Reports on stacks', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(): Promise<void> {
    const files = {
      '.deploykf-values.yaml': projectText,
      'base.yaml': 'deploykf_core: {}\n',
      'prod.yaml': text,
    };
    const own = { commands: ['deploykf.previewUpgrade'] };
    client = await LspClient.start({ files: new ListedFiles(files), own });
    await client.open(uri, text);
    await client.open(project, projectText);
  }

  const offer = (of: string): Promise<OfferReportsResult> =>
    client.request('deploykf/offerReports', { uri: of });
  const show = (document: string): Promise<string | null> =>
    client.request('deploykf/virtualText', { uri: document });

  it('offer the plan of the stack of a file, as a document that follows the files', async () => {
    await start();
    const { stacks, isLayer, upgrades } = await offer(uri);
    assert.equal(isLayer, true);
    assert.deepEqual(
      stacks.map(({ name, release }) => [name, release]),
      [['prod', '0.1.4']],
    );
    assert.deepEqual(
      upgrades.map(({ from, to }) => [from, to]),
      [['0.1.4', '0.1.5']],
    );
    const plan = stacks[0]?.plan ?? '';
    const changed: unknown[] = [];
    const told = new Promise<void>(resolve => {
      client.connection.onNotification(virtualTextChangedNotification.method, (params: unknown) => {
        changed.push(params);
        resolve();
      });
    });
    assert.match((await show(plan)) ?? '', /katib-controller/);
    await client.replace(uri, 'true', 'false');
    await told;
    assert.deepEqual(changed, [{ uri: plan }]);
    assert.doesNotMatch((await show(plan)) ?? '', /katib-controller/);
    await client.notify('deploykf/virtualTextClosed', { uri: plan });
    await client.notify('deploykf/virtualTextClosed', { uri: 7 });
  });

  it('offer all stacks of a project file, and none of another file', async () => {
    await start();
    const { stacks, isLayer } = await offer(project);
    assert.equal(isLayer, false);
    assert.deepEqual(
      stacks.map(({ name }) => name),
      ['prod', 'base'],
    );
    const other = await offer(`${root}/other.yaml`);
    assert.deepEqual([other.stacks, other.upgrades], [[], []]);
  });

  it('export a plan, or say why not', async () => {
    await start();
    const { stacks, forms } = await offer(uri);
    assert.ok(forms.some(({ name, summary }) => name === 'skopeo' && summary !== ''));
    const stack = stacks[0]?.id ?? '';
    const exported = (form: string, id = stack): Promise<ExportMirrorResult> =>
      client.request('deploykf/exportMirror', { stack: id, form });
    const script = await exported('skopeo');
    assert.ok(script.kind === 'written' && script.text.startsWith('#!/bin/sh'));
    assert.equal(script.language, 'shellscript');
    const charts = await exported('charts');
    assert.deepEqual(charts, {
      kind: 'refused',
      reasons: ['no chart repository is mapped: add "charts:" to "registry:" of the project file'],
    });
    const gone = { kind: 'refused', reasons: ['The stack does not exist any more'] };
    assert.deepEqual(await exported('skopeo', 'project:x'), gone);
    assert.deepEqual(await exported('__proto__'), gone);
  });

  it('preview an upgrade where the project file names the release, for clients that can show it', async () => {
    await start();
    const actions = await client.codeActions(project, '0.1.4', ['refactor']);
    const action = actions?.find(({ title }) => title === 'Preview upgrade to 0.1.5…');
    assert.ok(action);
    assert.equal(action.command?.command, 'deploykf.previewUpgrade');
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    assert.deepEqual(resolved.command, action.command);
    assert.deepEqual(client.shown, []);
    const document = String(action.command.arguments?.[0]);
    const shown = (await show(document)) ?? '';
    assert.deepEqual(shown.match(/^deployKF 0\.1\.4 to 0\.1\.5, \w+:/gm), [
      'deployKF 0.1.4 to 0.1.5, prod:',
      'deployKF 0.1.4 to 0.1.5, base:',
    ]);
    await client.stop();
    client = await LspClient.start({ files: new ListedFiles({ '.deploykf-values.yaml': projectText }) });
    await client.open(project, projectText);
    assert.deepEqual(await client.codeActions(project, '0.1.4', ['refactor']), []);
  });
});

import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { diagnosticReport } from '../../server/src/lsp/handlers/documentDiagnostic.ts';
import { LspClient, MemoryFiles, printDiagnostic, pullCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const project = `${root}/.deploykf-values.yaml`;
const wrongTag = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const rules = 'rules: { chart-retired: off, image-retired: off }\n';

function pull(client: LspClient, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return client.request('textDocument/diagnostic', {
    textDocument: { uri },
    ...(previousResultId !== undefined && { previousResultId }),
  });
}

function codes(report: DocumentDiagnosticReport): readonly (string | number | undefined)[] {
  return report.kind === 'full' ? report.items.map(item => item.code) : [];
}

describe('Pulled diagnostics', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('are those of the current text, and once only', async () => {
    client = await LspClient.start({
      capabilities: pullCapabilities,
      files: new MemoryFiles({ '.deploykf-values.yaml': rules }),
    });
    await client.open(uri, wrongTag);
    const first = await pull(client);
    assert.deepEqual(codes(first), ['image-tag-type']);
    assert.deepEqual(await pull(client, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.replace(uri, '2.40', '"2.4.0"');
    assert.deepEqual(codes(await pull(client, first.resultId)), []);
  });

  it('are no report where they were cancelled, and are there when they are asked for again', async () => {
    client = await LspClient.start({
      capabilities: pullCapabilities,
      files: new MemoryFiles({ '.deploykf-values.yaml': rules }),
    });
    await client.open(uri, wrongTag);
    for (const method of ['textDocument/diagnostic', 'workspace/diagnostic']) {
      const source = new CancellationTokenSource();
      const params = { textDocument: { uri }, previousResultIds: [] };
      const answer = client.connection.sendRequest(method, params, source.token);
      source.cancel();
      const code = await answer.catch((error: unknown) => error instanceof ResponseError && error.code);
      assert.equal(code, LSPErrorCodes.RequestCancelled);
    }
    assert.deepEqual(codes(await pull(client)), ['image-tag-type']);
  });

  it('say so where the check gives up or fails: an empty report would be an all-clear', async () => {
    const logged: string[] = [];
    const log = { error: (message: string): void => void logged.push(message) };
    assert.equal(await diagnosticReport(() => Promise.resolve(undefined), 'x', log), undefined);
    const report = await diagnosticReport(() => Promise.reject(new Error('a bug')), undefined, log);
    assert.deepEqual(report?.kind === 'full' && report.items.map(({ message }) => message), [
      'This file was not checked, since the check itself failed: see the log of deployKF Values',
    ]);
    assert.match(logged[0] ?? '', /^textDocument\/diagnostic failed: Error: a bug/);
  });

  it('are empty for a file that is not open', async () => {
    client = await LspClient.start({ capabilities: pullCapabilities });
    assert.deepEqual(codes(await pull(client)), []);
  });

  it('of the workspace are those of project files and stacks, open or not', async () => {
    const files = new MemoryFiles({
      '.deploykf-values.yaml': `${rules}stacks: [{name: prod, values: [values.yaml, gone.yaml]}]\nreleese: 1\n`,
      'values.yaml': wrongTag,
      'other.yaml': wrongTag,
    });
    client = await LspClient.start({ capabilities: pullCapabilities, files });
    const first = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    const printed = first.items.map(item => [
      item.uri,
      item.version,
      item.kind === 'full' ? item.items.map(printDiagnostic) : 'unchanged',
    ]);
    assert.deepEqual(printed, [
      [
        project,
        null,
        [
          '1:44-53 stack-file-missing: Values file "gone.yaml" of stack prod does not exist: correct the path or create the file',
          '2:0-7 project-file-invalid: Unknown key "releese", did you mean "release"?',
        ],
      ],
      [
        uri,
        null,
        ['4:13-17 image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it'],
      ],
    ]);
    const previousResultIds = first.items.map(item => ({ uri: item.uri, value: item.resultId ?? '' }));
    const second = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds,
    });
    assert.deepEqual(
      second.items.map(item => item.kind),
      ['unchanged', 'unchanged'],
    );
    files.texts.set(project, rules);
    await client.touch(project);
    const third = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds,
    });
    assert.deepEqual(
      third.items.map(item => item.kind === 'full' && item.items),
      [[], []],
      'files that left the stack are cleared',
    );
  });

  it('are to be asked for again when a file on disk changes', async () => {
    const files = new MemoryFiles({ '.deploykf-values.yaml': rules });
    client = await LspClient.start({ capabilities: pullCapabilities, files });
    await client.open(uri, wrongTag);
    await pull(client);
    const before = client.refreshes;
    files.texts.set(project, 'rules: { image-tag-type: off, chart-retired: off, image-retired: off }\n');
    await client.touch(project);
    await client.until(() => (client.refreshes > before ? true : undefined));
    assert.deepEqual(codes(await pull(client)), []);
  });
});

import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type MarkupContent,
} from 'vscode-languageserver/node';
import { handlers } from '../../server/src/lsp/handlers/index.ts';
import { guarded, guardedNotification } from '../../server/src/lsp/handler.ts';
import { LspClient, pullCapabilities, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const text = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: ~\n';

function codeOf(error: unknown): number | undefined {
  return error instanceof ResponseError ? error.code : undefined;
}

describe('The server', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('says what it can do', async () => {
    client = LspClient.inProcess({});
    assert.deepEqual(await client.initialize({}), {
      serverInfo: { name: 'deploykf-values-language-server', version: '0.0.0' },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2, save: true },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: {
            willRename: {
              filters: [
                { pattern: { glob: '**/*.{yaml,yml}', matches: 'file' } },
                { pattern: { glob: '**', matches: 'folder' } },
              ],
            },
          },
        },
        codeActionProvider: {
          codeActionKinds: ['quickfix', 'refactor', 'refactor.rewrite', 'source', 'source.fixAll.deploykf'],
          resolveProvider: true,
        },
        completionProvider: { triggerCharacters: [' ', '[', '"', "'"] },
        definitionProvider: true,
        documentLinkProvider: {},
        foldingRangeProvider: true,
        hoverProvider: true,
        referencesProvider: true,
        renameProvider: true,
        selectionRangeProvider: true,
        workspaceSymbolProvider: true,
      },
    });
  });

  it('offers diagnostics to those that ask, and then sends none', async () => {
    client = LspClient.inProcess({});
    const { capabilities } = await client.initialize({ capabilities: pullCapabilities });
    assert.deepEqual(capabilities.diagnosticProvider, {
      identifier: 'deploykf',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.open(uri, text);
    await client.hover(uri, 'tag');
    assert.deepEqual(client.published, []);
  });

  it('refuses what it does not know, and goes on', async () => {
    client = await LspClient.start();
    const code = await client.request('textDocument/nonsense', {}).catch(codeOf);
    assert.equal(code, ErrorCodes.MethodNotFound);
    await client.notify('textDocument/nonsense', {});
    await client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [] });
    await client.open(uri, text);
    assert.notEqual(await client.hover(uri, 'tag'), null);
  });

  it('does not do what was cancelled before', async () => {
    client = await LspClient.start();
    await client.open(uri, text);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri }, position: client.rangeOf(uri, 'tag').start };
    const answer = client.connection.sendRequest('textDocument/hover', params, source.token);
    source.cancel();
    assert.equal(await answer.catch(codeOf), LSPErrorCodes.RequestCancelled);
    assert.notEqual(await client.hover(uri, 'tag'), null);
  });

  it('handles each method once', () => {
    const methods = handlers.map(handler => handler.method);
    assert.deepEqual(methods, [...new Set(methods)]);
  });
});

describe('Hover', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('says what an image is, over the key it is on', async () => {
    client = await LspClient.start();
    await client.open(uri, text);
    const hover = await client.hover(uri, 'dex:');
    assert.match(JSON.stringify(hover?.contents), /^\{"kind":"markdown","value":".*dex/);
    assert.equal(hover?.range?.start.line, 3);
  });

  it('is plain text where the client shows no Markdown', async () => {
    const capabilities = { ...pushCapabilities, textDocument: { hover: {} } };
    client = await LspClient.start({ capabilities });
    await client.open(uri, text);
    const hover = await client.hover(uri, 'dex:');
    const { kind, value } = hover?.contents as MarkupContent;
    assert.equal(kind, 'plaintext');
    assert.match(value, /^dex · deployKF Auth/);
    assert.doesNotMatch(value, /[*`\\]|\]\(/);
  });

  it('is nothing elsewhere, and in files that are not open', async () => {
    client = await LspClient.start();
    await client.open(uri, 'a: b\n');
    assert.equal(await client.hover(uri, 'a'), null);
    const params = { textDocument: { uri: `${root}/other.yaml` }, position: { line: 0, character: 0 } };
    assert.equal(await client.request('textDocument/hover', params), null);
  });
});

describe('The wrapper of requests', () => {
  const logged: string[] = [];
  const log = {
    error: (message: string) => logged.push(message),
    warn: () => undefined,
    info: () => undefined,
  };
  const session = { log, workspace: { settled: () => Promise.resolve() } };
  beforeEach(() => logged.splice(0));

  it('gives the answer', async () => {
    const token = new CancellationTokenSource().token;
    assert.equal(await guarded('a/b', { session, token }, () => 1), 1);
  });

  it('turns an error into one of LSP and logs where it came from', async () => {
    const token = new CancellationTokenSource().token;
    const answer = await guarded('a/b', { session, token }, () => {
      throw new Error('a bug');
    });
    assert.deepEqual(answer, new ResponseError(LSPErrorCodes.RequestFailed, 'a/b failed: a bug'));
    assert.match(logged[0] ?? '', /^a\/b failed: Error: a bug\n +at .*requests\.test\.ts/);
  });

  it('gives no answer to what was cancelled, before or during the work', async () => {
    const source = new CancellationTokenSource();
    const answer = await guarded('a/b', { session, token: source.token }, () => {
      source.cancel();
      return 1;
    });
    assert.equal(codeOf(answer), LSPErrorCodes.RequestCancelled);
    const second = await guarded('a/b', { session, token: source.token }, () =>
      assert.fail('it was cancelled'),
    );
    assert.equal(codeOf(second), LSPErrorCodes.RequestCancelled);
  });

  it('logs the error of a notification', () => {
    guardedNotification('a/b', log, () => {
      throw new Error('a bug');
    })(undefined);
    assert.match(logged[0] ?? '', /^a\/b failed: Error: a bug/);
  });
});

import assert from 'node:assert/strict';
import { LSPErrorCodes, ResponseError, type CodeLens, type InlayHint } from 'vscode-languageserver/node';
import { LspClient, ListedFiles, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const prod = `${root}/prod.yaml`;
const project = [
  'stacks: [{ name: prod, release: 0.1.5, values: [values.yaml, prod.yaml] }]',
  'registry: { rules: [{ source: "*", target: "registry.example.com/{registry}/{path}" }] }',
  '',
].join('\n');
const text = [
  'deploykf_dependencies:',
  '  istio:',
  '    images:',
  '      istioProxy:',
  '        repository: registry.example.com/docker.io/istio/proxyv2',
  '',
].join('\n');
const capabilities = {
  ...pushCapabilities,
  textDocument: { ...pushCapabilities.textDocument, inlayHint: {} },
  workspace: {
    ...pushCapabilities.workspace,
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
};
const own = {
  commands: [
    'deploykf.showManifestImages',
    'deploykf.rewriteComponent',
    'deploykf.rewriteToRegistry',
    'deploykf.showMirrorPlan',
  ],
};

describe('Beside the text', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(settings: unknown = {}, commands = own): Promise<void> {
    const files = new ListedFiles({
      '.deploykf-values.yaml': project,
      'values.yaml': text,
      'prod.yaml': 'a: 1\n',
    });
    client = await LspClient.start({ files, settings, capabilities, own: commands });
    await client.open(uri, text);
  }

  const lenses = (): Promise<CodeLens[] | null> =>
    client.request('textDocument/codeLens', { textDocument: { uri } });
  const resolveLens = (lens: CodeLens): Promise<CodeLens> => client.request('codeLens/resolve', lens);
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const hints = (): Promise<InlayHint[] | null> =>
    client.request('textDocument/inlayHint', { textDocument: { uri }, range });

  it('is how many images are private, counted when a lens comes into sight', async () => {
    await start();
    const found = (await lenses()) ?? [];
    assert.deepEqual(
      found.map(lens => lens.command),
      [undefined, undefined],
    );
    const resolved = await Promise.all(found.map(resolveLens));
    assert.deepEqual(
      resolved.map(({ range: { start: at }, command }) => [at.line, command]),
      [
        [
          0,
          {
            arguments: ['deploykf-values:/plan/project_3a_file_3a__2f__2f__2f_ws_23_prod/prod.mirror.txt'],
            command: 'deploykf.showMirrorPlan',
            title: 'prod (deployKF 0.1.5): 1 of 21 images private · Mirror Plan',
          },
        ],
        [
          1,
          {
            arguments: [
              {
                position: {
                  character: 2,
                  line: 1,
                },
                uri: 'file:///ws/values.yaml',
              },
            ],
            command: 'deploykf.rewriteComponent',
            title: '1 of 2 private · Rewrite',
          },
        ],
      ],
    );
  });

  it('is the tag that is pulled, with its reason and an edit when somebody looks at it', async () => {
    await start();
    const [hint, ...others] = (await hints()) ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [hint?.label, hint?.position],
      [':1.17.8-distroless', client.rangeOf(uri, 'proxyv2').end],
    );
    const resolved = await client.request<InlayHint>('inlayHint/resolve', hint);
    assert.match(JSON.stringify(resolved.tooltip), /markdown.*charts\.istioDaemon\.version/);
    client.applyEdit({ changes: { [uri]: resolved.textEdits ?? [] } });
    assert.equal(client.text(uri), `${text}        tag: 1.17.8-distroless\n`);
  });

  it('is nothing where the user wants nothing, for clients without the commands, and elsewhere', async () => {
    await start({ codeLens: { enabled: false }, inlayHints: { enabled: false } });
    assert.deepEqual([await lenses(), await hints()], [null, null]);
    await client.stop();
    await start({}, { commands: ['deploykf.showManifestImages'] });
    assert.equal(await lenses(), null);
    await client.close(uri);
    assert.deepEqual([await lenses(), await hints()], [null, null]);
    await client.stop();
    client = LspClient.inProcess({});
    const { capabilities: offered } = await client.initialize({});
    assert.deepEqual([offered.codeLensProvider, offered.inlayHintProvider], [undefined, undefined]);
  });

  it('follows settings and other layers: the client is asked to ask again', async () => {
    await start();
    let refreshes = 0;
    const refreshed = new Promise<void>(resolve => {
      const count = (): null => {
        if (++refreshes === 2) resolve();
        return null;
      };
      client.connection.onRequest('workspace/codeLens/refresh', count);
      client.connection.onRequest('workspace/inlayHint/refresh', count);
    });
    assert.equal((await hints())?.length, 1);
    await client.open(prod, text.replace('repository: ', 'tag: v2 # '));
    await refreshed;
    assert.deepEqual(
      (await hints())?.map(({ label }) => label),
      [':v2'],
    );
    client.settings = { inlayHints: { enabled: false } };
    await client.notify('workspace/didChangeConfiguration', { settings: null });
    assert.equal(await hints(), null);
  });

  it('is asked for again when it is of another text', async () => {
    await start();
    const [hint] = (await hints()) ?? [];
    const [lens] = (await lenses()) ?? [];
    await client.change(uri, [{ text: 'a: 1\n' }]);
    await client.replace(uri, 'a', 'b');
    const codes = await Promise.all(
      [
        client.request('inlayHint/resolve', hint),
        client.request('inlayHint/resolve', { label: '', data: {} }),
      ].map(answer =>
        answer.catch((error: unknown) => (error instanceof ResponseError ? error.code : error)),
      ),
    );
    assert.deepEqual(codes, [LSPErrorCodes.ContentModified, LSPErrorCodes.ContentModified]);
    const gone = { ...lens, data: { uri, stack: 'gone' } };
    const code = await client
      .request('codeLens/resolve', gone)
      .catch((error: unknown) => (error instanceof ResponseError ? error.code : error));
    assert.equal(code, LSPErrorCodes.ContentModified);
  });
});

import assert from 'node:assert/strict';
import type {
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
} from 'vscode-languageserver/node';
import { LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const text = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex: # one\n        tag: v1\n';
const capabilities = {
  ...pushCapabilities,
  textDocument: {
    ...pushCapabilities.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

describe('The structure of a file', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  const ask = <R>(method: string, more = {}, of = uri): Promise<R> =>
    client.request(method, { textDocument: { uri: of }, ...more });

  it('is in the outline, with what is pulled', async () => {
    client = await LspClient.start({ capabilities });
    await client.open(uri, text);
    const lines: string[] = [];
    const print = ({ kind, name, detail = '', range, children = [] }: DocumentSymbol): void => {
      lines.push(`${kind} ${name} ${detail} ${range.start.line}-${range.end.line}`);
      children.forEach(print);
    };
    (await ask<DocumentSymbol[]>('textDocument/documentSymbol')).forEach(print);
    assert.deepEqual(lines, [
      '7 deploykf_core  0-4',
      '2 deploykf_auth 3 images 1-4',
      '7 images  2-4',
      '4 dex ghcr.io/dexidp/dex:v1 3-4',
      '15 tag v1 4-4',
    ]);
  });

  it('has tokens in the values of an Application, all or those in sight', async () => {
    const semanticTokens = { requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] };
    client = LspClient.inProcess({});
    const offered = await client.initialize({
      capabilities: { ...capabilities, textDocument: { ...capabilities.textDocument, semanticTokens } },
    });
    const { tokenTypes } = offered.capabilities.semanticTokensProvider?.legend ?? {};
    assert.deepEqual(tokenTypes, ['property', 'string', 'number', 'keyword', 'comment', 'type']);
    const application = [
      'kind: Application',
      'spec: { source: { plugin: { name: deploykf, parameters: [{ name: values, string: "kubeflow_tools: {katib: {enabled: true}}" }] } } }',
    ].join('\n');
    await client.open(uri, application);
    const column = application.indexOf('kubeflow_tools') - application.indexOf('spec');
    const data = [1, column, 14, 0, 0, 0, 17, 5, 0, 0, 0, 8, 7, 0, 0, 0, 9, 4, 3, 0];
    assert.deepEqual((await ask<SemanticTokens>('textDocument/semanticTokens/full')).data, data);
    const sight = (first: number, last: number): Promise<SemanticTokens> =>
      ask('textDocument/semanticTokens/range', {
        range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
      });
    assert.deepEqual((await sight(0, 2)).data, data);
    assert.deepEqual((await sight(0, 1)).data, []);
    await client.open(`${root}/b.yaml`, text);
    assert.equal(await ask('textDocument/semanticTokens/full', {}, `${root}/b.yaml`), null);
  });

  it('can be folded and selected', async () => {
    client = await LspClient.start();
    await client.open(uri, `# a\n# b\n${text}`);
    assert.deepEqual(await ask<FoldingRange[]>('textDocument/foldingRange'), [
      {
        endLine: 1,
        kind: 'comment',
        startLine: 0,
      },
      {
        endLine: 6,
        startLine: 2,
      },
      {
        endLine: 6,
        startLine: 3,
      },
      {
        endLine: 6,
        startLine: 4,
      },
      {
        endLine: 6,
        startLine: 5,
      },
    ]);
    const positions = [client.rangeOf(uri, 'v1').start, { line: 0, character: 0 }];
    const selected = await ask<SelectionRange[]>('textDocument/selectionRange', { positions });
    const [first, second] = selected;
    assert.deepEqual(first?.range, client.rangeOf(uri, 'v1'));
    assert.deepEqual(first?.parent?.range, client.rangeOf(uri, 'tag: v1'));
    assert.deepEqual(second, { range: { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } } });
  });

  it('leads from anywhere to its images, also in files that are not open', async () => {
    const files = new MemoryFiles({
      '.deploykf-values.yaml': 'stacks: [{ name: prod, release: 0.1.5, values: [values.yaml] }]\n',
      'values.yaml': text,
    });
    client = await LspClient.start({ files });
    const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'dex' });
    assert.deepEqual(
      found.map(({ name, containerName, location }) => [
        name,
        containerName,
        location.uri,
        location.range.start,
      ]),
      [
        [
          'dex',
          'deploykf_core.deploykf_auth · prod',
          'file:///ws/values.yaml',
          {
            character: 6,
            line: 3,
          },
        ],
      ],
    );
  });

  it('is not spoken of in files that are not of deployKF, and not open', async () => {
    client = await LspClient.start({ capabilities });
    await client.open(uri, 'a:\n  b: 1\n');
    const positions = [{ line: 0, character: 0 }];
    for (const of of [uri, `${root}/none.yaml`]) {
      assert.deepEqual((await ask<DocumentSymbol[] | null>('textDocument/documentSymbol', {}, of)) ?? [], []);
      assert.equal(await ask('textDocument/foldingRange', {}, of), null);
      assert.equal(await ask('textDocument/selectionRange', { positions }, of), null);
    }
    assert.deepEqual(await client.request('workspace/symbol', { query: '' }), []);
  });
});

import assert from 'node:assert/strict';
import type {
  DocumentSymbol,
  FoldingRange,
  SelectionRange,
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
    const print = ({ kind, name, detail, range, children = [] }: DocumentSymbol): void => {
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

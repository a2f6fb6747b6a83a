import assert from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver/node';
import { LspClient, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const text = `deploykf_dependencies:
  kyverno:
    clusterPolicies:
      imagePullSecrets:
        enabled: tr
        excludeNamespaces:
          - ar
`;

describe('Completion', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start();
    await client.open(uri, text);
  });
  afterEach(() => client.stop());

  function complete(at: string, triggerCharacter?: string): Promise<CompletionItem[] | null> {
    const position = client.rangeOf(uri, at).end;
    const context =
      triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
    return client.request('textDocument/completion', { textDocument: { uri }, position, context });
  }

  it('offers values with the range that they take the place of, in a fixed order', async () => {
    const range = client.rangeOf(uri, 'tr');
    assert.deepEqual(await complete('tr'), [
      { label: 'true', kind: 20, filterText: 'true', sortText: '0000', textEdit: { range, newText: 'true' } },
      {
        label: 'false',
        kind: 20,
        detail: 'default',
        filterText: 'false',
        sortText: '0001',
        textEdit: { range, newText: 'false' },
      },
    ]);
  });

  it('offers namespaces', async () => {
    const [first] = (await complete('- ar')) ?? [];
    assert.deepEqual(first, {
      label: 'argocd',
      kind: 12,
      detail: 'Argo CD',
      filterText: 'argocd',
      sortText: '0000',
      textEdit: { range: client.rangeOf(uri, 'ar'), newText: 'argocd' },
    });
  });

  it('is silent on keys while a blank is typed, and on files that are not open', async () => {
    const broken = text.replace('enabled: tr', '');
    await client.change(uri, [{ text: broken }]);
    assert.deepEqual(await complete('imagePullSecrets:\n        ', ' '), []);
    assert.notDeepEqual(await complete('imagePullSecrets:\n        '), []);
    const position = { line: 0, character: 0 };
    assert.equal(
      await client.request('textDocument/completion', {
        textDocument: { uri: `${root}/other.yaml` },
        position,
      }),
      null,
    );
  });
});

describe('Completion for a client that takes blocks', () => {
  it('goes on to the next line and opens the list again', async () => {
    const client = await LspClient.start({
      own: { commands: ['editor.action.triggerSuggest'] },
      capabilities: {
        ...pushCapabilities,
        textDocument: {
          completion: {
            completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
          },
        },
      },
    });
    await client.open(uri, 'kubeflow_tools:\n  ka\n');
    const [katib] =
      (await client.request<CompletionItem[] | null>('textDocument/completion', {
        textDocument: { uri },
        position: { line: 1, character: 4 },
        context: { triggerKind: 1 },
      })) ?? [];
    await client.stop();
    assert.deepEqual(katib, {
      label: 'katib',
      kind: 9,
      detail: 'Katib',
      documentation: { kind: 'plaintext', value: 'Katib: 3 images, and 11 that no value can change' },
      filterText: 'katib',
      sortText: '0000',
      textEdit: {
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
        newText: 'katib:\n    $0',
      },
      insertTextFormat: 2,
      insertTextMode: 1,
      command: { title: 'Suggest', command: 'editor.action.triggerSuggest' },
    });
  });
});

describe('Completion in files without values', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start();
  });
  afterEach(() => client.stop());

  async function labelsAt(path: string, text: string, character: number): Promise<readonly string[]> {
    const textDocument = { uri: `${root}/${path}` };
    await client.open(textDocument.uri, text);
    const items = await client.request<CompletionItem[] | null>('textDocument/completion', {
      textDocument,
      position: { line: 0, character },
    });
    return (items ?? []).map(({ label }) => label);
  }

  it('offers the keys of the project file', async () =>
    assert.deepEqual(await labelsAt('.deploykf-values.yaml', 're', 2), [
      ...['release', 'registry', 'stacks', 'rules', 'suppressions', 'generators'],
    ]));

  it('offers the sections of the release in an empty file', async () =>
    assert.ok((await labelsAt('new.yaml', 'dep', 3)).includes('deploykf_dependencies')));
});

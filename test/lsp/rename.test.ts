import assert from 'node:assert/strict';
import type { Range, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { applyEdits } from '../../server/src/core/text/edit.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { application } from '../support/manifests.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const texts: Readonly<Record<string, string>> = {
  '.deploykf-values.yaml': [
    'release: 0.1.5',
    'registry:',
    '  rules:',
    '    - { source: "*", target: "harbor.example.com/{registry}/{path}" }',
    '  private: [harbor.example.com, other.example.com]',
    '  charts: { "https://x.example.org": "oci://harbor.example.com/charts" }',
    'stacks:',
    '  - { name: prod, values: [prod.yaml] }',
    '',
  ].join('\n'),
  'prod.yaml': [
    'deploykf_dependencies:',
    '  kyverno:',
    '    clusterPolicies:',
    '      imagePullSecrets:',
    '        enabled: true',
    '        excludeNamespaces: [kube-system, argocd, "secrets-*", secrets]',
    '        registryCredentials:',
    '          - existingSecret: "pull-secret" # of harbor.example.com/x',
    '            existingSecretNamespace: secrets',
    '    extraManifests:',
    '      - |',
    '        apiVersion: v1',
    '        kind: ServiceAccount',
    '        metadata: { name: pull-secret, namespace: secrets }',
    '        imagePullSecrets: [{ name: pull-secret }]',
    'deploykf_core:',
    '  deploykf_auth:',
    '    images:',
    "      dex: { repository: 'harbor.example.com/ghcr.io/dexidp/dex' }",
    '    valuesOverrides: { imagePullSecrets: [{ name: pull-secret }], note: pull-secret }',
    '  deploykf_profiles_generator:',
    '    profiles: [{ name: team-1 }]',
    '',
  ].join('\n'),
  'app.yaml': application(
    'app',
    '- name: values',
    '  string: |',
    '    kubeflow_tools: { notebooks: { spawnerFormDefaults: { image: { value: harbor.example.com/nb:1 } } } }',
    '    deploykf_core: { deploykf_auth: { images: { dex: { repository: harbor.example.com.evil/dex } } } }',
  ),
  'secret.yaml': [
    'apiVersion: v1',
    'kind: Secret',
    'metadata: { name: "pull-secret", namespace: secrets }',
    'type: kubernetes.io/dockerconfigjson',
    'data: { .dockerconfigjson: e30= }',
    '',
  ].join('\n'),
};

describe('Rename', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start({ files: new ListedFiles(texts) });
    for (const [name, text] of Object.entries(texts)) await client.open(`${root}/${name}`, text);
    await client.diagnostics(`${root}/prod.yaml`);
  });
  after(() => client.stop());

  /** The lines that change, as they are then, by file. */
  async function renamed(
    name: string,
    at: string,
    newName: string,
  ): Promise<Readonly<Record<string, string[]>>> {
    const uri = `${root}/${name}`;
    const edit = await client.request<WorkspaceEdit | null>('textDocument/rename', {
      textDocument: { uri },
      position: client.rangeOf(uri, at).start,
      newName,
    });
    const changed: Record<string, string[]> = {};
    for (const { textDocument, edits } of (edit?.documentChanges ?? []) as TextDocumentEdit[]) {
      const file = textDocument.uri.replace(`${root}/`, '');
      changed[file] = changedLines(texts[file] ?? '', edits as { range: Range; newText: string }[]);
    }
    return changed;
  }

  it('gives a registry another host in values, Applications and the project file', async () => {
    assert.deepEqual(await renamed('prod.yaml', 'harbor.example.com/ghcr', 'r.example.org:5000'), {
      '.deploykf-values.yaml': [
        '    - { source: "*", target: "r.example.org:5000/{registry}/{path}" }',
        '  private: [r.example.org:5000, other.example.com]',
        '  charts: { "https://x.example.org": "oci://r.example.org:5000/charts" }',
      ],
      'prod.yaml': ["      dex: { repository: 'r.example.org:5000/ghcr.io/dexidp/dex' }"],
      'app.yaml': [
        '            kubeflow_tools: { notebooks: { spawnerFormDefaults: { image: { value: r.example.org:5000/nb:1 } } } }',
      ],
    });
  });

  it('begins at the project file, too', async () => {
    const changed = await renamed('.deploykf-values.yaml', 'other.example.com', 'new.example.com');
    assert.deepEqual(changed, {
      '.deploykf-values.yaml': ['  private: [harbor.example.com, new.example.com]'],
    });
  });

  it('gives a pull Secret another name where it is named, from the values or from the Secret', async () => {
    const expected = {
      'prod.yaml': [
        '          - existingSecret: "new-name" # of harbor.example.com/x',
        '        imagePullSecrets: [{ name: new-name }]',
        '    valuesOverrides: { imagePullSecrets: [{ name: new-name }], note: pull-secret }',
      ],
      'secret.yaml': ['metadata: { name: "new-name", namespace: secrets }'],
    };
    assert.deepEqual(await renamed('prod.yaml', 'pull-secret', 'new-name'), expected);
    assert.deepEqual(await renamed('secret.yaml', 'pull-secret', 'new-name'), expected);
  });

  it('gives a namespace another name', async () => {
    assert.deepEqual(await renamed('secret.yaml', 'secrets }', 'vault'), {
      'prod.yaml': [
        '        excludeNamespaces: [kube-system, argocd, "secrets-*", vault]',
        '            existingSecretNamespace: vault',
        '        metadata: { name: pull-secret, namespace: vault }',
      ],
      'secret.yaml': ['metadata: { name: "pull-secret", namespace: vault }'],
    });
    assert.deepEqual(await renamed('prod.yaml', 'team-1', 'team-2'), {
      'prod.yaml': ['    profiles: [{ name: team-2 }]'],
    });
  });

  it('says what is wrong with a name, and what it would tear apart', async () => {
    const refusals: readonly (readonly [at: string, newName: string, message: RegExp])[] = [
      ['harbor.example.com/ghcr', 'https://x', /is more than the host of a registry|is not the host/],
      ['pull-secret', 'Pull_Secret', /^"Pull_Secret" is not a name of a Secret: use only lower-case/],
      ['pull-secret', '123', /^YAML does not read "123" as a text/],
      ['argocd', 'a.b', /is not a name of a namespace/],
    ];
    for (const [at, newName, message] of refusals)
      await assert.rejects(renamed('prod.yaml', at, newName), { message });
  });

  it('is offered on names alone', async () => {
    const prepared = async (at: string): Promise<unknown> => {
      const uri = `${root}/prod.yaml`;
      const position = client.rangeOf(uri, at).start;
      return client.request('textDocument/prepareRename', { textDocument: { uri }, position });
    };
    assert.deepEqual(await prepared('pull-secret'), {
      range: client.rangeOf(`${root}/prod.yaml`, 'pull-secret'),
      placeholder: 'pull-secret',
    });
    for (const at of ['enabled', 'dexidp/dex', 'note']) assert.equal(await prepared(at), null);
  });
});

function changedLines(text: string, edits: readonly { range: Range; newText: string }[]): string[] {
  const source = new SourceText(text);
  const changed = applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
      newText,
    })),
  );
  const before = text.split('\n');
  return (changed ?? '').split('\n').filter((line, index) => line !== before[index]);
}

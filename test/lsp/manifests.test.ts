import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  ResponseError,
  type CodeLens,
} from 'vscode-languageserver/node';
import type { ManifestImagesResult } from '../../server/src/protocol/manifests.ts';
import { ListedFiles, LspClient, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/rendered.yaml`;
const values = `${root}/values.yaml`;
const capabilities = {
  ...pushCapabilities,
  workspace: { ...pushCapabilities.workspace, codeLens: { refreshSupport: true } },
};
const own = { commands: ['deploykf.showManifestImages'] };
const text = [
  'kind: Deployment',
  'metadata: { name: dex, namespace: auth }',
  'spec:',
  '  template:',
  '    spec:',
  '      containers:',
  '        - image: ghcr.io/dexidp/dex:v2.39.1',
  '        - image: ghcr.io/dexidp/dex:v2.0.0',
  '        - image: mysql:8',
  '',
].join('\n');

describe('Manifests', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  async function start(settings: unknown = {}): Promise<void> {
    const files = new ListedFiles({ 'values.yaml': 'kubeflow_tools: {}\n' });
    client = await LspClient.start({ files, settings, capabilities, own });
    await client.open(uri, text);
  }

  const lenses = (of = uri): Promise<CodeLens[] | null> =>
    client.request('textDocument/codeLens', { textDocument: { uri: of } });
  const images = (of = uri): Promise<ManifestImagesResult | null> =>
    client.request('deploykf/manifestImages', { uri: of });

  it('have a lens on their first line', async () => {
    await start();
    const start0 = { line: 0, character: 0 };
    const title = 'deployKF: 3 images, 1 not in the plan, 1 with another tag than in the plan';
    assert.deepEqual(await lenses(), [
      {
        range: { start: start0, end: start0 },
        command: { title, command: 'deploykf.showManifestImages', arguments: [uri] },
      },
    ]);
  });

  it('list their images by how they stand to the plan', async () => {
    await start();
    const { groups = [] } = (await images()) ?? {};
    assert.deepEqual(
      groups.map(group => [
        group.title,
        group.images.map(({ image, planned, position }) => [image, planned, position.line]),
      ]),
      [
        ['Not in the plan', [['docker.io/library/mysql:8', '', 8]]],
        [
          'In the plan with another tag or digest',
          [['ghcr.io/dexidp/dex:v2.0.0', 'ghcr.io/dexidp/dex:v2.39.1', 7]],
        ],
        ['In the plan', [['ghcr.io/dexidp/dex:v2.39.1', 'ghcr.io/dexidp/dex:v2.39.1', 6]]],
      ],
    );
    assert.equal(groups[0]?.images[0]?.place, 'Deployment auth/dex spec.template.spec.containers[2].image');
    assert.deepEqual(groups[0].images[0].position, client.rangeOf(uri, 'mysql:8').start);
  });

  it('that are not deployKF’s, values files and files that are not open have none', async () => {
    await start();
    const other = `${root}/other.yaml`;
    await client.open(other, text.replaceAll('dexidp/dex', 'acme/dex'));
    await client.open(values, 'kubeflow_tools: {} # kind: image\nkind: image\n');
    for (const of of [other, values, `${root}/none.yaml`]) {
      assert.equal(await lenses(of), null, of);
      assert.equal(await images(of), null, of);
    }
  });

  it('have none without stacks, where the user wants none, and for clients without the command', async () => {
    await start({ rendered: { codeLens: false } });
    assert.equal(await lenses(), null);
    await client.stop();
    client = await LspClient.start({ files: new ListedFiles({}), capabilities, own });
    await client.open(uri, text);
    assert.equal(await lenses(), null);
    await client.stop();
    client = LspClient.inProcess({});
    const { capabilities: offered } = await client.initialize({ capabilities });
    assert.equal(offered.codeLensProvider, undefined);
  });

  it('are asked for again when a plan may have changed', async () => {
    await start();
    await lenses();
    const refreshed = new Promise<void>(resolve => {
      client.connection.onRequest('workspace/codeLens/refresh', () => {
        resolve();
        return null;
      });
    });
    await client.open(values, 'deploykf_core: { deploykf_auth: { images: { dex: { tag: v2.0.0 } } } }\n');
    await refreshed;
    const [lens] = (await lenses()) ?? [];
    assert.match(lens?.command?.title ?? '', /1 with another tag/);
    assert.match(
      JSON.stringify(await images()),
      /"In the plan","images":\[\{"image":"ghcr.io\/dexidp\/dex:v2.0.0"/,
    );
  });

  it('of 9 MB let other requests have their turn, and can be cancelled', async () => {
    await start();
    const large = `${root}/large.yaml`;
    const part = text.replace('mysql:8', 'ghcr.io/dexidp/dex:v2.39.1');
    const filler = `---\nkind: CustomResourceDefinition\nspec: { image: "${'x'.repeat(8000)}" }\n`;
    await client.open(large, `${part}${filler.repeat(1000)}---\n${part}`);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: large } };
    const cancelled = client.connection.sendRequest('textDocument/codeLens', params, source.token);
    source.cancel();
    const code = await cancelled.catch((error: unknown) => error instanceof ResponseError && error.code);
    assert.equal(code, LSPErrorCodes.RequestCancelled);
    const [lens] = (await lenses(large)) ?? [];
    assert.match(lens?.command?.title ?? '', /^deployKF: 2 images/);
  });
});

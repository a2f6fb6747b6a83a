import assert from 'node:assert/strict';
import type { DocumentLink, DocumentSymbol, Hover, InlayHint, Location } from 'vscode-languageserver/node';
import {
  chooseStackNotification,
  fileStatusNotification,
  virtualTextChangedNotification,
  virtualTextRequest,
  type FilePlace,
  type FileStatus,
} from '../../server/src/protocol.ts';
import type { OverriddenValue } from '../../server/src/protocol/effective.ts';
import { makeCatalogs } from '../../server/src/host/generators.node.ts';
import { ListedFiles, LspClient, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/base.yaml`;
const base = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: v1\n';
const layer = (tag: string): string => base.replace('v1', tag);

function application(name: string, file: string, source = 'source_version, string: "0.1.5"'): string {
  return [
    'kind: Application',
    `metadata: { name: ${name} }`,
    'spec:',
    '  source:',
    '    plugin:',
    '      name: deploykf',
    '      parameters:',
    `        - { name: ${source} }`,
    `        - { name: values_files, array: [base.yaml, ${file}] }`,
    '',
  ].join('\n');
}

const texts = {
  'base.yaml': base,
  'a.yaml': layer('v2'),
  'b.yaml': layer('v3'),
  'app-a.yaml': application('a', 'a.yaml'),
  'app-b.yaml': application('b', 'b.yaml'),
};

describe('Stacks in the editor', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  /** A client that is told what files are, with the last that it was told. */
  async function start(files = new ListedFiles(texts)): Promise<() => FileStatus | undefined> {
    let last: FileStatus | undefined;
    client = LspClient.inProcess({ files, makeCatalogs });
    client.connection.onNotification(fileStatusNotification.method, (status: FileStatus) => {
      last = status;
    });
    const capabilities = {
      ...pushCapabilities,
      textDocument: {
        ...pushCapabilities.textDocument,
        inlayHint: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    };
    await client.initialize({ own: { showsStatus: true }, capabilities });
    return () => last;
  }

  it('come in the order of the user, who chooses the first one for hovers', async () => {
    const status = await start();
    await client.open(uri, base);
    const shown = async (): Promise<readonly string[]> => {
      const hover = await client.at<Hover>('textDocument/hover', uri, 'tag: v1');
      return JSON.stringify(hover.contents).match(/dexidp\/dex:v\d/g) ?? [];
    };
    const before = await shown();
    assert.equal(before[0], 'dexidp/dex:v2');
    assert.deepEqual(
      status()?.stacks.map(stack => stack.name),
      ['a', 'b'],
    );
    await client.notify(chooseStackNotification.method, { stack: status()?.stacks[1]?.id });
    assert.equal((await shown())[0], 'dexidp/dex:v3');
    assert.deepEqual(
      status()?.stacks.map(stack => stack.name),
      ['b', 'a'],
    );
    // The choice outlives changes on disk.
    await client.touch(`${root}/a.yaml`);
    await client.replace(uri, 'v1', 'v0');
    await client.diagnostics(uri);
    assert.equal(status()?.stacks[0]?.name, 'b');
  });

  it('have documents with what is left after the merge, which follow their files', async () => {
    const status = await start();
    await client.open(uri, base);
    await client.at('textDocument/hover', uri, 'tag');
    const { effective, defaults } = status()?.stacks[0]?.documents ?? {};
    const changed: unknown[] = [];
    client.connection.onNotification(virtualTextChangedNotification.method, (params: unknown) => {
      changed.push(params);
    });
    const text = await client.request<string>(virtualTextRequest.method, { uri: effective });
    assert.match(
      text,
      /^# Stack a: what is left of defaults of 0\.1\.5, base\.yaml, a\.yaml after the merge\n/,
    );
    assert.match(text, /\n {6}dex:\n {8}repository: ghcr\.io\/dexidp\/dex\n {8}tag: v2\n/);
    assert.match(
      await client.request<string>(virtualTextRequest.method, { uri: defaults }),
      /\n {8}tag: v2\.\d+\.\d+\n/,
    );
    const shown = { textDocument: { uri: effective } };
    const line = text.slice(0, text.indexOf('        tag: v2\n')).split('\n').length - 1;
    const origin = { uri: `${root}/a.yaml` };
    const range = { start: { line, character: 0 }, end: { line, character: 10 } };
    const [hint] = await client.request<InlayHint[]>('textDocument/inlayHint', { ...shown, range });
    assert.match(JSON.stringify(hint?.label), /⟵ a\.yaml:\d+/);
    assert.deepEqual(await client.request('inlayHint/resolve', hint), hint);
    const at = { ...shown, position: { line, character: 9 } };
    const [target] = await client.request<Location[]>('textDocument/definition', at);
    assert.equal(target?.uri, origin.uri);
    assert.match(JSON.stringify(await client.request('textDocument/hover', at)), /v2/);
    const overridden = await client.request<OverriddenValue[]>('deploykf/overridden', { uri });
    assert.deepEqual(
      overridden.map(({ by }) => by.length),
      [2],
    );
    const caret = { document: effective, uri, position: overridden[0]?.start };
    const place = await client.request<FilePlace>('deploykf/effectivePlace', caret);
    assert.equal(place.start.line, line);
    const lineOf = async (position: object): Promise<number | undefined> => {
      const params = { document: effective, uri, position };
      return (await client.request<FilePlace | null>('deploykf/effectivePlace', params))?.start.line;
    };
    const { line: own = 0, character: key = 0 } = overridden[0]?.start ?? {};
    const afterColon = 'tag: '.length;
    assert.deepEqual(
      [
        await lineOf({ line: own, character: 1 }),
        await lineOf({ line: own, character: key + afterColon - 1 }),
      ],
      [line, line],
    );
    await client.open(origin.uri, layer('v2'));
    await client.replace(origin.uri, 'v2', 'v4');
    await client.diagnostics(origin.uri);
    // Diagnostics wake the client; the notification comes after its own wait.
    while (changed.length === 0)
      await client.request(virtualTextRequest.method, { uri: 'deploykf-values:/none' });
    assert.deepEqual(changed, [{ uri: effective }]);
    assert.match(
      await client.request<string>(virtualTextRequest.method, { uri: effective }),
      /\n {8}tag: v4\n/,
    );
  });

  it('have outlines and links', async () => {
    await start();
    const app = `${root}/app-a.yaml`;
    await client.open(app, texts['app-a.yaml']);
    await client.open(uri, base);
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: app },
    });
    assert.deepEqual(
      links.map(link => link.target),
      [uri, `${root}/a.yaml`],
    );
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.deepEqual(
      symbols.flatMap(({ children = [] }) => children.map(({ name, detail }) => [name, detail])),
      [['deploykf_auth', '3 images']],
    );
  });

  it('of a release that exists nowhere say so, and have no documents', async () => {
    const app = application('a', 'a.yaml', 'source_version, string: "99.0.0"');
    const status = await start(new ListedFiles({ 'base.yaml': base, 'app.yaml': app }));
    await client.open(`${root}/app.yaml`, app);
    const found = await client.diagnostics(`${root}/app.yaml`);
    assert.equal(
      found.filter(line => line.includes(' release-unknown: deployKF "99.0.0" is not known')).length,
      1,
    );
    const stacks = [{ id: `application:${root}/app.yaml#0`, name: 'a', release: '99.0.0' }];
    assert.deepEqual(status()?.stacks, stacks);
    await client.open(uri, base);
    await client.diagnostics(uri);
    assert.deepEqual(status()?.stacks, stacks);
  });
});

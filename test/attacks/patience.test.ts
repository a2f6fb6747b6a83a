import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { FileText } from '../../server/src/host/files.ts';
import { LspClient, ListedFiles, pullCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const text = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';
const own = { readsFiles: true, findsFiles: true };

/** Files on a disk that stops to answer, and goes on. */
class StuckFiles extends ListedFiles {
  #isStuck = false;
  #waiting: (() => void)[] = [];

  stick(): void {
    this.#isStuck = true;
  }

  release(): void {
    this.#isStuck = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  override async read(read: string): Promise<FileText> {
    if (this.#isStuck) await new Promise<void>(resolve => this.#waiting.push(resolve));
    return super.read(read);
  }
}

class Deferred {
  resolve: (value: unknown) => void = () => undefined;
  readonly promise = new Promise<unknown>(resolve => (this.resolve = resolve));
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function values(count: number): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => [
    `stacks/${index % 50}/values-${index}.yaml`,
    text,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

describe('Patience', function () {
  // The limit: without patience the server would wait for ever.
  this.timeout(40_000);
  let client: LspClient;
  afterEach(() => client.stop());

  /** A client that never answers some requests. */
  async function deafTo(
    methods: readonly string[],
    files: ListedFiles | 'none' = new ListedFiles(),
  ): Promise<void> {
    client = LspClient.inProcess({ files });
    for (const method of methods) client.connection.onRequest(method, never);
    await client.initialize({ own });
    await client.open(uri, text);
  }

  it('ends for settings and registrations that never come', async () => {
    await deafTo(['workspace/configuration', 'client/registerCapability', 'workspace/diagnostic/refresh']);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    const found = await client.diagnosticsWhere(uri, lines =>
      lines.some(line => line.includes('image-tag-type')),
    );
    assert.ok(found.length > 0);
    await client.until(() =>
      client.logged.find(line => line.startsWith('The editor has not sent the settings')),
    );
  });

  it('takes settings that come late', async () => {
    const late = new Deferred();
    client = LspClient.inProcess({ files: new ListedFiles() });
    client.connection.onRequest('workspace/configuration', () => late.promise.then(settings => [settings]));
    await client.initialize({});
    await client.open(uri, text);
    await client.until(() =>
      client.logged.find(line => line.startsWith('The editor has not sent the settings')),
    );
    await client.diagnosticsWhere(uri, lines => lines.some(line => line.includes('image-tag-type')));
    late.resolve({ rules: { 'image-tag-type': 'off' } });
    await client.diagnosticsWhere(uri, lines => !lines.some(line => line.includes('image-tag-type')));
  });

  it('ends for files that the client never reads or finds', async () => {
    await deafTo(['deploykf/readFile', 'deploykf/findFiles'], 'none');
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    await client.diagnosticsWhere(uri, lines => lines.some(line => line.includes('image-tag-type')));
  });

  it('ends for a disk that does not answer, and the search goes on', async () => {
    const files = new StuckFiles(values(100));
    client = await LspClient.start({ files, capabilities: pullCapabilities });
    await client.open(uri, text);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    files.stick();
    files.texts.set(`${root}/.gitignore`, 'stacks/1/\n');
    files.texts.set(`${root}/.deploykf-values.yaml`, 'rules: { image-tag-type: off }\n');
    await client.touch(`${root}/.gitignore`, `${root}/.deploykf-values.yaml`);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    const pulled = (): Promise<string> =>
      client
        .request('textDocument/diagnostic', { textDocument: { uri } })
        .then(found => JSON.stringify(found));
    assert.match(await pulled(), /image-tag-type/);
    const { refreshes } = client;
    files.release();
    await client.until(() => (client.refreshes > refreshes ? true : undefined));
    while ((await pulled()).includes('image-tag-type'));
  });

  it('is not needed for a thousand files whose .gitignore changes: what is known stays', async () => {
    const files = new ListedFiles(values(1000));
    client = await LspClient.start({ files, capabilities: pullCapabilities });
    await client.open(uri, text);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    files.reads.length = 0;
    for (let change = 0; change < 100; change++) await client.touch(`${root}/.gitignore`);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    await client.touch(`${root}/none.sh`);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    assert.ok(files.reads.length < 5000, `${files.reads.length} files were read`);
  });

  it('gathers floods of events', async () => {
    const files = new ListedFiles({ 'a.yaml': text });
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.diagnostics(uri);
    await client.hover(uri, 'dex:');
    files.reads.length = 0;
    const many = Array.from({ length: 10_000 }, (_, index) => `${root}/stacks/${index}.yaml`);
    await client.touch(...many);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    for (let event = 0; event < 10_000; event++) void client.touch(`${root}/a.yaml`);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    const reads = files.reads.filter(read => read === `${root}/a.yaml`).length;
    assert.ok(reads <= 50, `the file was read ${reads} times`);
  });

  it('is not asked of a request that is cancelled', async () => {
    const files = new StuckFiles(values(10));
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.hover(uri, 'dex:');
    files.stick();
    await client.touch(`${root}/stacks/1/values-1.yaml`);
    const order: string[] = [];
    const waiting = client.hover(uri, 'dex:').then(() => order.push('answered'));
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri }, position: { line: 3, character: 7 } };
    const cancelled = client.connection
      .sendRequest('textDocument/hover', params, source.token)
      .catch((error: unknown) => order.push(error instanceof ResponseError ? String(error.code) : 'other'));
    source.cancel();
    await Promise.all([waiting, cancelled]);
    files.release();
    assert.deepEqual(order, [String(LSPErrorCodes.RequestCancelled), 'answered']);
  });

  it('lets a thousand requests be cancelled while they wait', async () => {
    const files = new StuckFiles(values(10));
    client = await LspClient.start({ files });
    await client.open(uri, text);
    await client.hover(uri, 'dex:');
    files.stick();
    await client.touch(`${root}/stacks/1/values-1.yaml`);
    const params = { textDocument: { uri }, position: { line: 3, character: 7 } };
    const sources = Array.from({ length: 1000 }, () => new CancellationTokenSource());
    const answers = sources.map(({ token }) =>
      client.connection.sendRequest('textDocument/hover', params, token).then(
        () => 'answered',
        (error: unknown) => (error instanceof ResponseError ? String(error.code) : 'other'),
      ),
    );
    for (const source of sources.slice(1)) source.cancel();
    const [first, ...others] = await Promise.all(answers);
    files.release();
    assert.equal(first, 'answered');
    assert.deepEqual([...new Set(others)], [String(LSPErrorCodes.RequestCancelled)]);
  });
});

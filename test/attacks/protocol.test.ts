import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures, StreamMessageWriter } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Catalogs } from '../../server/src/host/catalogs.ts';
import { maxFileBytes } from '../../server/src/host/files.ts';
import { FrameReader } from '../../server/src/lsp/frames.node.ts';
import { Gate } from '../../server/src/lsp/gate.ts';
import { handlers } from '../../server/src/lsp/handlers/index.ts';
import { paramShapes } from '../../server/src/lsp/params.ts';
import { SourceText } from '../../server/src/core/text/sourceText.ts';
import { applyChanges } from '../../server/src/lsp/textSync.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { bundle, runLimited } from '../support/limited.ts';
import { ListedFiles, LspClient, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const text = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';

interface Answer {
  readonly id?: unknown;
  readonly error?: { readonly code: number };
  readonly result?: unknown;
}

function frame(message: unknown): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function print({ id, error }: Answer): string {
  return `${String(id)} ${error?.code ?? 'ok'}`;
}

/** Bytes to a server in this process, and what comes back. */
class RawClient {
  readonly #up = new PassThrough();
  readonly #answers: Answer[] = [];
  #wake = (): void => undefined;

  constructor() {
    const down = new PassThrough();
    new FrameReader(down).listen(message => {
      if ('id' in message && !('method' in message)) this.#answers.push(message);
      this.#wake();
    });
    const writer = new StreamMessageWriter(down);
    const connection = createConnection(
      ProposedFeatures.all,
      new Gate(new FrameReader(this.#up), writer),
      writer,
    );
    startServer(connection, { version: '0.0.0', catalogs: new Catalogs(), files: undefined });
  }

  send(...messages: readonly unknown[]): void {
    for (const message of messages) this.#up.write(frame(message));
  }

  write(bytes: string): void {
    this.#up.write(bytes);
  }

  /** The next answers as `until` has them, so many. */
  async take(count: number): Promise<readonly string[]> {
    while (this.#answers.length < count) await new Promise<void>(wake => (this.#wake = wake));
    return this.#answers.splice(0, count).map(print);
  }

  /** `id code` of each answer, `ok` for a result, up to and with that to a request. */
  async until(id: number): Promise<readonly string[]> {
    while (!this.#answers.some(answer => answer.id === id))
      await new Promise<void>(wake => (this.#wake = wake));
    return this.#answers.splice(0).map(print);
  }
}

const initialize = (id: number): object =>
  request(id, 'initialize', { processId: 1e300, rootUri: null, capabilities: {} });
const initialized = { jsonrpc: '2.0', method: 'initialized', params: {} };

function request(id: unknown, method: unknown, params?: unknown): object {
  return { jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) };
}

const hoverParams = { textDocument: { uri }, position: { line: 0, character: 0 } };

describe('The protocol', () => {
  it('has a beginning and an end', async () => {
    const raw = new RawClient();
    raw.send(request(1, 'textDocument/hover', hoverParams), request(2, 'shutdown'), request(3, 'nonsense'));
    raw.send({
      jsonrpc: '2.0',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, version: 1, text } },
    });
    raw.send(request(4, 'initialize', null), request(5, 'initialize', { capabilities: 7 }));
    raw.send(initialize(6), initialized, initialize(7), request(8, 'textDocument/hover', hoverParams));
    raw.send(
      request(9, 'nonsense', {}),
      { jsonrpc: '2.0', method: 'nonsense' },
      { jsonrpc: '2.0', method: '$/nonsense' },
    );
    raw.send(
      request(10, 'shutdown'),
      request(11, 'shutdown'),
      request(12, 'textDocument/hover', hoverParams),
    );
    raw.send(initialize(13), request(14, 'nonsense'));
    // What was asked before the end may be answered after what comes after it.
    const found = await raw.take(14);
    assert.deepEqual(found.toSorted(byId), [
      '1 -32002',
      '2 -32002',
      '3 -32002',
      '4 -32602',
      '5 -32602',
      '6 ok',
      '7 -32600',
      '8 ok',
      '9 -32601',
      '10 ok',
      '11 -32600',
      '12 -32600',
      '13 -32600',
      '14 -32600',
    ]);
  });

  it('goes on after what is no message', async () => {
    const raw = new RawClient();
    raw.send(initialize(1), initialized);
    assert.deepEqual(await raw.until(1), ['1 ok']);
    const broken = [
      'Content-Length: 5\r\n\r\n{"a":',
      'Content-Length: abc\r\n\r\n{}',
      'Content-Length: -5\r\n\r\n{}',
      'Content-Length: 99999999999999\r\n\r\n{}',
      'Content-Type: x\r\n\r\n{"a": "Content-Length: 3"}',
      'no header at all\r\n\r\n',
      '\u0000\uffff'.repeat(100_000),
      frame([request(2, 'textDocument/hover', hoverParams)]),
      frame(null),
      frame(5),
      frame({}),
      frame(request(3, 5)),
      frame(request(null, 'textDocument/hover', hoverParams)),
      frame({ jsonrpc: '2.0', id: 77 }),
      frame({ jsonrpc: '2.0', id: 77, result: null }),
      frame({ jsonrpc: '2.0', method: '$/cancelRequest' }),
      frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: {} } }),
      frame({ jsonrpc: '2.0', method: '$/setTrace', params: [5] }),
    ];
    for (const [index, bytes] of broken.entries()) {
      raw.write(bytes);
      raw.send(request(100 + index, 'textDocument/hover', hoverParams));
      const answers = await raw.until(100 + index);
      assert.equal(answers.at(-1), `${100 + index} ok`, bytes.slice(0, 80));
      assert.ok(
        answers.slice(0, -1).every(answer => /^(?:null|3) -32(?:700|600)$/.test(answer)),
        `${bytes.slice(0, 80)}: ${answers.join()}`,
      );
    }
  });

  it('knows the parameters of every request', () => {
    assert.deepEqual(Object.keys(paramShapes).sort(), handlers.map(handler => handler.method).sort());
  });

  it('answers requests with odd parameters, and the next one', async () => {
    const raw = new RawClient();
    raw.send(initialize(1), initialized);
    raw.send({
      jsonrpc: '2.0',
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, version: 1, text } },
    });
    const huge = { line: 1e308, character: -1e308 };
    const odd = [
      undefined,
      null,
      5,
      [],
      [null, null],
      {},
      { textDocument: null, position: null, uri: null, files: null, previousResultIds: null },
      {
        textDocument: { uri: 5 },
        position: {},
        uri: 5,
        files: [null],
        previousResultIds: [null],
        data: { uri: 1 },
      },
      {
        textDocument: { uri: 'no uri %' },
        position: huge,
        range: { start: huge, end: huge },
        uri: '%',
        context: {},
      },
      {
        textDocument: { uri },
        position: huge,
        range: { start: huge, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only: [], includeDeclaration: 'x', triggerKind: 'x' },
        uri,
        what: 'file',
        registry: '\u0000',
        choice: { registry: ' ', layout: ' ' },
        name: '',
        namespace: '\uffff',
        registries: ['', '::'],
        target: 'file:///\u0000',
        files: [{ oldUri: '', newUri: '%%' }],
        previousResultIds: [{ uri: '%', value: '' }],
        previousResultId: 7,
        data: { uri: 7, version: '1', id: {} },
      },
    ];
    let id = 10;
    for (const { method } of handlers) {
      for (const params of odd) {
        raw.send(request(++id, method, params));
        const answers = (await raw.until(id)).filter(answer => answer.startsWith(`${id} `));
        const isOdd =
          params === undefined || params === null || Array.isArray(params) || typeof params !== 'object';
        // What a client has no use for is not offered; else: nothing, the wrong parameters, or a text that has changed.
        const wanted = isOdd && method !== 'codeAction/resolve' ? /-3260[12]$/ : /(?:ok|-3260[12]|-32801)$/;
        assert.match(answers.join(), wanted, `${method} ${JSON.stringify(params)}`);
      }
    }
    raw.send(
      request(9, 'textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 7 } }),
    );
    assert.deepEqual(await raw.until(9), ['9 ok']);
  });

  it('ends with the code that says whether it was asked to', async () => {
    const { file, remove } = bundle('server');
    const exit = frame({ jsonrpc: '2.0', method: 'exit' });
    const run = async (...messages: readonly object[]): Promise<number | undefined> =>
      (await runLimited(process.execPath, [file, '--stdio'], { stdin: messages.map(frame).join('') + exit }))
        .code;
    const codes = [
      await run(),
      await run(request(1, 'shutdown')),
      await run(initialize(1), initialized),
      await run(initialize(1), initialized, request(2, 'shutdown')),
    ];
    remove();
    assert.deepEqual(codes, [1, 1, 1, 0]);
  });
});

describe('A document', () => {
  let client: LspClient;
  beforeEach(async () => (client = await LspClient.start({ files: new ListedFiles() })));
  afterEach(() => client.stop());

  const start = { line: 0, character: 0 };

  it('stays as it was after changes that are none, and is right after the next', async () => {
    await client.open(uri, text);
    const before = await client.diagnostics(uri);
    const broken = [
      undefined,
      null,
      5,
      [null],
      [{}],
      [{ text: null }],
      [{ text: 5 }],
      [{ range: 5, text: '' }],
      [{ range: { start }, text: '' }],
      [{ range: { start, end: { line: '1', character: 0 } }, text: '' }],
      [{ range: { start, end: { line: 0.5, character: 0 } }, text: '' }],
      [{ text: 'a: b' }, { text: null }],
    ];
    for (const contentChanges of broken)
      await client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges });
    await client.notify('textDocument/didChange', null);
    await client.notify('textDocument/didChange', { textDocument: null, contentChanges: [] });
    await client.change(uri, [{ range: { start, end: start }, text: '# one more line\n' }]);
    assert.deepEqual(
      await client.diagnostics(uri),
      before.map(line => line.replace(/^\d+/, number => String(Number(number) + 1))),
    );
    const said = client.logged.filter(line => line.includes('malformed change'));
    assert.deepEqual(said, [`A malformed change was ignored: "${uri}"`]);
    await client.change(uri, [{ text }]);
    assert.deepEqual(await client.diagnostics(uri), before);
  });

  it('takes odd ranges and versions as editors do', async () => {
    const other = 'deploykf_core:\r\n  deploykf_auth: {}\r\n';
    await client.open(uri, other, 100);
    const changes = [
      { range: { start: { line: 99, character: 99 }, end: { line: 1e9, character: 1e9 } }, text: '# end\n' },
      { range: { start: { line: 1, character: 4 }, end: { line: 0, character: 2 } }, text: 'X' },
      { range: { start: { line: -5, character: -5 }, end: { line: 0, character: -1 } }, text: '# start\n' },
      { range: { start: { line: 0, character: 500 }, end: { line: 0, character: 900 } }, text: '!' },
    ];
    const expected = TextDocument.create(uri, 'yaml', 100, other);
    TextDocument.update(expected, changes, 101);
    assert.equal(applyChanges(new SourceText(other), changes), expected.getText());
    // A large text is read in another way.
    const large = 'a: b\r\nc\rd\r\r\n\n'.repeat(200_000);
    const inLarge = [...changes, ...changes.map(change => ({ ...change, text: '\r\n' }))];
    const expectedLarge = TextDocument.create(uri, 'yaml', 100, large);
    TextDocument.update(expectedLarge, inLarge, 101);
    assert.ok(applyChanges(new SourceText(large), inLarge) === expectedLarge.getText());
    for (const [index, change] of changes.entries()) {
      const textDocument = { uri, version: 50 - index };
      await client.notify('textDocument/didChange', { textDocument, contentChanges: [change] });
    }
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: null },
      contentChanges: [{ text }],
    });
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 101 },
      contentChanges: [{ text: 'kubeflow_tools: {}\n' }, ...changes],
    });
    await client.until(() => (client.lastOf(uri)?.version === 101 ? true : undefined));
    assert.equal(client.logged.filter(line => line.includes('without a newer version')).length, 1);
  });

  it('may be opened twice, and changed or closed without being open', async () => {
    const never = `${root}/never.yaml`;
    for (const version of [1, 2]) {
      const textDocument = { uri: never, version };
      await client.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
      await client.notify('textDocument/didClose', { textDocument });
    }
    await client.notify('textDocument/didClose', {});
    await client.notify('textDocument/didOpen', { textDocument: { uri, version: 1, text: null } });
    await client.notify('textDocument/didSave', { textDocument: { uri: 5 } });
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 5 }] });
    await client.open(uri, 'a: b\n', 1);
    await client.open(uri, text, 2);
    const found = await client.diagnostics(uri);
    assert.ok(found.some(line => line.includes('image-tag-type')));
    assert.equal(client.logged.filter(line => line.includes('changed although it was not open')).length, 1);
  });

  it('that is too large is told so and costs nothing, and works again when it is smaller', async () => {
    const told = '0:0-0 undefined: This file is larger than 10 MB and not checked: values files are small';
    const filling = `# ${'ä'.repeat(maxFileBytes / 2)}\n`;
    await client.open(uri, text);
    const before = await client.diagnostics(uri);
    await client.change(uri, [{ range: { start, end: start }, text: filling }]);
    assert.deepEqual(await client.diagnostics(uri), [told]);
    assert.equal(await client.hover(uri, 'dex:'), null);
    for (let edit = 0; edit < 20; edit++)
      await client.change(uri, [{ range: { start, end: start }, text: '# more\n' }]);
    assert.deepEqual(await client.diagnostics(uri), [told]);
    await client.change(uri, [{ range: { start, end: { line: 21, character: 0 } }, text: '' }]);
    assert.deepEqual(await client.diagnostics(uri), before);
    assert.notEqual(await client.hover(uri, 'dex:'), null);
    assert.deepEqual(client.warned, []);
  });
});

function byId(left: string, right: string): number {
  return Number.parseInt(left, 10) - Number.parseInt(right, 10);
}

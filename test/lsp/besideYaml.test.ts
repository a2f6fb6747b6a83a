// What yaml-language-server, the server of Red Hat's extension, says of the same text as ours: what is the same is what the client
// leaves to it where that extension is there.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { LspClient, root } from '../support/lspClient.ts';

const entry = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);
const uri = `${root}/values.yaml`;
const textDocument = { uri };
const capabilities = {
  workspace: { configuration: true },
  textDocument: {
    foldingRange: { lineFoldingOnly: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown' as const] },
  },
};
const text = `# A comment
# of two lines
deploykf_core:
  deploykf_auth:
    images:
      dex:
        repository: quay.io/dexidp/dex
        tag: ~
    extraManifests:
      - kind: A
        name: b
      - |
        kind: B
        name: c
`;

const print = ({ startLine, endLine }: FoldingRange): string => `${startLine}-${endLine}`;

interface Said {
  readonly keys: readonly string[];
  readonly folds: readonly string[];
  readonly comments: readonly string[];
  readonly hover: unknown;
  readonly completions: number;
  readonly errors: readonly number[];
}

/** The keys of a tree of symbols, without the items of lists, which each server names in its own way. */
function keysOf(symbols: readonly DocumentSymbol[]): readonly string[] {
  return symbols
    .flatMap(({ name, range, children = [] }) => [`${range.start.line} ${name}`, ...keysOf(children)])
    .filter(name => / [a-z_A-Z]{2,}$/.test(name));
}

async function ask(client: LspClient): Promise<Said> {
  await client.initialize({ capabilities });
  await client.open(uri, text);
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
  const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument });
  const position = client.rangeOf(uri, 'tag: ~').start;
  const hover = await client.request('textDocument/hover', { textDocument, position });
  const list = await client.request<{ items: unknown[] } | unknown[]>('textDocument/completion', {
    textDocument,
    position: { ...position, character: 8 },
  });
  await client.replace(uri, 'tag: ~', 'tag: ~\n        tag: [');
  const isOfSyntax = ({ source, code }: Diagnostic): boolean =>
    source === 'YAML' || String(code).startsWith('yaml-');
  const errors = await client.until(() => {
    const found = client.lastOf(uri)?.diagnostics.filter(isOfSyntax) ?? [];
    return found.length < 2 ? undefined : found;
  });
  return {
    keys: keysOf(symbols),
    folds: folds.filter(({ kind }) => kind === undefined).map(print),
    comments: folds.filter(({ kind }) => kind !== undefined).map(print),
    hover,
    completions: (Array.isArray(list) ? list : list.items).length,
    errors: errors.map(({ range }) => range.start.line),
  };
}

describe("Beside Red Hat's YAML server", function () {
  this.timeout(30_000);
  let ours: Said;
  let theirs: Said;
  before(async () => {
    const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
    const other = LspClient.spawn(process.execPath, [entry, '--stdio'], settings);
    theirs = await ask(other);
    await other.stop();
    const own = LspClient.inProcess({});
    ours = await ask(own);
    await own.stop();
  });

  it('the outline has the same keys, so that one of them is enough', () => {
    assert.deepEqual(
      ours.keys.filter(key => !theirs.keys.includes(key)),
      [],
    );
    // The name of an item is ours' name for it.
    assert.deepEqual(
      theirs.keys.filter(key => !ours.keys.includes(key)),
      ['10 name'],
    );
  });

  it('comments and texts in lists can be folded with ours alone; an editor shows the same fold once', () => {
    const more = [...ours.comments, ...ours.folds].filter(fold => !theirs.folds.includes(fold));
    assert.deepEqual(more, ['0-1', '11-13']);
  });

  it('keys that are there twice and what does not parse are reported by both', () => {
    assert.equal(ours.errors.length, theirs.errors.length);
    assert.deepEqual([ours.errors[0], theirs.errors[0]], [8, 8]);
  });

  it('hover and completion are of ours alone, as long as no schema is named', () => {
    assert.deepEqual([theirs.hover, theirs.completions], [null, 0]);
    assert.ok(ours.hover !== null && ours.completions > 0);
  });
});

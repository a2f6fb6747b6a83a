import assert from 'node:assert/strict';
import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { changedLines } from '../../server/src/lsp/changedLines.ts';
import { LspClient, printDiagnostic, pullCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const dex = 'deploykf_core:\n  deploykf_auth:\n    images:\n      dex:\n        tag: 2.40\n';

describe('What is being typed', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('is wrong only when the typing rests', async () => {
    client = await start(true);
    await client.open(uri, dex);
    const before = await found();
    const { refreshes } = client;
    const said: (readonly string[])[] = [];
    for (const typed of ['k', 'u', 'b', 'e', 'flow_tools:', '\n  ', 'katip', ':'])
      said.push(await afterTyping(typed));
    assert.deepEqual([...new Set(said.flat())].sort(), before.toSorted());
    await client.until(() => (client.refreshes > refreshes ? true : undefined));
    assert.deepEqual(
      (await found()).filter(line => !before.includes(line)).map(line => line.split(':').slice(0, 2).join()),
      ['6,2-7 value-unknown'],
    );
  });

  it('keeps what was wrong before, with other words', async () => {
    client = await start(true);
    await client.open(uri, dex);
    await found();
    await client.replace(uri, '2.40', '2.50');
    assert.match((await found()).join('\n'), /image-tag-type: YAML reads this tag as the number 2\.5/);
  });

  it('is told at once to clients that do not ask otherwise', async () => {
    client = await start(false);
    await client.open(uri, dex);
    await found();
    assert.match((await afterTyping('kubeflow_tools:\n  katip: {}')).join('\n'), /value-unknown/);
  });

  it('hides nothing elsewhere', async () => {
    client = await start(true);
    await client.open(uri, dex);
    assert.match((await found()).join('\n'), /image-tag-type/);
    await client.replace(uri, 'deploykf_core', 'deploykf_cor');
    assert.doesNotMatch((await found()).join('\n'), /image-tag-type/);
    await client.replace(uri, 'deploykf_cor', 'deploykf_core');
    assert.match((await found()).join('\n'), /image-tag-type/);
  });

  async function start(holdsTyped: boolean): Promise<LspClient> {
    return LspClient.start({ capabilities: pullCapabilities, own: { holdsTyped } });
  }

  async function found(): Promise<readonly string[]> {
    const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.kind === 'full' ? report.items.map(printDiagnostic) : [];
  }

  /** The diagnostics after some text more at the end of the file. */
  async function afterTyping(text: string): Promise<readonly string[]> {
    const lines = client.text(uri).split('\n');
    const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    await client.change(uri, [{ range: { start: end, end }, text }]);
    return found();
  }
});

describe('The lines of changes', () => {
  const at = (line: number, to = line) => ({
    start: { line, character: 0 },
    end: { line: to, character: 1 },
  });

  it('are those of the text that is new', () => {
    assert.deepEqual(changedLines([{ range: at(3), text: 'a\nb' }], undefined), { first: 3, last: 4 });
  });

  it('move with the lines that come in or go', () => {
    assert.deepEqual(changedLines([{ range: at(0), text: 'a\nb' }], { first: 3, last: 4 }), {
      first: 0,
      last: 5,
    });
    assert.deepEqual(changedLines([{ range: at(4, 6), text: '' }], { first: 3, last: 4 }), {
      first: 3,
      last: 4,
    });
  });

  it('are none of a text that is another one', () => {
    assert.equal(changedLines([{ text: 'a' }], { first: 3, last: 4 }), undefined);
    assert.equal(changedLines('no list', undefined), undefined);
  });
});

import assert from 'node:assert/strict';
import { LSPErrorCodes, ResponseError, type CodeAction } from 'vscode-languageserver/node';
import { LspClient, pushCapabilities, root } from '../support/lspClient.ts';

const uri = `${root}/values.yaml`;
const wrongTag = 'deploykf_core:\r\n  deploykf_auth:\r\n    images:\r\n      dex: { tag: 2.40 } # mine\r\n';
const quoted = wrongTag.replace('2.40', '"2.40"');
const settings = { rules: { 'chart-retired': 'off', 'image-retired': 'off' } };

function find(actions: readonly CodeAction[] | null, title: string): CodeAction {
  const action = actions?.find(candidate => candidate.title === title);
  assert.ok(action, `no "${title}" among ${actions?.map(candidate => candidate.title).join(', ')}`);
  return action;
}

describe('Code actions', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('get their edit when they are chosen, for exactly the version that they were made for', async () => {
    client = await LspClient.start({ settings });
    await client.open(uri, wrongTag, 7);
    await client.diagnostics(uri);
    const action = find(await client.codeActions(uri, '2.40'), 'Quote the tag: "2.40"');
    assert.equal(action.edit, undefined);
    assert.equal(action.kind, 'quickfix');
    assert.equal(action.isPreferred, true);
    assert.deepEqual(action.diagnostics, client.lastOf(uri)?.diagnostics);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    assert.deepEqual(resolved.edit, {
      documentChanges: [
        {
          textDocument: { uri, version: 7 },
          edits: [{ range: client.rangeOf(uri, '2.40'), newText: '"2.40"' }],
        },
      ],
    });
    await client.apply(action);
    assert.equal(client.text(uri), quoted);
  });

  it('fix all on save', async () => {
    client = await LspClient.start({ settings });
    await client.open(uri, wrongTag);
    const actions = await client.codeActions(uri, 'images', ['source.fixAll']);
    assert.deepEqual(
      actions?.map(action => action.kind),
      ['source.fixAll.deploykf'],
    );
    await client.apply(find(actions, 'Fix all deployKF findings in this file'));
    assert.equal(client.text(uri), quoted);
  });

  it('are not resolved for another text', async () => {
    client = await LspClient.start({ settings });
    await client.open(uri, wrongTag);
    const action = find(await client.codeActions(uri, '2.40'), 'Quote the tag: "2.40"');
    await client.replace(uri, '2.40', '2.50');
    const code = await client
      .request('codeAction/resolve', action)
      .catch((error: unknown) => error instanceof ResponseError && error.code);
    assert.equal(code, LSPErrorCodes.ContentModified);
    const without = await client
      .request('codeAction/resolve', { title: 'x' })
      .catch((error: unknown) => error instanceof ResponseError && error.code);
    assert.equal(without, LSPErrorCodes.ContentModified);
  });

  it('carry their edit at once where the client cannot resolve', async () => {
    const capabilities = {
      workspace: { configuration: true },
      textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
    };
    client = await LspClient.start({ settings, capabilities });
    await client.open(uri, wrongTag);
    const action = find(await client.codeActions(uri, '2.40'), 'Quote the tag: "2.40"');
    assert.deepEqual(action.edit, {
      changes: { [uri]: [{ range: client.rangeOf(uri, '2.40'), newText: '"2.40"' }] },
    });
    assert.equal(action.data, undefined);
  });

  it('are not offered to clients that know commands only, nor for other files', async () => {
    client = LspClient.inProcess({});
    const { capabilities } = await client.initialize({ capabilities: { textDocument: { codeAction: {} } } });
    assert.equal(capabilities.codeActionProvider, undefined);
    await client.stop();
    client = await LspClient.start({ capabilities: pushCapabilities });
    await client.open(uri, 'tag: 2.40\n');
    assert.deepEqual(await client.codeActions(uri, '2.40'), []);
  });

  it('ask for the reason to ignore a finding, and open the page of its rule, where the client can', async () => {
    client = await LspClient.start({ settings });
    await client.open(uri, wrongTag);
    assert.ok(!(await client.codeActions(uri, '2.40'))?.some(({ command }) => command !== undefined));
    await client.stop();
    const commands = ['deploykf.ignoreFinding', 'deploykf.openRulePage'];
    const own = { commands, rulePages: 'https://example.com/' };
    client = await LspClient.start({ settings, own });
    await client.open(uri, wrongTag);
    const actions = await client.codeActions(uri, '2.40');
    const page = find(actions, 'Open the page of image-tag-type');
    assert.deepEqual(page.command?.arguments, ['https://example.com/image-tag-type.md']);
    const ignore = find(actions, 'Ignore image-tag-type here (reason…)');
    assert.equal(ignore.isPreferred, undefined);
    const [place] = ignore.command?.arguments ?? [];
    assert.deepEqual(place, { uri, code: 'image-tag-type', position: client.rangeOf(uri, '2.40').start });
    const elsewhere = { uri, code: 'image-tag-type', position: { line: 0, character: 0 }, reason: 'ours' };
    assert.deepEqual(await client.request('deploykf/ignoreFinding', elsewhere), {
      message:
        'Nothing is changed: image-tag-type is not reported there any more, or no comment can be written',
      isApplied: false,
    });
    const result = await client.request('deploykf/ignoreFinding', { ...place, reason: 'ours' });
    assert.deepEqual(result, { message: 'image-tag-type is ignored in line 5', isApplied: true });
    const comment = '      # deploykf-values-ignore image-tag-type ours\r\n';
    assert.equal(client.text(uri), wrongTag.replace('      dex', `${comment}      dex`));
  });
});

import assert from 'node:assert/strict';
import { noSettings } from '../../server/src/core/workspace/settings.ts';
import { readEditorSettings, readShownBeside } from '../../server/src/lsp/editorSettings.ts';
import { LspClient, MemoryFiles, pushCapabilities, root } from '../support/lspClient.ts';

const names = { releases: ['0.1.5'], codes: ['image-public'] };

describe('Settings of the editor', () => {
  it('may be unset in every way that an editor has', () => {
    const none = { settings: noSettings, problems: [] };
    for (const json of [
      undefined,
      null,
      'x',
      {},
      { release: '', registry: {}, stacks: [], rules: null, trace: {} },
    ])
      assert.deepEqual(readEditorSettings(json, names), none);
  });

  it('are those of the project file', () => {
    const { settings, problems } = readEditorSettings(
      { release: 'v0.1.4', rules: { 'image-public': 'error', 'image-pubic': 'off' }, stacks: 1 },
      names,
    );
    assert.equal(settings.release, '0.1.4');
    assert.deepEqual(settings.severities['image-public'], 'error');
    assert.deepEqual(problems, [
      'Setting "deploykf.stacks": must be a list of stacks, each with a name and values',
      'Setting "deploykf.rules.image-pubic": unknown rule "image-pubic", did you mean "image-public"?',
    ]);
  });

  it('show everything beside the text, except for what the user does not want', () => {
    const all = { codeLenses: true, inlayHints: true, manifestLenses: true };
    for (const json of [undefined, {}, { codeLens: 1, inlayHints: { enabled: 'no' }, rendered: {} }])
      assert.deepEqual(readShownBeside(json), all);
    const off = {
      codeLens: { enabled: false },
      inlayHints: { enabled: false },
      rendered: { codeLens: false },
    };
    assert.deepEqual(readShownBeside(off), { codeLenses: false, inlayHints: false, manifestLenses: false });
  });

  it('are told once when they are wrong', async () => {
    const client = await LspClient.start({
      settings: { rules: { nonsense: 'off' } },
      folders: [root, 'file:///two'],
    });
    await client.open(`${root}/a.yaml`, '');
    await client.diagnostics(`${root}/a.yaml`);
    assert.deepEqual(client.shown, ['Setting "deploykf.rules.nonsense": unknown rule "nonsense"']);
    await client.stop();
  });

  it('are taken as they are sent where the client cannot be asked', async () => {
    const { workspace: _, ...capabilities } = pushCapabilities;
    const uri = `${root}/values.yaml`;
    const client = await LspClient.start({ capabilities, files: new MemoryFiles() });
    await client.open(uri, 'kubeflow_tools:\n  katib:\n    images:\n      katibUi:\n        tag: 1.10\n');
    await client.diagnosticsWhere(uri, found => found.some(line => line.includes('image-tag-type')));
    const settings = { deploykf: { rules: { 'image-tag-type': 'off' } } };
    await client.notify('workspace/didChangeConfiguration', { settings });
    await client.diagnosticsWhere(uri, found => !found.some(line => line.includes('image-tag-type')));
    await client.stop();
  });
});

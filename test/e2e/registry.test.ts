import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('In a workspace without a registry policy', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'public', host: 'node' });
    editor = await session.open();
    await editor.openFile('values.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('a finding links to the page of its rule', async () => {
    const { page } = editor;
    await page.locator('[id^="status.problems"]:not([aria-label="No Problems"])').first().waitFor();
    await editor.hoverAt({ line: 1, column: 2 }, 'chart-retired');
    await page.locator('.monaco-hover a', { hasText: 'chart-retired' }).first().click();
    await page.locator('.tab.active', { hasText: 'chart-retired.md' }).waitFor();
    await page.locator('iframe.webview.ready').first().waitFor();
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.locator('h1', { hasText: 'chart-retired' }).waitFor();
    await editor.screenshot('rule page');
    // By the mouse: keys that are pressed in the page of a webview may stay there.
    await page.locator('.tab[data-resource-name="values.yaml"]').click();
    await page.locator('.tab.active[data-resource-name="values.yaml"]').waitFor();
    await page.locator('.monaco-editor[data-uri] .view-line').first().click();
  });

  it('a command asks for the registry, writes the project file and rewrites the images', async () => {
    const { page } = editor;
    // The command is offered once the server has told that this is a values file.
    await page.locator('[id^="status.problems"]:not([aria-label="No Problems"])').first().waitFor();
    await editor.runCommand('deployKF: Rewrite to a Private Registry…');
    const input = page.locator('.quick-input-widget input').first();
    await page.locator('.quick-input-message', { hasText: 'The registry, with a path' }).waitFor();
    await input.fill('registry example');
    await page.locator('.quick-input-widget .monaco-inputbox.error').waitFor();
    await input.fill('registry.example.com/mirror');
    await page.locator('.quick-input-widget .monaco-inputbox:not(.error)').waitFor();
    await page.keyboard.press('Enter');
    const suggested = page.locator('.quick-input-list .monaco-list-row', { hasText: 'suggested' });
    await suggested.waitFor();
    await page.locator('.quick-input-title', { hasText: '2/3' }).waitFor();
    await editor.screenshot('registry layouts');
    await page.locator('.quick-input-titlebar .action-label').first().click();
    await page.locator('.quick-input-message', { hasText: 'The registry, with a path' }).waitFor();
    assert.equal(await input.inputValue(), 'registry.example.com/mirror');
    await page.keyboard.press('Enter');
    await suggested.waitFor();
    await page.keyboard.press('Enter');
    const last = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Rewrite and Pin the Tags' });
    await last.first().waitFor();
    await editor.screenshot('registry rewrite');
    await last.first().click();
    await page.locator('.tab.active.dirty').waitFor();
    const toast = page.locator('.notification-toast', {
      hasText: /Rewrote \d+ images in \d+ components of 1 file/,
    });
    await toast.waitFor();
    await editor.screenshot('registry adopted');
    await toast.locator('.monaco-button', { hasText: 'Show Changes' }).click();
    await page.locator('.tab.active', { hasText: 'Rewrite to a Private Registry' }).waitFor();
    await page.locator('.multiDiffEntry', { hasText: 'values.yaml' }).first().waitFor();
    await editor.screenshot('registry changes');
    await page.locator('.tab[data-resource-name="values.yaml"]').click();
    await page.locator('.tab.active[data-resource-name="values.yaml"]').waitFor();
    assert.match(
      await editor.readText('.deploykf-values.yaml'),
      /registry\.example\.com\/mirror\/\{registry\}\/\{path\}/,
    );
    await editor.save();
    const text = await editor.readText('values.yaml');
    assert.match(text, /repository: registry\.example\.com\/mirror\/ghcr\.io\/dexidp\/dex # ours\n/);
    assert.match(text, /^deploykf_dependencies:\n/m);
  });
});

describe('In a workspace whose private images follow a rule', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'mirrored', host: 'node' });
    editor = await session.open();
    await editor.openFile('values.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('the same command offers that rule', async () => {
    const { page } = editor;
    await page.locator('[id^="status.problems"]:not([aria-label="No Problems"])').first().waitFor();
    const before = await editor.readText('values.yaml');
    await editor.runCommand('deployKF: Rewrite to a Private Registry…');
    const row = page.locator('.quick-input-list .monaco-list-row', {
      hasText: 'Like the images here that are already private',
    });
    await row.filter({ hasText: '* → registry.example.com/mirror/{registry}' }).waitFor();
    await editor.screenshot('registry inferred');
    await page.keyboard.press('Enter');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Preview the Rewrite' })
      .last()
      .click();
    await page.locator('.bulk-edit-panel .monaco-list-row', { hasText: 'values.yaml' }).first().waitFor();
    await editor.screenshot('registry preview');
    assert.equal(await page.locator('.bulk-edit-panel .edit-checkbox:not(:checked)').count(), 0);
    await page.locator('.bulk-edit-panel .monaco-button', { hasText: 'Apply' }).click();
    await page
      .locator('.notification-toast', { hasText: /Rewrote \d+ images in \d+ components of 1 file/ })
      .waitFor();
    assert.match(
      await editor.readText('.deploykf-values.yaml'),
      /target: "registry\.example\.com\/mirror\/\{registry\}"\n/,
    );
    await editor.save();
    const text = await editor.readText('values.yaml');
    assert.match(text, /repository: registry\.example\.com\/mirror\/docker\.io\/bitnamilegacy\/kubectl\n/);
    // One undo takes all of it back, the project file as well.
    await page.keyboard.press('Control+Z');
    await page.locator('.tab.active.dirty[data-resource-name="values.yaml"]').waitFor();
    await editor.save();
    assert.equal(await editor.readText('values.yaml'), before);
    await assert.rejects(editor.readText('.deploykf-values.yaml'));
  });
});

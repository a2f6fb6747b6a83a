import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('The Images view in VS Code', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'stacks', host: 'node' });
    editor = await session.open();
    await editor.openFile('prod.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  /** The row of the view that a screen reader says this of. */
  const row = (label: string): Locator =>
    editor.page.locator(`.pane-body .monaco-list-row[aria-label^="${label}"]`).first();

  it('is led to by the status bar, and has the stacks with their images and problems', async () => {
    const { page } = editor;
    const status = page.locator('.statusbar-item', { hasText: 'deployKF 0.1.4 · ' });
    await status.waitFor();
    await status.click();
    await row('Stack staging, deployKF 0.1.5').waitFor();
    await row('Stack prod, deployKF 0.1.4').click();
    await row('Component deployKF Auth').click();
    await row('dex, registry.example.com/ghcr.io/dexidp/dex:v2.38.0, private').waitFor();
    await page.locator('.activitybar .badge-content', { hasText: '40' }).waitFor();
    await editor.screenshot('images view');
  });

  it('can be filtered, and rewrites what is selected by one edit', async () => {
    const { page } = editor;
    await editor.runCommand('deployKF: Filter Images…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Text…' }).click();
    await page.locator('.quick-input-message', { hasText: 'A part of a name' }).waitFor();
    await page.locator('.quick-input-widget input').first().fill('deploykf_auth');
    await page.keyboard.press('Enter');
    await page.locator('.message', { hasText: 'Filtered: “deploykf_auth”' }).waitFor();
    await editor.screenshot('images filtered');
    const ofProd = row('oauth2Proxy, quay.io/oauth2-proxy/oauth2-proxy:v7.5.1');
    await ofProd.click();
    await page.locator('.tab.active', { hasText: 'prod.yaml' }).waitFor();
    await row('Component deployKF Auth')
      .last()
      .click({ modifiers: ['Control'] });
    await ofProd.click({ button: 'right' });
    await page.locator('.context-view .action-label', { hasText: 'Rewrite to Private Registry' }).waitFor();
    await editor.screenshot('images menu');
    await editor.pickFromMenu('Rewrite to Private Registry');
    await page.locator('.statusbar-item', { hasText: 'Rewrote 3 of 4 images' }).waitFor();
    await editor.screenshot('images rewritten');
    await editor.save();
    assert.match(await editor.readText('prod.yaml'), /oauth2Proxy:\n +repository: registry\.example\.com\//);
  });

  it('is led back to from an image that is pasted', async () => {
    const { page } = editor;
    await editor.runCommand('deployKF: Find the Value Behind an Image…');
    const input = page.locator('.quick-input-widget input').first();
    await page.locator('.quick-input-message', { hasText: 'An image, or a line of an event' }).waitFor();
    await input.fill('Back-off pulling image "ghcr.io/dexidp/dex:v2.38.0"');
    await page.keyboard.press('Enter');
    const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: 'deploykf_auth.images.dex' });
    await rows.nth(1).waitFor();
    await editor.screenshot('value of an image');
    await rows.filter({ hasText: 'the one that the stack pulls now' }).first().click();
    await page.locator('.tab.active', { hasText: /(?:base|prod)\.yaml/ }).waitFor();
    // The place in it is shown a moment later.
    await page.locator('.statusbar-item', { hasText: /Ln \d+, Col \d+ \(\d+ selected\)/ }).waitFor();
  });

  it('is opened from the editor, and explains an image', async () => {
    const { page } = editor;
    await editor.openFile('base.yaml');
    await editor.goTo({ line: 6, column: 15 });
    await editor.runCommand('deployKF: Reveal in Images View');
    const dex = page.locator('.monaco-list-row.selected.focused[aria-label^="dex, registry.example.com"]');
    await dex.waitFor();
    await dex.click({ button: 'right' });
    await page.locator('.context-view .action-label', { hasText: 'Copy Image Reference' }).waitFor();
    await editor.pickFromMenu('Explain');
    await page.locator('iframe.webview.ready').first().waitFor();
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.locator('p', { hasText: 'from staging.yaml:5, over v2.39.1' }).waitFor();
    await editor.screenshot('image explained');
  });
});

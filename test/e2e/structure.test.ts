import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

const application = 'argocd/application.yaml';

describe('Around the text', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    const settings = { 'workbench.colorTheme': 'Default Dark Modern' };
    session = await Session.start({ fixture: 'workspace', host: 'node', settings });
    editor = await session.open();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('are lenses and hints; a double click pins, a lens rewrites', async () => {
    const { page } = editor;
    await editor.openFile('values.yaml');
    const lens = page.locator('.codelens-decoration a', { hasText: '0 of 2 private · Rewrite' });
    await lens.waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'images private · Mirror Plan' }).waitFor();
    const hint = page.locator('.view-line span', { hasText: /^1\.17\.8-distroless$/ }).last();
    await hint.waitFor();
    await editor.screenshot('lenses and hints');
    await hint.dblclick();
    await page.locator('.tab.active.dirty').waitFor();
    await editor.saveWithoutActions();
    const after = page.locator('.codelens-decoration a', { hasText: '1 of 2 private · Rewrite' });
    // VS Code drops a click on a lens that it is about to draw anew.
    for (let left = 4; left > 0 && !(await after.isVisible()); left--) {
      await lens.click();
      await after.waitFor({ timeout: 8000 }).catch(() => undefined);
    }
    assert.ok(await after.isVisible());
    await editor.saveWithoutActions();
    assert.match(
      await editor.readText('values.yaml'),
      /registry\.example\.com\S+ # the sidecar\n {8}tag: 1\.17\.8-distroless\n/,
    );
  });

  it('are breadcrumbs and an outline that reach into the values of an Application', async () => {
    const { page } = editor;
    await editor.openFile(application);
    await editor.goTo({ line: 26, column: 24 });
    const crumbs = page.locator('.breadcrumbs-control').first();
    await crumbs.locator('.monaco-breadcrumb-item', { hasText: 'istioProxy' }).waitFor();
    assert.deepEqual((await crumbs.locator('.monaco-breadcrumb-item').allInnerTexts()).slice(2), [
      'spec',
      'source',
      'plugin',
      'parameters',
      'values',
      'string',
      'deploykf_dependencies',
      'istio',
      'images',
      'istioProxy',
      'tag',
    ]);
    await editor.runCommand('Explorer: Focus on Outline View');
    await page.locator('.outline-tree .monaco-list-row').first().waitFor();
    await page.keyboard.press('End');
    const detail = /^istioProxy\s*docker\.io\/istio\/proxyv2:1\.17\.8-distroless/;
    await page.locator('.outline-tree .monaco-list-row', { hasText: detail }).waitFor();
    await editor.screenshot('outline of an application');
  });

  it('are colours in the values of an Application like outside of them', async () => {
    const { page } = editor;
    await editor.openFile(application);
    const word = (text: RegExp): Locator => page.locator('.view-line span span', { hasText: text }).first();
    await word(/^istioProxy$/).waitFor();
    const [inner, outer, image, comment] = await Promise.all(
      [/^istioProxy$/, /^plugin$/, /^docker\.io\/istio\/proxyv2$/, /^#\sthe\ssidecar$/].map(text =>
        colourOf(word(text)),
      ),
    );
    assert.equal(inner, outer);
    assert.equal(new Set([inner, image, comment]).size, 3);
    await editor.screenshot('colours in an application');
  });

  it('are symbols of the workspace', async () => {
    const { page } = editor;
    await page.keyboard.press('Control+T');
    await page.locator('.quick-input-widget input').first().fill('#istioProxy');
    const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: 'istioProxy' });
    await rows.nth(1).waitFor();
    await editor.screenshot('symbols of the workspace');
  });

  it('is a restart that says what came of it', async () => {
    const { page } = editor;
    await editor.runCommand('deployKF: Restart the Language Server');
    await page
      .locator('.notification-toast', { hasText: 'The language server of deployKF was restarted' })
      .waitFor();
  });

  it('is a walkthrough, and a table of rules in the settings', async () => {
    const { page } = editor;
    await editor.runCommand('Welcome: Open Walkthrough...');
    await editor.pickItem('Get Started with deployKF Values');
    await page.locator('.getting-started-step', { hasText: 'Set the private registry' }).waitFor();
    await editor.screenshot('walkthrough');
    await editor.runCommand('Preferences: Open Settings (UI)');
    await page.keyboard.type('@id:deploykf.rules');
    const rules = page.locator('.setting-item-contents', { hasText: 'How grave the findings of a rule are' });
    await rules.locator('.monaco-button', { hasText: 'Add Item' }).waitFor();
    await editor.screenshot('settings');
  });
});

/** As the browser shows it. */
function colourOf(word: Locator): Promise<string> {
  return word.evaluate(element => (globalThis as unknown as Styles).getComputedStyle(element).color);
}

/** A part of a `Window`; the tests have no types of the DOM. */
interface Styles {
  getComputedStyle(element: unknown): { readonly color: string };
}

import assert from 'node:assert/strict';
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

  it('are symbols of the workspace', async () => {
    const { page } = editor;
    await page.keyboard.press('Control+T');
    await page.locator('.quick-input-widget input').first().fill('#istioProxy');
    const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: 'istioProxy' });
    await rows.nth(1).waitFor();
    await editor.screenshot('symbols of the workspace');
  });
});

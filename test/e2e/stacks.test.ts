import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('Stacks in VS Code', () => {
  const tag = { line: 6, column: 15 };
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'stacks', host: 'node' });
    editor = await session.open();
    await editor.openFile('base.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('the first stack of a shared file is shown first', async () => {
    const [hover] = await editor.hoverAt(tag, 'v2.40.0');
    assert.match(hover ?? '', /^dex · deployKF Auth · deployKF 0\.1\.5 · stack staging/);
  });

  it('another one can be chosen', async () => {
    await editor.runCommand('deployKF: Choose the Stack…');
    await editor.pickItem('prod');
    const [hover] = await editor.hoverAt(tag, 'v2.38.0');
    assert.match(hover ?? '', /^dex · deployKF Auth · deployKF 0\.1\.4 · stack prod/);
    await editor.screenshot('stack chosen');
  });

  it('its effective values stand beside the defaults of its release', async () => {
    await editor.runCommand('deployKF: Compare the Effective Values with the Defaults');
    await editor.page.locator('.tab.active', { hasText: 'deployKF 0.1.4 ↔ prod' }).waitFor();
    await editor.page
      .locator('.view-line')
      .filter({ hasText: /Stack.prod:.what.is.left.of/ })
      .first()
      .waitFor();
    await editor.screenshot('compare with defaults');
  });

  it('values that a stronger layer overrides are dimmed', async () => {
    await editor.openFile('base.yaml');
    // Only where they count in no stack: the tag is set by both.
    await editor.page
      .locator('.view-line span[class*="ced-"]', { hasText: /v2\.39\.1/ })
      .first()
      .waitFor();
    await editor.screenshot('overridden values');
  });

  it('effective values open beside the file at the caret, with their origins', async () => {
    await editor.goTo(tag);
    await editor.runCommand('deployKF: Show the Effective Values');
    const { page } = editor;
    await page.locator('.tab.active', { hasText: 'Effective values of prod' }).waitFor();
    await page
      .locator('.view-line')
      .filter({ hasText: /tag:.v2\.38\.0.*⟵.prod\.yaml:5/ })
      .waitFor();
    await editor.screenshot('effective values');
    await page.keyboard.press('F12');
    await page.locator('.tab.active', { hasText: 'prod.yaml' }).first().waitFor();
    await page.locator('.tab', { hasText: 'Effective values of prod' }).first().waitFor();
  });
});

import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('In a workspace with a mirror', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'reports', host: 'node' });
    editor = await session.open();
    await editor.openFile('values.yaml');
    // The commands are offered once the server has told that this is a values file.
    await editor.page.locator('[id^="status.problems"]:not([aria-label="No Problems"])').first().waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  /** The lines on the screen of the editor with a tab of that name. */
  async function linesOf(name: string): Promise<string> {
    await editor.page.locator('.tab.active', { hasText: name }).waitFor();
    const lines = editor.page.locator('.editor-group-container.active .view-lines').first();
    await lines.locator('.view-line').nth(3).waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  it('a command shows the plan, which follows the values', async () => {
    const { page } = editor;
    await editor.runCommand('deployKF: Show Mirror Plan');
    const text = await linesOf('prod.mirror.txt');
    assert.match(text, /deployKF 0\.1\.4, prod: \d+ images to mirror, 5 Helm charts/);
    await editor.screenshot('mirror plan');
    await editor.openFile('values.yaml');
    await editor.goTo({ line: 9, column: 14 });
    await page.keyboard.press('Shift+End');
    await editor.type(' false');
    await editor.save();
    await editor.openTab('prod.mirror.txt');
    const first = text.split('\n').find(line => line.startsWith('deployKF')) ?? '';
    await page
      .locator('.editor-group-container.active .view-line', { hasText: first })
      .waitFor({ state: 'detached' });
  });

  it('a command opens the plan in the form of a tool', async () => {
    const { page } = editor;
    await editor.openTab('values.yaml');
    await editor.runCommand('deployKF: Export Mirror Plan…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'regctl image copy' }).waitFor();
    await editor.screenshot('mirror exports');
    await page.locator('.quick-input-widget input').first().fill('skopeo copy');
    await editor.pickItem('skopeo');
    assert.match(await linesOf('Untitled-1'), /^#!\/bin\/sh\n/);
  });

  it('a rendered manifest says how its images stand to the plan, and leads to them', async () => {
    const { page } = editor;
    await editor.openFile('rendered.yaml');
    const lens = page.locator('.codelens-decoration a', { hasText: '2 images, 1 not in the plan of prod' });
    await lens.waitFor();
    await editor.screenshot('manifest lens');
    await lens.click();
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'docker.io/acme/kubectl:1.28' })
      .waitFor();
    await editor.screenshot('manifest images');
    await editor.pickItem('docker.io/acme/kubectl:1.28');
    await page.locator('.statusbar-item', { hasText: 'Ln 12, Col 18' }).waitFor();
  });

  it('the release in the project file leads to a preview of the upgrade', async () => {
    const { page } = editor;
    await editor.openFile('.deploykf-values.yaml');
    const titles = await editor.openLightbulb({ line: 1, column: 12 });
    assert.deepEqual(titles, ['Preview upgrade to 0.1.5…']);
    await page.keyboard.press('Enter');
    const text = await linesOf('0.1.4-to-0.1.5.txt');
    assert.match(text, /deployKF 0\.1\.4 to 0\.1\.5, prod: \d+ images to mirror, .* 1 override to look at/);
    await editor.screenshot('upgrade preview');
  });
});

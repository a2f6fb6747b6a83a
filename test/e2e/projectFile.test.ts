import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe("In a workspace with the two files of deployKF's guide, as a web extension", () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'guide', host: 'web' });
    editor = await session.open();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('what to do is counted before a file is open', async () => {
    const badge = editor.page.locator('.activitybar .action-item', {
      has: editor.page.locator('[aria-label^="deployKF"]'),
    });
    await badge.locator('.badge-content', { hasText: /^[1-9]/ }).waitFor();
    const counted = /deployKF 0\.1\.5 · \d+ images/;
    await editor.page.locator('.statusbar-item', { hasText: counted }).waitFor();
    await editor.screenshot('folder');
    await editor.openFile('sample-values.yaml');
  });

  it('the one says that it is half a stack, and offers to define the whole', async () => {
    await editor.hoverAt({ line: 1, column: 3 }, 'looks like a layer over this file');
    const titles = await editor.openLightbulb({ line: 1, column: 3 });
    assert.ok(titles.some(title => title.includes('Define stack default (sample-values.yaml')));
    await editor.closeLightbulb();
  });

  it('a command asks for what is not known, and writes the project file', async () => {
    const { page } = editor;
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await editor.runCommand('deployKF: Create Project File…');
    await rows.filter({ hasText: 'the newest release that is known' }).waitFor();
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: 'No private registry' }).waitFor();
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: 'sample-values.yaml → sample-values-overrides.yaml' }).waitFor();
    await editor.screenshot(`project file stacks`);
    await page.keyboard.press('Enter');
    await page.locator('.tab.active:not(.dirty)[data-resource-name=".deploykf-values.yaml"]').waitFor();
    const text = await editor.readText('.deploykf-values.yaml');
    assert.match(text, /^release: 0\.1\.5$/m);
    assert.match(
      text,
      /^ {2}- name: default\n {4}values:\n {6}- sample-values\.yaml\n {6}- sample-values-overrides\.yaml$/m,
    );
  });

  it('then the stack is whole', async () => {
    await editor.openFile('sample-values.yaml');
    await editor.page.locator('.monaco-editor .squiggly-info').first().waitFor({ state: 'hidden' });
    const problems = await editor.readProblems();
    assert.ok(!problems.some(problem => problem.includes('looks like a layer')), problems.join('\n'));
  });

  it('and the log says so', async () => {
    await editor.runCommand('deployKF: Show the Log');
    const line = (text: RegExp): Promise<void> =>
      editor.page.locator('.part.panel .view-line', { hasText: text }).first().waitFor();
    await line(/The\sserver\sruns\safter/);
    await line(/project\sdefault\sby\s\.deploykf-values\.yaml/);
  });
});

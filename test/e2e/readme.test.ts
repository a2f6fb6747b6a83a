import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

/** `npm run pictures` makes the moving picture of the README from the screenshots that are taken here. */
describe('What the README shows', () => {
  const repository = { line: 7, column: 22 };
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    const settings = {
      'breadcrumbs.enabled': false,
      'editor.cursorBlinking': 'solid',
      'editor.fontSize': 15,
    };
    session = await Session.start({ fixture: 'workspace', host: 'node', settings });
    editor = await session.open();
    await editor.openFile('values.yaml');
    await editor.waitForDiagnostics('Errors: 1, Warnings: 2');
    await editor.page.setViewportSize({ width: 960, height: 540 });
    await editor.runCommand('View: Toggle Primary Side Bar Visibility');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('a finding, its hover, the quick fixes, and the file after them', async () => {
    const before = await editor.readText('values.yaml');
    await editor.goTo(repository);
    await editor.screenshot('readme 1 findings');
    await editor.hoverAt(repository, '1.17.8-distroless');
    await editor.screenshot('readme 2 hover');
    await editor.page.keyboard.press('Escape');
    await editor.openLightbulb(repository);
    await editor.screenshot('readme 3 quick fixes');
    await editor.closeLightbulb();
    await editor.applyQuickFix(repository, 'Rewrite to registry.example.com/docker.io/istio/proxyv2');
    await editor.waitForDiagnostics('Errors: 1, Warnings: 1, Infos: 1');
    await editor.screenshot('readme 4 rewritten');
    await editor.runCommand('deployKF: Fix All Findings in This File');
    await editor.waitForDiagnostics('Warnings: 1, Infos: 1');
    await editor.save();
    await editor.screenshot('readme 5 all fixed');
    assert.equal(
      await editor.readText('values.yaml'),
      before.replace('docker.io/', 'registry.example.com/docker.io/').replace('2.40', '"2.40"'),
    );
  });
});

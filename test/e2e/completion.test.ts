import assert from 'node:assert/strict';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('In a file that is empty so far', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    session = await Session.start({ fixture: 'completion', host: 'node' });
    editor = await session.open();
    await editor.openFile('prod.yaml');
    await editor.waitForDiagnostics('Warnings: 9');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  /** Types, waits until the list offers a label first, and takes it. */
  async function take(text: string, label: string): Promise<void> {
    await editor.type(text);
    await editor.page
      .locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: label })
      .waitFor();
    if (text === '') await editor.screenshot(`completion ${label}`);
    await editor.page.keyboard.press('Enter');
  }

  it('completion leads to an image without that its path is known', async () => {
    await editor.goTo({ line: 2, column: 1 });
    await take('dep', 'deploykf_dependencies');
    await take('', 'cert_manager');
    await take('ima', 'images');
    await take('', 'certManagerController');
    await editor.screenshot('completion block');
    await editor.page.keyboard.press('Escape');
    await editor.save();
    assert.equal(
      await editor.readText('prod.yaml'),
      [
        '# What we change.',
        'deploykf_dependencies:',
        '  cert_manager:',
        '    images:',
        '      certManagerController:',
        '        repository: registry.example.com/quay.io/jetstack/cert-manager-controller',
        '        tag: v1.12.10',
      ].join('\n'),
    );
  });

  it('a hover has what upstream says of a section, and the project file is completed, too', async () => {
    const parts = await editor.hoverAt({ line: 3, column: 5 }, 'needed by all others');
    assert.ok(parts.some(part => part.includes('issues the certificates')));
    await editor.screenshot('upstream comment');
    await editor.page.keyboard.press('Escape');
    await editor.openFile('.deploykf-values.yaml');
    await editor.goTo({ line: 9, column: 1 });
    await take('sup', 'suppressions');
    await take('', 'code, reason');
    await editor.screenshot('completion project');
  });
});

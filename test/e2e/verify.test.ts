import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeDockerConfig } from '../support/registry/credentials.ts';
import { filledStack, placeOf, type FilledStack } from '../support/registry/filledStack.ts';
import { missingPrograms } from '../support/registry/programs.ts';
import { deleteManifest, pushImage } from '../support/registry/pushImage.ts';
import { startRegistry, type TestRegistry } from '../support/registry/testRegistry.ts';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('With a registry that has the images', () => {
  let registry: TestRegistry | undefined;
  let stack: FilledStack | undefined;
  let session: Session | undefined;
  let editor: Editor;
  let missing = '';

  before(async function () {
    const lacking = missingPrograms(['docker-registry', 'openssl']);
    if (lacking.length > 0) {
      assert.notEqual(process.env.DEPLOYKF_REGISTRY, 'required', `not installed: ${lacking.join(', ')}`);
      this.skip();
    }
    registry = await startRegistry('basic');
    stack = await filledStack(registry);
    // One is gone again.
    missing = stack.plan.copies.find(({ target }) => target?.includes('dex'))?.target ?? '';
    const { name, tag } = placeOf(missing);
    const image = await pushImage(registry, name, tag, { form: 'oci', seed: 'gone' });
    await deleteManifest(registry, name, image.digest);
    session = await Session.start({
      fixture: stack.workspace.root,
      host: 'node',
      settings: { 'deploykf.verify.registryCa': join(stack.workspace.root, 'ca.crt') },
      env: { REGISTRY_AUTH_FILE: writeDockerConfig(registry.folder, [registry.host]) },
    });
    editor = await session.open();
    await editor.openFile('prod.yaml');
    await editor.page.locator('[id^="status.problems"]:not([aria-label="No Problems"])').first().waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(async () => {
    await session?.stop();
    stack?.workspace.remove();
    await registry?.stop();
  });

  it('a command says what is missing, and a lens leads to what it said', async () => {
    const { page } = editor;
    await editor.runCommand('deployKF: Verify Mirror');
    await page.locator('.tab.active', { hasText: 'prod.verify.txt' }).waitFor();
    const lines = page.locator('.editor-group-container.active .view-lines').first();
    await lines.locator('.view-line', { hasText: 'Checked at' }).waitFor();
    const text = (await lines.innerText()).replaceAll('\u00a0', ' ');
    const all = stack?.plan.copies.length ?? 0;
    assert.ok(text.includes(`Missing\n  ${missing}\n`), text);
    assert.ok(text.includes(`${all - 1} of ${all} images are there`), text);
    await editor.screenshot('verified mirror');
    await editor.openFile('prod.yaml');
    const lens = page.locator('.codelens-decoration a', { hasText: `${all - 1} of ${all} images of prod` });
    await lens.waitFor();
    await editor.screenshot('verified lens');
    await lens.click();
    await page.locator('.tab.active', { hasText: 'prod.verify.txt' }).waitFor();
  });
});

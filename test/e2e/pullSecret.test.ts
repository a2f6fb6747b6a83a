import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from './harness/editor.ts';
import { e2eFolder } from './harness/paths.ts';
import { Session } from './harness/session.ts';

const dockerFolder = join(e2eFolder, 'fixtures/docker');

describe('In a workspace with private registries', () => {
  let session: Session | undefined;
  let editor: Editor;

  before(async () => {
    const settings = { 'deploykf.trace.server': 'verbose' };
    session = await Session.start({
      fixture: 'workspace',
      host: 'node',
      settings,
      env: { DOCKER_CONFIG: dockerFolder },
    });
    editor = await session.open();
    await editor.openFile('values.yaml');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  /** Takes what is suggested, up to the choice of how to make the Secret. */
  async function chooseSecret({ isNew }: { readonly isNew: boolean }): Promise<void> {
    const { page } = editor;
    await editor.waitForDiagnostics('Errors: 1, Warnings: 2');
    await editor.runCommand('deployKF: Create Image Pull Secret…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'registry.example.com' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: 'Name of the Secret' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: 'The namespace that the policy copies' }).waitFor();
    await page.keyboard.press('Enter');
    if (isNew) {
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Add It to the Values' }).waitFor();
      await page.keyboard.press('Enter');
    }
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open a Manifest' }).waitFor();
  }

  it('pull secrets are asked for, shown as manifests, and added to the values', async () => {
    const { page } = editor;
    await chooseSecret({ isNew: true });
    await editor.screenshot('pull secret');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open a Manifest' }).click();
    const toast = page.locator('.notification-toast', { hasText: 'is in the values' });
    await toast.waitFor();
    await page.locator('.tab', { hasText: 'Untitled-1' }).waitFor();
    await editor.screenshot('pull secret manifest');
    await toast.locator('.monaco-button', { hasText: 'Show Namespaces and Pull Secrets' }).click();
    await page.locator('.tab.active', { hasText: 'prod.pull-secrets.txt' }).waitFor();
    await editor.screenshot('pull secret matrix');
    await page.locator('.tab.dirty[data-resource-name="values.yaml"]').click();
    await page.locator('.tab.active.dirty[data-resource-name="values.yaml"]').waitFor();
    const before = await editor.readText('values.yaml');
    await editor.save();
    const after = await editor.readText('values.yaml');
    assert.match(
      after,
      / {6}imagePullSecrets:\n {8}enabled: true\n {8}registryCredentials:\n {10}- existingSecret: my-docker-config\n {12}existingSecretNamespace: argocd\n/,
    );
    assert.ok(before.split('\n').every(line => after.includes(line)));
  });

  it('a pull secret is written from the docker config, after a question, and its logins are stored nowhere else', async () => {
    const { page } = editor;
    await chooseSecret({ isNew: false });
    // The terminal itself needs a native module that this VS Code has not.
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Put the Command in a Terminal' })
      .waitFor();
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Read the Local Docker Config' })
      .click();
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'Read passwords from the docker config?' });
    await dialog.waitFor();
    await editor.screenshot('docker config');
    await dialog.locator('.monaco-button', { hasText: 'Read the Docker Config' }).click();
    await page.locator('.quick-input-title', { hasText: 'Write the Secret to' }).waitFor();
    // The dialog sets its text anew once it has listed the folder.
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'deployment.yaml' }).waitFor();
    await page.locator('.quick-input-widget input').first().fill(editor.pathOf('secret.yaml'));
    await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    await page
      .locator('.notification-toast', { hasText: 'Wrote the Secret for registry.example.com' })
      .waitFor();
    const data = /dockerconfigjson: (\S+)/.exec(await editor.readText('secret.yaml'))?.[1] ?? '';
    const auth = Buffer.from('robot:not-a-real-password').toString('base64');
    assert.equal(
      Buffer.from(data, 'base64').toString(),
      JSON.stringify({ auths: { 'registry.example.com': { auth } } }),
    );
    assert.equal((await stat(editor.pathOf('secret.yaml'))).mode & 0o777, 0o600);
    const stored = await textsBelow(join(session?.home ?? '', 'data'));
    assert.match(stored, /"deploykf\.trace\.server":"verbose"/);
    for (const secret of ['not-a-real-password', 'another-password', auth, data])
      assert.ok(!stored.includes(secret));
  });
});

/** The texts of all files in a folder and below. */
async function textsBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map(file => readFile(file, 'utf8')))).join('\n');
}

import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './harness/editor.ts';
import { Session } from './harness/session.ts';

describe('The page of the installed extension', () => {
  let session: Session | undefined;
  let editor: Editor;
  let readme: FrameLocator;

  before(async () => {
    session = await Session.start({ fixture: 'workspace', host: 'node' });
    editor = await session.open();
    const { page } = editor;
    await page.keyboard.press('Control+Shift+X');
    await page
      .locator('.extensions-viewlet .monaco-list-row', { hasText: 'deployKF Values' })
      .first()
      .click();
    await page.locator('.extension-editor .name', { hasText: 'deployKF Values' }).waitFor();
    await page.locator('iframe.webview.ready').first().waitFor();
    readme = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await readme.locator('h1', { hasText: 'deployKF Values' }).waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed ${this.currentTest.title}`);
  });
  after(() => session?.stop());

  it('shows every picture', async () => {
    await editor.screenshot('extension page');
    assert.deepEqual(await Promise.all((await readme.locator('img').all()).map(widthOf)), [960]);
  });

  it('shows a picture that moves', async () => {
    const source = (await readme.locator('img').first().getAttribute('src')) ?? '';
    assert.equal(await editor.page.evaluate<number>(countFrames(source)), 5);
  });

  it('has no link that VS Code cannot open', async () => {
    // VS Code adds a button to the page that is a link, too.
    const anchors = await readme.locator('body a:not(#scroll-to-top)').all();
    const links = await Promise.all(anchors.map(anchor => anchor.getAttribute('href')));
    assert.deepEqual(links, ['https://www.deploykf.org']);
  });

  it('shows the icon', async () => {
    assert.equal(await widthOf(editor.page.locator('.extension-editor img.icon')), 256);
  });
});

/** The width of a picture as it was read; rejects when it is broken. */
async function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate(async image => {
    await (image as unknown as Picture).decode();
    return (image as unknown as Picture).naturalWidth;
  });
}

/** An `HTMLImageElement`; the tests have no types of the DOM. */
interface Picture {
  readonly naturalWidth: number;
  decode(): Promise<void>;
}

/** A script that tells how many pictures Chromium sees in an animation. As a text: the tests have no types of the DOM. */
function countFrames(dataUri: string): string {
  return `(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(dataUri.replace(/^.*,/, ''))}), letter => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data: bytes, type: 'image/png' });
    await Promise.all([decoder.completed, decoder.tracks.ready]);
    const { frameCount } = decoder.tracks.selectedTrack;
    for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) await decoder.decode({ frameIndex });
    return frameCount;
  })()`;
}

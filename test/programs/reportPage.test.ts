// The page of `report --html` in a real browser: on a screen, in the dark, on a phone, and on paper.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium, screenshotFolder } from '../e2e/harness/paths.ts';
import { CliWorkspace } from '../support/cli.ts';
import { readText } from '../support/sources.ts';

const wide = { width: 1280, height: 900 };
/** A sheet of A4 without its margins, and a small telephone. */
const sheet = { width: 690, height: 1000 };
const phone = { width: 360, height: 700 };

describe('The page of a report, in a browser', function () {
  this.timeout(60_000);
  const workspace = new CliWorkspace();
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  const requested: string[] = [];
  const said: string[] = [];

  before(async function () {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      assert.notEqual(process.env['DEPLOYKF_E2E'], 'required', 'Chromium is not installed');
      return this.skip();
    }
    for (const name of ['.deploykf-values.yaml', 'base.yaml', 'pull-secrets-sources.yaml']) {
      const text = readText(`examples/${name}`) ?? '';
      workspace.write(
        name,
        text.replace('credentials: [vault.example.com]', 'credentials: [harbor.example.com]'),
      );
    }
    const argv = ['report', '--stack', 'pull-secrets-sources', '--html', 'page.html'];
    assert.equal((await workspace.run(argv)).code, 0);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    context = await browser.newContext({ javaScriptEnabled: false, viewport: wide });
    page = await context.newPage();
    page.on('request', request => void requested.push(request.url()));
    page.on('console', message => void said.push(message.text()));
    await page.goto(pathToFileURL(join(workspace.root, 'page.html')).href);
    mkdirSync(screenshotFolder, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    workspace.remove();
  });

  const screenshot = (name: string): Promise<unknown> =>
    page.screenshot({ path: join(screenshotFolder, `report-${name}.png`), fullPage: true });

  it('is all there without scripts, and asks for nothing', async () => {
    assert.deepEqual([requested.length, said], [1, []]);
    const text = await page.locator('body').innerText();
    for (const part of ['pull-secrets-sources, deployKF 0.1.5', 'harbor.example.com', 'kyverno/docker-hub'])
      assert.ok(text.includes(part), part);
    assert.equal(await page.locator('h2').count(), 4);
    assert.equal(await page.locator('.table').count(), 4);
  });

  for (const scheme of ['light', 'dark'] as const)
    it(`can be read on a ${scheme} screen`, async () => {
      await page.emulateMedia({ media: 'screen', colorScheme: scheme });
      const { ground, faint } = await page.evaluate<Contrasts>(contrasts);
      assert.deepEqual([ground > 0.5, faint], [scheme === 'light', []]);
      await screenshot(scheme);
    });

  it('is dark on white on paper, also where the screen is dark, and as wide as the sheet', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize(sheet);
    const { ground, faint } = await page.evaluate<Contrasts>(contrasts);
    assert.deepEqual([ground, faint, await page.evaluate(overflow)], [1, [], 0]);
    await screenshot('paper');
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    const sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    assert.ok(sheets >= 2 && sheets <= 6, `${sheets} sheets`);
  });

  it('moves a wide table aside on a small screen, and not the page', async () => {
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    await page.setViewportSize(phone);
    assert.equal(await page.evaluate(overflow), 0);
    assert.ok(await page.evaluate(isAnyMoved));
    await screenshot('phone');
  });
});

/** How light the page is, from 0 to 1, and the texts that are hard to read. */
interface Contrasts {
  readonly ground: number;
  readonly faint: readonly string[];
}

// Scripts are texts, since the tests have no types of the DOM.

/** How many pixels the page is wider than its window. */
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const isAnyMoved = '[...document.querySelectorAll(".table")].some(box => box.scrollWidth > box.clientWidth)';

/** Makes `Contrasts`: hard to read is what has a contrast below 4.5, the least that WCAG 2.2 wants (1.4.3). */
const contrasts = `(() => {
  const luminance = colour => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(part => {
      const level = Number(part) / 255;
      return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = element => {
    if (element === null) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : colour;
  };
  const faint = [...document.querySelectorAll('h1, h2, p, th, td, span, dt, dd, footer')].filter(element => {
    const levels = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
    return (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05) < 4.5;
  });
  return { ground: luminance(groundOf(document.body)), faint: faint.map(element => element.outerHTML) };
})()`;

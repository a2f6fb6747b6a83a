import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshotFolder } from './paths.ts';

/** What the suites in the extension host reported, by their full titles. */
export interface HostResults {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly error: string }[];
  readonly skipped: readonly string[];
}

const mark = 'deploykf-e2e-results ';
const longest = 120_000;

/** Opens a page that runs a script in the extension host and waits for what it reports; the page's log goes to `test/e2e/out` when there are none. */
export async function readHostResults<T>(page: Page, url: string): Promise<T> {
  const log: string[] = [];
  const outcome = new Promise<{ readonly results: T } | string>(resolve => {
    void page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const line = args.map(String).join(' ');
      log.push(line);
      if (line.includes(mark))
        resolve({ results: JSON.parse(line.slice(line.indexOf(mark) + mark.length)) as T });
    });
    void page.exposeFunction('codeAutomationExit', (code: number) => {
      if (code !== 0) setTimeout(resolve, 1000, `The suites broke off with ${code}`);
    });
    setTimeout(resolve, longest, `The suites did not end in ${longest / 1000} s`).unref();
  });
  await page.goto(url);
  const ended = await outcome;
  if (typeof ended !== 'string') return ended.results;
  const file = join(screenshotFolder, 'extension-host.log');
  await mkdir(screenshotFolder, { recursive: true });
  await writeFile(file, log.join('\n'));
  throw new Error(`${ended}, see ${file}`);
}

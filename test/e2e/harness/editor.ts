import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { screenshotFolder } from './paths.ts';

/** A place in a file as the user counts: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** VS Code as a user sees it: everything here goes through the keyboard, the mouse and the screen. */
export class Editor {
  readonly page: Page;
  readonly #workspace: string;

  constructor(page: Page, workspace: string) {
    this.page = page;
    this.#workspace = workspace;
  }

  async waitUntilReady(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file of the workspace by "Go to File". */
  async openFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.#pick('Control+P', join(this.#workspace, path), name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.monaco-editor[data-uri] .view-line').first().waitFor();
  }

  /** Shows what is open in a tab already. By the mouse: "Go to File" knows files alone. */
  async openTab(name: string): Promise<void> {
    await this.page.locator('.tab', { hasText: name }).first().click();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Puts the cursor at a place of the open file. */
  async goTo({ line, column }: Place): Promise<void> {
    await this.#pick('Control+G', `:${line}:${column}`);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Types at the cursor. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.page.locator('.tab.active.dirty').waitFor();
  }

  /** Pastes at the cursor, as from another program. */
  async paste(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('Control+V');
  }

  /** Runs a command of the palette by its whole title. */
  async runCommand(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`);
  }

  /** Picks from the open context menu, by the keyboard: a menu ignores the mouse for a moment after it has opened. */
  async pickFromMenu(label: string): Promise<void> {
    await this.page.locator('.context-view .action-label', { hasText: label }).hover();
    await this.page.locator('.context-view .action-item.focused', { hasText: label }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Picks the item of an open list by its label. */
  async pickItem(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
    await row.waitFor();
    await row.click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Waits until the status bar counts these problems, as "Errors: 1, Warnings: 2" or "No Problems". */
  async waitForDiagnostics(counts: string): Promise<void> {
    await this.page.locator(`#status\\.problems[aria-label="${counts}"]`).waitFor();
  }

  /** What the Problems panel says about each finding on the screen: severity, message, place counted from 1, source. */
  async readProblems(): Promise<readonly string[]> {
    await this.page.keyboard.press('Control+Shift+M');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.first().waitFor();
    const labels = await Promise.all((await rows.all()).map(row => row.getAttribute('aria-label')));
    await this.page.keyboard.press('Control+Shift+M');
    return labels.map(label => label ?? '').filter(label => !/^\d+ problems in file /.test(label));
  }

  /**
   * The parts of the hover at a place as they are rendered: the findings, then what each provider says. Asks again until
   * each of the texts is in one of them, as the server may still be starting; it stays open.
   */
  async hoverAt(place: Place, ...texts: readonly [string, ...string[]]): Promise<readonly string[]> {
    const hover = this.page.locator('.monaco-editor .monaco-hover:not(.hidden)').first();
    let rows = hover;
    for (const text of texts) rows = rows.filter({ has: this.page.locator('.hover-row', { hasText: text }) });
    const wanted = rows.first();
    for (let left = 8; left > 0 && !(await wanted.isVisible()); left--) {
      await this.page.keyboard.press('Escape');
      await this.goTo(place);
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
      await wanted.waitFor({ timeout: left > 1 ? 4000 : 30_000 }).catch((error: unknown) => {
        if (left === 1) throw error;
      });
    }
    const parts = await hover.locator('.hover-row:not(.status-bar)').allInnerTexts();
    return parts.map(part => part.trim());
  }

  /** The titles that the lightbulb offers at a place. It stays open. */
  async openLightbulb(place: Place): Promise<readonly string[]> {
    await this.goTo(place);
    await this.page.keyboard.press('Control+.');
    const rows = this.#actionRows();
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  async closeLightbulb(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
  }

  /** Picks an action of the lightbulb at a place by its whole title. */
  async pickAction(place: Place, title: string): Promise<void> {
    await this.openLightbulb(place);
    const row = this.#actionRows().getByText(title, { exact: true });
    await row.hover({ force: true }); // VS Code blocks clicks until the mouse has moved
    await row.click();
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
  }

  /** Picks an action and waits until the file has changed. `answer`: what is typed where it asks for a text. */
  async applyQuickFix(place: Place, title: string, answer?: string): Promise<void> {
    await this.pickAction(place, title);
    if (answer !== undefined) {
      await this.page.locator('.quick-input-widget input').first().fill(answer);
      await this.page.keyboard.press('Enter');
    }
    await this.page.locator('.tab.active.dirty').waitFor();
  }

  /** Saves the open file, with the code actions on save if the settings want them, and waits until it is on the disk. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Saves the open file as it is, without code actions on save. */
  async saveWithoutActions(): Promise<void> {
    await this.runCommand('File: Save without Formatting');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** The text of a file of the workspace as it is on the disk. */
  readText(path: string): Promise<string> {
    return readFile(this.pathOf(path), 'utf8');
  }

  /** The absolute path of a file of the workspace. */
  pathOf(path: string): string {
    return join(this.#workspace, path);
  }

  /** Stores what is on the screen as `test/e2e/out/NAME.png`. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    await this.page.waitForFunction(
      'document.getAnimations().every(({ playState }) => playState !== "running")',
    );
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  }

  #actionRows(): Locator {
    return this.page.locator('.action-widget .monaco-list-row.action');
  }

  /** The list shows what was opened last until it has found the text, so the row is waited for by its label. */
  async #pick(key: string, text: string, label?: string): Promise<void> {
    await this.#ask(key, text);
    const labelled = label === undefined ? '' : `[aria-label^="${label}"]`;
    await this.page.locator(`.quick-input-list .monaco-list-row.focused${labelled}`).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Types into the question that the key opens. What is still opening behind it may take the focus, which closes it. */
  async #ask(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    for (let left = 3; left > 0; left--) {
      // A page that is behind another one, or a menu that is still open, closes the question at once.
      if (left < 3) {
        await this.page.bringToFront();
        await this.page.keyboard.press('Escape');
        await this.page
          .locator('.part.editor')
          .first()
          .click({ position: { x: 5, y: 5 }, timeout: 2000 })
          .catch(() => undefined);
      }
      if (!(await input.isVisible())) await this.page.keyboard.press(key);
      try {
        return await input.fill(text, { timeout: left > 1 ? 5000 : 30_000 });
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }
}

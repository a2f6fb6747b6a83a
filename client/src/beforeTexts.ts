import { commands, type Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';

/** The scheme of texts as they were before a change. */
export const beforeScheme = 'deploykf-before';

/** Keeps the texts that files had before the last change that a command made, to be compared with those that they have now. */
export class BeforeTexts implements TextDocumentContentProvider, Disposable {
  readonly #registration = workspace.registerTextDocumentContentProvider(beforeScheme, this);
  readonly #texts = new Map<string, string>();
  #changes = 0;

  /** Keeps what the files say now, instead of what was kept before. A file that does not exist is empty. */
  async keep(files: readonly Uri[]): Promise<readonly KeptText[]> {
    this.#texts.clear();
    const query = String(++this.#changes);
    const kept: KeptText[] = [];
    for (const now of files) {
      const before = now.with({ scheme: beforeScheme, authority: '', query });
      const text = await textOf(now);
      this.#texts.set(before.toString(), text);
      kept.push({ before, now, text });
    }
    return kept;
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** A file and what it said. */
export interface KeptText {
  readonly before: Uri;
  readonly now: Uri;
  readonly text: string;
}

/** Shows the files that have changed in one editor. */
export async function showChanges(title: string, kept: readonly KeptText[]): Promise<void> {
  const current = await Promise.all(kept.map(({ now }) => textOf(now)));
  const changed = kept.filter(({ text }, index) => text !== current[index]);
  const resources = changed.map(({ before, now }) => [now, before, now]);
  await commands.executeCommand('vscode.changes', title, resources);
}

async function textOf(uri: Uri): Promise<string> {
  try {
    return (await workspace.openTextDocument(uri)).getText();
  } catch {
    return '';
  }
}

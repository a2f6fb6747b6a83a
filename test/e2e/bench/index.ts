import {
  commands,
  extensions,
  languages,
  Range,
  Uri,
  window,
  workspace,
  type CompletionList,
  type TextDocument,
} from 'vscode';

/** What is measured in the extension host, in milliseconds. */
export interface EditorFigures {
  readonly activation: number;
  readonly opening: Wait;
  readonly firstKeystroke: Wait;
  readonly keystrokes: readonly Wait[];
  readonly completions: readonly number[];
}

/** From asking VS Code for something to what came of it, in milliseconds. */
export interface Wait {
  /** To the editor that is shown, or the edit that is made: what VS Code takes for itself. */
  readonly own: number;
  /** To the findings. Extensions are told of them 50 ms later: VS Code gathers its events for so long. */
  readonly findings: number;
}

const edits = 40;

/** Called by VS Code in the extension host. */
export async function run(): Promise<void> {
  console.log(`deploykf-e2e-results ${JSON.stringify(await measure())}`);
}

async function measure(): Promise<EditorFigures> {
  const extension = extensions.getExtension<unknown>('deploykf-values.deploykf-values');
  const activation = await timed(async () => extension?.activate());
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No workspace folder is open');
  const uri = Uri.joinPath(folder.uri, 'values.yaml');
  const opening = await waited(uri, async () => {
    await window.showTextDocument(await workspace.openTextDocument(uri));
  });
  const document = await workspace.openTextDocument(uri);
  const at = document.getText().indexOf('\nkubeflow_tools:') + '\nkubeflow_tools'.length;
  const firstKeystroke = await keystroke(document, at, 0);
  const keystrokes: Wait[] = [];
  for (let edit = 1; edit <= edits; edit++) keystrokes.push(await keystroke(document, at, edit));
  const completions: number[] = [];
  for (let turn = 0; turn < 10; turn++) completions.push(await completion(document, at));
  return { activation, opening, firstKeystroke, keystrokes, completions };
}

/** Makes the key another one, or the right one again. */
async function keystroke(document: TextDocument, at: number, edit: number): Promise<Wait> {
  const editor = await window.showTextDocument(document);
  const place = document.positionAt(at);
  return waited(document.uri, async () => {
    await editor.edit(change => {
      if (edit % 2 === 0) change.insert(place, 'x');
      else change.delete(new Range(place, place.translate(0, 1)));
    });
  });
}

/** What it takes until VS Code has done something, and until that has changed the findings of a file. */
async function waited(uri: Uri, act: () => Promise<void>): Promise<Wait> {
  const before = findingsOf(uri);
  let own = 0;
  const findings = await timed(async () => {
    const done = timed(act).then(took => (own = took));
    while (findingsOf(uri) === before) await new Promise(resolve => setTimeout(resolve, 1));
    await done;
  });
  return { own, findings };
}

function findingsOf(uri: Uri): string {
  return languages
    .getDiagnostics(uri)
    .map(({ message }) => message)
    .join('\n');
}

async function completion(document: TextDocument, at: number): Promise<number> {
  const place = document.positionAt(document.getText().indexOf('\n  ', at) + '\n  '.length);
  return timed(async () => {
    const command = 'vscode.executeCompletionItemProvider';
    const { items } = await commands.executeCommand<CompletionList>(command, document.uri, place);
    if (items.length === 0) throw new Error('Nothing was offered');
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

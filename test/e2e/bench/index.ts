import {
  commands,
  extensions,
  languages,
  Range,
  window,
  type CompletionList,
  type TextDocument,
  type Uri,
} from 'vscode';
import { openFile } from '../suite/workspace.ts';

/** What is measured in the extension host, in milliseconds. */
export interface EditorFigures {
  readonly activation: number;
  /** From opening the file to its first findings. */
  readonly opening: number;
  readonly firstKeystroke: number;
  /** Of each edit, from asking for it to the findings that it changes. */
  readonly keystrokes: readonly number[];
  readonly completions: readonly number[];
}

const edits = 40;

/** Called by VS Code in the extension host. */
export async function run(): Promise<void> {
  console.log(`deploykf-e2e-results ${JSON.stringify(await measure())}`);
}

async function measure(): Promise<EditorFigures> {
  const extension = extensions.getExtension<unknown>('deploykf-values.deploykf-values');
  const activation = await timed(async () => extension?.activate());
  let document: TextDocument | undefined;
  const opening = await timed(async () => {
    document = await openFile('values.yaml');
    if (languages.getDiagnostics(document.uri).length === 0) await nextFindings(document.uri);
  });
  if (document === undefined) throw new Error('The file is not open');
  const at = document.getText().indexOf('\nkubeflow_tools:') + '\nkubeflow_tools'.length;
  const firstKeystroke = await keystroke(document, at, 0);
  const keystrokes: number[] = [];
  for (let edit = 1; edit <= edits; edit++) keystrokes.push(await keystroke(document, at, edit));
  const completions: number[] = [];
  for (let turn = 0; turn < 10; turn++) completions.push(await completion(document, at));
  return { activation, opening, firstKeystroke, keystrokes, completions };
}

/** Makes the key another one, or the right one again. */
async function keystroke(document: TextDocument, at: number, edit: number): Promise<number> {
  const editor = await window.showTextDocument(document);
  const place = document.positionAt(at);
  return timed(async () => {
    const changed = nextFindings(document.uri);
    await editor.edit(change => {
      if (edit % 2 === 0) change.insert(place, 'x');
      else change.delete(new Range(place, place.translate(0, 1)));
    });
    await changed;
  });
}

async function completion(document: TextDocument, at: number): Promise<number> {
  const place = document.positionAt(document.getText().indexOf('\n  ', at) + '\n  '.length);
  return timed(async () => {
    const command = 'vscode.executeCompletionItemProvider';
    const { items } = await commands.executeCommand<CompletionList>(command, document.uri, place);
    if (items.length === 0) throw new Error('Nothing was offered');
  });
}

function nextFindings(uri: Uri): Promise<void> {
  return new Promise(resolve => {
    const listener = languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some(changed => changed.toString() === uri.toString())) return;
      listener.dispose();
      resolve();
    });
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

import { commands, languages, type CodeAction, type Hover, type MarkdownString } from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

describe('A values file', () => {
  it('has its findings', async () => {
    const { uri } = await openFile('values.yaml');
    assertEqual(await waitForDiagnostics(uri, 2), [
      '6:20 image-public: "docker.io/istio/proxyv2" is public, the registry policy maps it to "registry.example.com/docker.io/istio/proxyv2"',
      '12:13 image-tag-type: YAML reads this tag as the number 2.4, deployKF pulls "dex:2.4": quote it',
    ]);
  });

  it('offers a fix with its edit', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const { range } = languages.getDiagnostics(uri)[1] ?? {};
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      'quickfix',
      9,
    );
    const edits = actions.flatMap(({ edit }) => edit?.entries() ?? []).flatMap(([, textEdits]) => textEdits);
    assertEqual(actions[0]?.title, 'Quote the tag: "2.40"');
    assertEqual(edits[0]?.newText, '"2.40"');
  });

  it('has hovers', async () => {
    const document = await openFile('values.yaml');
    const position = document.positionAt(document.getText().indexOf('istio/proxyv2'));
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const text = hovers.flatMap(({ contents }) => contents).map(part => (part as MarkdownString).value);
    assertEqual(text[0]?.includes('1.17.8-distroless'), true);
  });
});

describe('A YAML file of something else', () => {
  it('has no findings', async () => {
    const [values, other] = [await openFile('values.yaml'), await openFile('deployment.yaml')];
    await waitForDiagnostics(values.uri, 2);
    assertEqual(languages.getDiagnostics(other.uri), []);
  });
});

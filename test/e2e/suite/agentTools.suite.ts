import * as vscode from 'vscode';
import { assertEqual } from './assertEqual.ts';
import { openFile, waitForDiagnostics } from './workspace.ts';

/** What this VS Code has, and the types of the oldest one that the extension runs in do not. */
interface Tools {
  readonly tools: readonly { readonly name: string; readonly inputSchema?: object }[];
  readonly invokeTool: (
    name: string,
    options: { readonly input: object; readonly toolInvocationToken: undefined },
  ) => Promise<{ readonly content: readonly { readonly value: string }[] }>;
}

describe('Tools of agents', () => {
  const lm: unknown = vscode.lm;
  const { tools, invokeTool } = lm as Tools;

  async function invoke(name: string, input: object): Promise<string> {
    const { content } = await invokeTool(`deploykf_${name}`, { input, toolInvocationToken: undefined });
    return content.map(({ value }) => value).join('');
  }

  it('are declared with what they take', () => {
    const own = tools.filter(({ name }) => name.startsWith('deploykf_'));
    assertEqual(
      own.map(({ name, inputSchema }) => [name, typeof inputSchema]),
      ['explain', 'images', 'check'].map(name => [`deploykf_${name}`, 'object']),
    );
  });

  it('answer with the place of each fact', async () => {
    const { uri } = await openFile('values.yaml');
    await waitForDiagnostics(uri, 2);
    const path = 'deploykf_core.deploykf_auth.images.dex.tag';
    assertEqual((await invoke('explain', { path })).includes('values.yaml:13 '), true);
    assertEqual((await invoke('images', { stack: 'prod' })).includes(', from values.yaml:13'), true);
    const found = await invoke('check', { severity: 'error' });
    assertEqual(found.includes('values.yaml:13:14 error image-tag-type'), true);
  });
});

import { l10n, window } from 'vscode';
import type { StackProposal } from '../../../server/src/protocol.ts';
import { withoutIcons } from '../withoutIcons.ts';

interface StackItem {
  readonly label: string;
  readonly description?: string;
  readonly picked: boolean;
  readonly stack?: StackProposal;
}

/** Asks which stacks there are: those that are proposed, and others of these files; `undefined`: the user left. */
export async function askStacks(
  title: string,
  proposed: readonly StackProposal[],
  files: readonly string[],
): Promise<readonly StackProposal[] | undefined> {
  if (files.length === 0) return [];
  const items = proposed.map((stack): StackItem => ({
    label: withoutIcons(stack.name),
    description: withoutIcons(stack.values.join(' → ')),
    picked: true,
    stack,
  }));
  const other: StackItem = { label: l10n.t('Another Stack…'), picked: false };
  const picked = await window.showQuickPick([...items, other], {
    title,
    placeHolder: l10n.t('The stacks: which values files are laid over which, the weakest first'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const stacks = picked.flatMap(({ stack }) => stack ?? []);
  if (!picked.includes(other)) return stacks;
  const own = await askStack(title, files, new Set(stacks.map(({ name }) => name)));
  return own && [...stacks, own];
}

async function askStack(
  title: string,
  files: readonly string[],
  taken: ReadonlySet<string>,
): Promise<StackProposal | undefined> {
  const values = await askFiles(title, files);
  if (values === undefined) return undefined;
  const name = await window.showInputBox({
    title,
    prompt: l10n.t('The name of the stack of {0}', values.join(' → ')),
    value: 'prod',
    ignoreFocusOut: true,
    validateInput: text => {
      if (text.trim() === '') return l10n.t('A stack needs a name');
      return taken.has(text.trim()) ? l10n.t('Another stack has this name') : undefined;
    },
  });
  return name === undefined ? undefined : { name: name.trim(), values };
}

/** Asks for one file after the other, in the order in which they are merged. */
async function askFiles(title: string, files: readonly string[]): Promise<readonly string[] | undefined> {
  const values: string[] = [];
  while (values.length < files.length) {
    const left = files
      .filter(file => !values.includes(file))
      .map(file => ({ label: withoutIcons(file), file }));
    const done = { label: `$(check) ${l10n.t('Done')}`, file: undefined };
    const picked = await window.showQuickPick(values.length === 0 ? left : [done, ...left], {
      title,
      placeHolder:
        values.length === 0
          ? l10n.t('The weakest file')
          : l10n.t('What is laid over {0}', values.join(' → ')),
      ignoreFocusOut: true,
    });
    if (picked === undefined) return undefined;
    if (picked.file === undefined) break;
    values.push(picked.file);
  }
  return values;
}

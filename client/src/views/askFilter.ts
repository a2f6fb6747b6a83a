import { l10n, window, type QuickPickItem } from 'vscode';
import type { ImageFilter, ImageStacksResult } from '../../../server/src/protocol/images.ts';
import { withoutIcons } from '../withoutIcons.ts';

const title = l10n.t('Filter Images');

interface FilterItem extends QuickPickItem {
  /** `undefined`: the user left. */
  readonly ask: () => Promise<ImageFilter | undefined>;
}

/** Asks for one more thing to filter by, or another one in its place; `undefined`: the user left. */
export async function askFilter(
  filter: ImageFilter,
  { registries, namespaces }: ImageStacksResult,
): Promise<ImageFilter | undefined> {
  const { onlyProblems = false, registry, namespace, text } = filter;
  const items: readonly FilterItem[] = [
    {
      label: onlyProblems ? l10n.t('All Images') : l10n.t('Only Problems'),
      detail: l10n.t('Gone, invalid, missing from the registry, or public although the policy maps them'),
      ask: () => Promise.resolve({ ...filter, onlyProblems: !onlyProblems }),
    },
    {
      label: l10n.t('Registry…'),
      ...described(registry),
      ask: () =>
        askOne(registries, l10n.t('The registry that the images come from'), name => ({
          ...filter,
          registry: name,
        })),
    },
    {
      label: l10n.t('Namespace…'),
      ...described(namespace),
      ask: () =>
        askOne(namespaces, l10n.t('The namespace of the Pods'), name => ({ ...filter, namespace: name })),
    },
    { label: l10n.t('Text…'), ...described(text), ask: () => askText(filter) },
  ];
  const picked = await window.showQuickPick(items, { title, placeHolder: l10n.t('What to show') });
  return picked && normalized(await picked.ask());
}

function described(value: string | undefined): { readonly description?: string } {
  return value === undefined ? {} : { description: withoutIcons(value) };
}

async function askOne(
  names: readonly string[],
  placeHolder: string,
  toFilter: (name: string) => ImageFilter,
): Promise<ImageFilter | undefined> {
  const items = names.map(name => ({ label: withoutIcons(name), name }));
  const picked = await window.showQuickPick(items, { title, placeHolder });
  return picked && toFilter(picked.name);
}

async function askText(filter: ImageFilter): Promise<ImageFilter | undefined> {
  const prompt = l10n.t('A part of a name, a value path or an image reference; empty for all');
  const text = await window.showInputBox({ title, prompt, value: filter.text ?? '' });
  return text === undefined ? undefined : { ...filter, text: text.trim() };
}

/** Without what does not filter. */
function normalized(filter: ImageFilter | undefined): ImageFilter | undefined {
  if (filter === undefined) return undefined;
  const { onlyProblems, text, ...others } = filter;
  return {
    ...others,
    ...(onlyProblems === true && { onlyProblems }),
    ...(text !== undefined && text !== '' && { text }),
  };
}

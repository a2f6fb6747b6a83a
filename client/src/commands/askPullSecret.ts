import { window } from 'vscode';
import type { OfferPullSecretResult, PullSecretParams } from '../../../server/src/protocol.ts';

export const pullSecretTitle = 'Create Image Pull Secret';

/** Fills in what is not given, and says what is wrong. */
type Offer = (given: Partial<PullSecretParams>) => Promise<OfferPullSecretResult>;

/** Asks for registries, name and namespace; `undefined`: the user left. */
export async function askPullSecret(offer: Offer): Promise<PullSecretParams | undefined> {
  const suggested = await offer({});
  const registries = await askRegistries(offer, suggested.registries);
  if (registries === undefined) return undefined;
  const name = await askText(
    'Name of the Secret',
    suggested.name,
    async value => (await offer({ name: value })).problems.name,
  );
  if (name === undefined) return undefined;
  const namespace = await askText(
    'Its namespace; the namespace of Argo CD exists before the others',
    suggested.namespace,
    async value => (await offer({ namespace: value })).problems.namespace,
  );
  if (namespace === undefined) return undefined;
  return { registries, name, namespace };
}

async function askRegistries(offer: Offer, known: readonly string[]): Promise<readonly string[] | undefined> {
  if (known.length === 0) return typeRegistries(offer);
  const other = { label: 'Another Registry…', picked: false };
  const picked = await window.showQuickPick([...known.map(label => ({ label, picked: true })), other], {
    title: pullSecretTitle,
    placeHolder: 'The registries that need a login',
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const chosen = picked.filter(item => item !== other).map(item => item.label);
  if (picked.length > 0 && !picked.includes(other)) return chosen;
  const typed = await typeRegistries(offer);
  return typed && [...chosen, ...typed];
}

async function typeRegistries(offer: Offer): Promise<readonly string[] | undefined> {
  const check = async (value: string): Promise<string | undefined> =>
    (await offer({ registries: split(value) })).problems.registries;
  const text = await askText(
    'The registry, or several separated by commas',
    '',
    check,
    'registry.example.com',
  );
  if (text === undefined) return undefined;
  return split(text);
}

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(part => part !== '');
}

/** `undefined`: the user left, or wrote nothing. */
async function askText(
  prompt: string,
  value: string,
  check: (value: string) => Promise<string | undefined>,
  placeHolder = '',
): Promise<string | undefined> {
  const text = await window.showInputBox({
    ...{ title: pullSecretTitle, prompt, value, placeHolder, ignoreFocusOut: true },
    validateInput: async typed => (typed.trim() === '' ? undefined : check(typed.trim())),
  });
  if (text === undefined || text.trim() === '') return undefined;
  return text.trim();
}

import { l10n, type QuickPickItem } from 'vscode';
import type {
  OfferPullSecretParams,
  OfferPullSecretResult,
  PullSecretParams,
} from '../../../server/src/protocol/pullSecrets.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { askLine, askList, askSteps, back, type Step } from './steps.ts';

export const pullSecretTitle = l10n.t('Create Image Pull Secret');

/** Fills in what is not given, and says what is wrong. */
type Offer = (given: Omit<OfferPullSecretParams, 'uri'>) => Promise<OfferPullSecretResult>;

/** A way to make a Secret. */
export interface SecretWay {
  readonly label: string;
  readonly detail: string;
  /** Whether it came to its end, with what to do next; `undefined`: the user left. */
  readonly run: (secret: ChosenSecret, offered: OfferPullSecretResult) => Promise<string | undefined>;
  /** `undefined`: always. */
  readonly isPossible?: (offered: OfferPullSecretResult) => boolean;
}

/** A Secret, and the namespaces where it is made besides. */
export interface ChosenSecret extends PullSecretParams {
  readonly others: readonly string[];
}

/** What all questions are answered with. */
export interface AskedSecret {
  readonly secret: ChosenSecret;
  readonly offered: OfferPullSecretResult;
  readonly addsValues: boolean;
  readonly way: SecretWay;
}

interface Answers {
  readonly secret: ChosenSecret;
  readonly offered: OfferPullSecretResult;
  /** More registries are to be typed. */
  readonly isTyped: boolean;
  readonly addsValues: boolean;
  readonly way?: SecretWay;
}

/** Asks for registries, name, namespaces, and how to make it; `undefined`: the user left. */
export async function askPullSecret(
  offer: Offer,
  given: Partial<Pick<PullSecretParams, 'name' | 'namespace'>>,
  ways: readonly SecretWay[],
): Promise<AskedSecret | undefined> {
  const offered = await offer(given);
  const { registries, name, namespace } = offered;
  const steps: readonly Step<Answers>[] = [
    { isNeeded: () => registries.length > 0, ask: registriesStep(registries), decides: true },
    { isNeeded: ({ isTyped }) => isTyped, ask: typedStep(offer, registries) },
    { ask: nameStep(offer), decides: true },
    { ask: namespaceStep(offer), decides: true },
    { isNeeded: state => state.offered.own.length > 0, ask: othersStep },
    { isNeeded: state => state.offered.values.kind === 'edits', ask: valuesStep },
    { ask: wayStep(offer, ways) },
  ];
  const secret = { registries, name, namespace, others: offered.own.map(own => own.name) };
  const start = { secret, offered, isTyped: registries.length === 0, addsValues: true };
  const end = await askSteps<Answers>(pullSecretTitle, steps, start);
  return end?.way && { ...end, way: end.way };
}

function registriesStep(known: readonly string[]): Step<Answers>['ask'] {
  const other: QuickPickItem = { label: l10n.t('Another Registry…') };
  const items = known.map((label): QuickPickItem => ({ label }));
  return async (state, place) => {
    const chosen = items.filter(({ label }) => state.secret.registries.includes(label));
    const picked = await askList(place, {
      items: [...items, other],
      ticked: state.isTyped ? [...chosen, other] : chosen,
      placeholder: l10n.t('The registries that need a login'),
    });
    if (picked === undefined || picked === back) return picked;
    const registries = picked.filter(item => item !== other).map(({ label }) => label);
    return { ...state, secret: { ...state.secret, registries }, isTyped: picked.includes(other) };
  };
}

function typedStep(offer: Offer, known: readonly string[]): Step<Answers>['ask'] {
  return async (state, place) => {
    const typed = await askLine(place, {
      prompt: l10n.t('The registry, or several separated by commas'),
      value: state.secret.registries.filter(registry => !known.includes(registry)).join(', '),
      placeholder: 'registry.example.com',
      check: async text => (await offer({ registries: split(text) })).problems.registries,
    });
    if (typed === undefined || typed === back) return typed;
    const chosen = state.secret.registries.filter(registry => known.includes(registry));
    const registries = [...chosen, ...split(typed)];
    return { ...state, secret: { ...state.secret, registries } };
  };
}

function nameStep(offer: Offer): Step<Answers>['ask'] {
  return async (state, place) => {
    const name = await askLine(place, {
      prompt: l10n.t('Name of the Secret'),
      value: state.secret.name,
      check: async text => (await offer({ name: text })).problems.name,
    });
    return typeof name === 'string' ? { ...state, secret: { ...state.secret, name } } : name;
  };
}

/** With the namespace, it is known which others need a Secret of their own. */
function namespaceStep(offer: Offer): Step<Answers>['ask'] {
  return async (state, place) => {
    const namespace = await askLine(place, {
      prompt: l10n.t(
        'The namespace that the policy copies it from; that of Argo CD exists before the others',
      ),
      value: state.secret.namespace,
      check: async text => (await offer({ namespace: text })).problems.namespace,
    });
    if (namespace === undefined || namespace === back) return namespace;
    const { registries, name } = state.secret;
    const offered = await offer({ registries, name, namespace });
    const secret = { registries, name, namespace, others: offered.own.map(own => own.name) };
    return { ...state, secret, offered };
  };
}

const othersStep: Step<Answers>['ask'] = async (state, place) => {
  const { namespace, others } = state.secret;
  const source = {
    name: namespace,
    label: withoutIcons(namespace),
    description: l10n.t('the policy copies it from here'),
  };
  const items = state.offered.own.map(({ name, reason }) => ({
    name,
    label: withoutIcons(name),
    description: withoutIcons(reason),
  }));
  const picked = await askList(place, {
    items: [source, ...items],
    ticked: [source, ...items.filter(({ name }) => others.includes(name))],
    placeholder: l10n.t('The namespaces to create it in, before the sync'),
  });
  if (picked === undefined || picked === back) return picked;
  const names = picked.map(({ name }) => name).filter(name => name !== namespace);
  return { ...state, secret: { ...state.secret, others: names } };
};

const valuesStep: Step<Answers>['ask'] = async (state, place) => {
  const own = state.offered.own.length > 0;
  const add: QuickPickItem = {
    label: l10n.t('Add It to the Values'),
    detail: own
      ? l10n.t('Switches the policy on, and passes the Secret to earlier charts')
      : l10n.t('Switches the policy on, with this Secret'),
  };
  const items: readonly QuickPickItem[] = [add, { label: l10n.t('Leave the Values as They Are') }];
  const picked = await askList(place, { items, placeholder: l10n.t('What the values say of it') });
  if (picked === undefined || picked === back) return picked;
  return { ...state, addsValues: picked[0] === add };
};

function wayStep(offer: Offer, ways: readonly SecretWay[]): Step<Answers>['ask'] {
  return async (state, place) => {
    const offered = await offer(state.secret);
    const { namespace, others, name } = state.secret;
    const placeholder = l10n.t('How to create "{0}" in {1}', name, [namespace, ...others].join(', '));
    const items = ways.filter(({ isPossible }) => isPossible?.(offered) ?? true);
    const picked = await askList(place, { items, placeholder });
    if (picked === undefined || picked === back) return picked;
    const [way] = picked;
    return { ...state, offered, ...(way && { way }) };
  };
}

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(part => part !== '');
}

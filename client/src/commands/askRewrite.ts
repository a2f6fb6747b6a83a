import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { sendRequest } from '../../../server/src/protocol.ts';
import {
  planRewriteRequest,
  type AdoptRegistryParams,
  type OfferRewriteResult,
  type PlanRewriteResult,
  type RewritableFileOffer,
} from '../../../server/src/protocol/rewrite.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { registryChoice, registrySteps, type RegistryAnswers } from './askRegistry.ts';
import { askList, askSteps, back, type Step } from './steps.ts';

export const rewriteTitle = l10n.t('Rewrite to a Private Registry');

/** What is to be rewritten, and the files that this changes. */
export type AskedRewrite = AdoptRegistryParams & Pick<PlanRewriteResult, 'changed'>;

interface Answers extends RegistryAnswers {
  /** The registry is not asked for: the policy is there, or follows from the images that are private. */
  readonly isKnown: boolean;
  readonly files: readonly string[];
  readonly asked?: AskedRewrite;
}

/** Asks for what a rewrite needs; `undefined`: the user left, or there is nothing to do, which was said. */
export async function askRewrite(
  client: BaseLanguageClient,
  uri: string,
  offer: OfferRewriteResult,
): Promise<AskedRewrite | undefined> {
  const { hasPolicy, rules, files } = offer;
  const related = files.filter(({ isRelated }) => isRelated);
  const steps: readonly Step<Answers>[] = [
    { isNeeded: () => related.some(({ missing }) => missing.length > 0), ask: missingStep(related) },
    { isNeeded: () => !hasPolicy && rules.length > 0, ask: sourceStep(rules), decides: true },
    ...registrySteps<Answers>(client, uri).map(step => ({ ...step, isNeeded: isUnknown })),
    { isNeeded: () => files.length > 1, ask: filesStep(files) },
    { ask: lastStep(client, uri) },
  ];
  const start = { isKnown: hasPolicy, files: related.map(file => file.uri) };
  return (await askSteps(rewriteTitle, steps, start))?.asked;
}

function isUnknown({ isKnown }: Answers): boolean {
  return !isKnown;
}

/** Names the layers that are not to be had before anything is asked. */
function missingStep(related: readonly RewritableFileOffer[]): Step<Answers>['ask'] {
  const missing = [...new Set(related.flatMap(file => file.missing))];
  const goOn: QuickPickItem = {
    label: l10n.t('Go On without Them'),
    detail: l10n.t('What they set is not known: an image that they may set gets no override'),
  };
  const separator = { label: withoutIcons(missing.join(', ')), kind: QuickPickItemKind.Separator };
  return async (state, place) => {
    const isOne = missing.length === 1;
    const placeholder = isOne
      ? l10n.t('A layer is missing')
      : l10n.t('{0} layers are missing', missing.length);
    const picked = await askList(place, { items: [separator, goOn], placeholder });
    return picked === undefined || picked === back ? picked : state;
  };
}

/** Whether to go on as the private images of the file do already. */
function sourceStep(rules: readonly string[]): Step<Answers>['ask'] {
  const inferred = {
    label: l10n.t('Like the images here that are already private'),
    detail: withoutIcons(rules.join(', ')),
  };
  const items: readonly QuickPickItem[] = [inferred, { label: l10n.t('To another registry…') }];
  return async (state, place) => {
    const picked = await askList(place, { items, placeholder: l10n.t('How to rewrite the other images') });
    if (picked === undefined || picked === back) return picked;
    return { ...state, isKnown: picked[0] === inferred };
  };
}

function filesStep(files: readonly RewritableFileOffer[]): Step<Answers>['ask'] {
  const items = files.map(({ uri, label, stacks, missing }) => ({
    uri,
    label: withoutIcons(label),
    description: withoutIcons(stacks.join(', ')),
    ...(missing.length > 0 && { detail: l10n.t('Missing: {0}', withoutIcons(missing.join(', '))) }),
  }));
  return async (state, place) => {
    const ticked = items.filter(({ uri }) => state.files.includes(uri));
    const placeholder = l10n.t('The files to rewrite, with the stacks that they are layers of');
    const picked = await askList(place, { items, ticked, placeholder });
    if (picked === undefined || picked === back) return picked;
    return { ...state, files: picked.map(({ uri }) => uri) };
  };
}

interface LastItem extends QuickPickItem {
  readonly end?: Pick<AdoptRegistryParams, 'pinsTags' | 'isPreviewed'>;
}

const policyOnly: LastItem = {
  label: l10n.t('Write Only the Registry Policy'),
  detail: l10n.t('No values file is changed'),
};

/** Says what would be done, and asks whether to pin the tags as well, and to see it first. */
function lastStep(client: BaseLanguageClient, uri: string): Step<Answers>['ask'] {
  return async (state, place) => {
    const choice = state.isKnown ? undefined : registryChoice(state);
    const params = { uri, choice, files: state.files };
    const plan = await sendRequest(client, planRewriteRequest, params);
    if (plan.problem !== undefined) {
      await window.showInformationMessage(plan.problem);
      return undefined;
    }
    const placeholder =
      plan.reason === undefined
        ? l10n.t('{0}: how to rewrite them', plan.summary)
        : withoutIcons(plan.reason);
    const isPolicyOnly = plan.reason !== undefined && plan.tags === 0;
    const items = isPolicyOnly ? [policyOnly] : lastItems(plan);
    const picked = await askList(place, { items, placeholder });
    if (picked === undefined || picked === back) return picked;
    return { ...state, asked: { ...params, ...picked[0]?.end, changed: plan.changed } };
  };
}

function lastItems({ tags }: PlanRewriteResult): readonly LastItem[] {
  const pinned =
    tags === 1
      ? l10n.t('1 tag is left to deploy time: writes what is pulled now')
      : l10n.t('{0} tags are left to deploy time: writes what is pulled now', tags);
  const left = l10n.t('Leaves them: the mirror has to hold what is pulled then');
  const open = tags === 0 ? {} : { detail: left };
  const both = (bare: string, withPins: string, isPreviewed: boolean): readonly LastItem[] => {
    const leaving: LastItem = { label: bare, ...open, end: { isPreviewed } };
    if (tags === 0) return [leaving];
    return [{ label: withPins, detail: pinned, end: { isPreviewed, pinsTags: true } }, leaving];
  };
  return [
    ...both(l10n.t('Rewrite'), l10n.t('Rewrite and Pin the Tags'), false),
    { label: l10n.t('see every change first, and tick those to make'), kind: QuickPickItemKind.Separator },
    ...both(l10n.t('Preview the Rewrite'), l10n.t('Preview the Rewrite and Pin the Tags'), true),
  ];
}

import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
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

export const rewriteTitle = 'Rewrite to a Private Registry';

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
    { isNeeded: () => !hasPolicy && rules.length > 0, ask: sourceStep(rules) },
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
    label: 'Go On without Them',
    detail: 'What they set is not known: an image that they may set gets no override',
  };
  const separator = { label: withoutIcons(missing.join(', ')), kind: QuickPickItemKind.Separator };
  return async (state, place) => {
    const number = missing.length === 1 ? 'A layer is' : `${missing.length} layers are`;
    const placeholder = `${number} missing`;
    const picked = await askList(place, { items: [separator, goOn], placeholder });
    return picked === undefined || picked === back ? picked : state;
  };
}

/** Whether to go on as the private images of the file do already. */
function sourceStep(rules: readonly string[]): Step<Answers>['ask'] {
  const inferred = {
    label: 'Like the images here that are already private',
    detail: withoutIcons(rules.join(', ')),
  };
  const items: readonly QuickPickItem[] = [inferred, { label: 'To another registry…' }];
  return async (state, place) => {
    const picked = await askList(place, { items, placeholder: 'How to rewrite the other images' });
    if (picked === undefined || picked === back) return picked;
    return { ...state, isKnown: picked[0] === inferred };
  };
}

function filesStep(files: readonly RewritableFileOffer[]): Step<Answers>['ask'] {
  const items = files.map(({ uri, label, stacks, missing }) => ({
    uri,
    label: withoutIcons(label),
    description: withoutIcons(stacks.join(', ')),
    ...(missing.length > 0 && { detail: `Missing: ${withoutIcons(missing.join(', '))}` }),
  }));
  return async (state, place) => {
    const ticked = items.filter(({ uri }) => state.files.includes(uri));
    const placeholder = 'The files to rewrite, with the stacks that they are layers of';
    const picked = await askList(place, { items, ticked, placeholder });
    if (picked === undefined || picked === back) return picked;
    return { ...state, files: picked.map(({ uri }) => uri) };
  };
}

interface LastItem extends QuickPickItem {
  readonly end?: Pick<AdoptRegistryParams, 'pinsTags' | 'isPreviewed'>;
}

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
    const placeholder = `${plan.summary}: how to rewrite them`;
    const picked = await askList(place, { items: lastItems(plan), placeholder });
    if (picked === undefined || picked === back) return picked;
    return { ...state, asked: { ...params, ...picked[0]?.end, changed: plan.changed } };
  };
}

function lastItems({ tags }: PlanRewriteResult): readonly LastItem[] {
  const number = tags === 1 ? '1 tag is' : `${tags} tags are`;
  const pinned = `${number} left to deploy time: writes what is pulled now`;
  const open = tags === 0 ? {} : { detail: 'Leaves them: the mirror has to hold what is pulled then' };
  const both = (label: string, isPreviewed: boolean): readonly LastItem[] => {
    const bare: LastItem = { label, ...open, end: { isPreviewed } };
    if (tags === 0) return [bare];
    return [
      { label: `${label} and Pin the Tags`, detail: pinned, end: { isPreviewed, pinsTags: true } },
      bare,
    ];
  };
  return [
    ...both('Rewrite', false),
    { label: 'see every change first, and tick those to make', kind: QuickPickItemKind.Separator },
    ...both('Preview the Rewrite', true),
  ];
}

import { checkFile } from '../check/check.ts';
import type { Fix, StackFinding } from '../findings/finding.ts';
import { fixesToFileEdits } from '../fixes/edits.ts';
import { fixAll } from '../fixes/fixAll.ts';
import { pinChanges } from '../fixes/pinTags.ts';
import { soundEdits } from '../fixes/sound.ts';
import type { Span } from '../text/span.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ActionDraft, ActionKind, CodeAction } from './codeAction.ts';
import { distinctActions } from './distinctActions.ts';
import { pullSecretActions } from './pullSecretActions.ts';
import { registryActions } from './registryActions.ts';
import { releaseActions } from './releaseActions.ts';
import type { RequestedAction } from './requestedAction.ts';
import { rewriteActions } from './rewriteActions.ts';
import { ruleActions } from './ruleActions.ts';

export type { ActionStep, CodeAction } from './codeAction.ts';

/**
 * What can be done at a place of a file, each thing once: the fixes of its findings, the same fix for the whole file, the
 * wider rewrites, and last what can be done about the rules. `only`: LSP's kinds that the editor asks for; `undefined` means all
 * but `source.fixAll`, which editors ask for by name.
 */
export function codeActions(
  snapshot: Snapshot,
  uri: string,
  span: Span,
  only?: readonly string[],
): readonly CodeAction[] {
  // A rule that throws is logged where diagnostics are made; here the others still offer their fixes.
  const findings = checkFile(snapshot, uri, () => undefined);
  const here = findings.filter(finding => finding.span.start <= span.end && finding.span.end >= span.start);
  const drafts = [
    ...fixesHere(here, span),
    ...pullSecretActions(snapshot, uri, here, span),
    ...sameInFile(findings, here, span),
    ...(isWanted('refactor.rewrite', only) ? requested(snapshot, uri, span) : []),
    ...registryActions(snapshot, uri, span),
    ...ruleActions(snapshot, uri, here, span),
  ].filter(({ kind }) => isWanted(kind, only));
  const actions = distinctActions(drafts).map(draft => withEdits(snapshot, draft));
  if (!isWanted('source.fixAll.deploykf', only)) return actions;
  return [...actions, ...everyFix(snapshot, findings, uri)];
}

/**
 * The action of an id that `codeActions` gave for the same text; `undefined` when the text has changed since.
 */
export function resolveCodeAction(snapshot: Snapshot, uri: string, id: string): CodeAction | undefined {
  const [kind = '', start = '0', end = '0'] = id.split(':');
  const span = { start: Number(start), end: Number(end) };
  return codeActions(snapshot, uri, span, [kind]).find(action => action.id === id);
}

function isWanted(kind: ActionKind, only: readonly string[] | undefined): boolean {
  if (only === undefined) return kind !== 'source.fixAll.deploykf';
  return only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`));
}

function withEdits(snapshot: Snapshot, { changes, ...head }: ActionDraft): CodeAction {
  return { ...head, edits: () => soundEdits(snapshot, fixesToFileEdits(snapshot, changes())) };
}

function fixesHere(here: readonly StackFinding[], span: Span): readonly ActionDraft[] {
  return here.flatMap((finding, place) => {
    const preferred = preferredOf(finding.fixes);
    return finding.fixes.map((fix, index) => ({
      title: fix.title,
      kind: 'quickfix' as const,
      isPreferred: fix === preferred,
      findings: [finding],
      id: ['quickfix', span.start, span.end, finding.code, place, index].join(':'),
      changes: () => [fix.changes()],
    }));
  });
}

/** The one that the rule prefers, else the one right answer; none where there are only choices. */
function preferredOf(fixes: readonly Fix[]): Fix | undefined {
  const chosen = fixes.find(({ isPreferred }) => isPreferred);
  const [right, ...others] = fixes.filter(isForAll);
  if (chosen !== undefined || others.length > 0) return chosen;
  return right;
}

function isForAll(fix: Fix): boolean {
  return fix.applies === 'all';
}

/** For each rule of the place one action that fixes every finding of it in the file; only where there are several. */
function sameInFile(
  findings: readonly StackFinding[],
  here: readonly StackFinding[],
  span: Span,
): readonly ActionDraft[] {
  const fixable = here.filter(finding => finding.fixes.some(isForAll));
  const codes = [...new Set(fixable.map(({ code }) => code))];
  return codes.flatMap(code => {
    const all = findings.filter(finding => finding.code === code && finding.fixes.some(isForAll));
    if (all.length < 2) return [];
    return [
      {
        title: `Fix all ${all.length} findings of ${code} in this file`,
        kind: 'quickfix' as const,
        isPreferred: false,
        findings: fixable.filter(finding => finding.code === code),
        id: ['quickfix', span.start, span.end, code, 'file'].join(':'),
        changes: () => all.map(({ fixes }) => fixes.find(isForAll)?.changes() ?? []),
      },
    ];
  });
}

/** On save only the file itself is changed. */
function everyFix(snapshot: Snapshot, findings: readonly StackFinding[], uri: string): readonly CodeAction[] {
  if (!snapshot.isConcerned(uri) || !findings.some(finding => finding.fixes.some(isForAll))) return [];
  return [
    {
      title: 'Fix all deployKF findings in this file',
      kind: 'source.fixAll.deploykf',
      isPreferred: true,
      findings: [],
      id: 'source.fixAll.deploykf:0:0',
      edits: () => fixAll(snapshot, [uri], () => undefined).edits,
    },
  ];
}

function wider(snapshot: Snapshot, uri: string, span: Span): readonly RequestedAction[] {
  if (!snapshot.isConcerned(uri)) return [];
  const at = snapshot.textAt(uri, span.start);
  if (at === undefined) return [];
  const inner = { start: at.offset, end: at.offset + span.end - span.start };
  const actions: RequestedAction[] = snapshot
    .viewsOf(at.file.uri)
    .flatMap(view => rewriteActions(view, at.file.uri, inner));
  const pins = pinChanges(snapshot, uri);
  const images = pins.length === 1 ? '1 image' : `${pins.length} images`;
  if (pins.length > 0)
    actions.push({
      title: `Pin every tag of this file (${images})`,
      kind: 'refactor.rewrite',
      changes: () => pins,
    });
  return actions;
}

/** Several stacks may offer the same. */
function requested(snapshot: Snapshot, uri: string, span: Span): readonly ActionDraft[] {
  const actions = [...releaseActions(snapshot, uri, span), ...wider(snapshot, uri, span)];
  const byTitle = new Map(actions.toReversed().map(action => [action.title, action]));
  return actions
    .filter(action => byTitle.get(action.title) === action)
    .map(({ title, kind, document, changes }) => ({
      title,
      kind,
      isPreferred: false,
      findings: [],
      ...(document !== undefined && { step: { kind: 'preview' as const, document } }),
      id: [kind, span.start, span.end, title].join(':'),
      changes: () => changes().map(change => [change]),
    }));
}

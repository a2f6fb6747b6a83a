import { checkFile } from '../check/check.ts';
import type { StackFinding } from '../findings/finding.ts';
import { changesToFileEdits, fixesToFileEdits, type FixChanges } from '../fixes/edits.ts';
import { fixAll } from '../fixes/fixAll.ts';
import { pinChanges } from '../fixes/pinTags.ts';
import { soundEdits } from '../fixes/sound.ts';
import type { Fix } from '../findings/finding.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { releaseActions } from './releaseActions.ts';
import type { RequestedAction } from './requestedAction.ts';
import { rewriteActions } from './rewriteActions.ts';

export type ActionKind = 'quickfix' | 'refactor' | 'refactor.rewrite' | 'source' | 'source.fixAll.deploykf';

export interface CodeAction {
  readonly title: string;
  readonly kind: ActionKind;
  /** The one that an editor may apply without asking. */
  readonly isPreferred: boolean;
  /** The finding that it takes away. */
  readonly finding?: StackFinding;
  /** The virtual document that it shows instead of changing anything. */
  readonly document?: string;
  /** Finds the same action again in the same text. */
  readonly id: string;
  /**
   * Computed when asked, which the list of actions never does;
   * empty when it turns out that no safe edit exists.
   */
  readonly edits: () => readonly FileEdit[];
}

/**
 * What can be done at a place of a file: the fixes of its findings, the same fix for the whole file, the
 * wider rewrites. `only`: LSP's kinds that the editor asks for; `undefined` means all but `source.fixAll`,
 * which editors ask for by name.
 */
export function codeActions(
  snapshot: Snapshot,
  uri: string,
  span: Span,
  only?: readonly string[],
): readonly CodeAction[] {
  if (!snapshot.isConcerned(uri)) return requested(snapshot, span, releaseActions(snapshot, uri, span), only);
  // A rule that throws is logged where diagnostics are made; here the others still offer their fixes.
  const findings = checkFile(snapshot, uri, () => undefined);
  const actions: CodeAction[] = [];
  if (isWanted('quickfix', only)) actions.push(...quickFixes(snapshot, findings, span));
  const asked = [...releaseActions(snapshot, uri, span), ...wider(snapshot, uri, span)];
  actions.push(...requested(snapshot, span, asked, only));
  if (isWanted('source.fixAll.deploykf', only)) actions.push(...everyFix(snapshot, findings, uri));
  return actions;
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

function quickFixes(
  snapshot: Snapshot,
  findings: readonly StackFinding[],
  span: Span,
): readonly CodeAction[] {
  const here = findings.filter(finding => finding.span.start <= span.end && finding.span.end >= span.start);
  const alike = new Map<string, number>();
  const single = here.flatMap(finding => {
    const place = [finding.span.start, finding.span.end, finding.code, finding.path ?? ''].join(':');
    const before = alike.get(place) ?? 0;
    alike.set(place, before + 1);
    return finding.fixes.map((fix, index) => quickFix(snapshot, finding, fix, `${index}:${before}`));
  });
  const codes = [
    ...new Set(here.filter(finding => finding.fixes.some(isForAll)).map(finding => finding.code)),
  ];
  return [...single, ...codes.flatMap(code => sameInFile(snapshot, findings, code, span))];
}

function quickFix(snapshot: Snapshot, finding: StackFinding, fix: Fix, id: string): CodeAction {
  const { start, end } = finding.span;
  return {
    title: fix.title,
    kind: 'quickfix',
    isPreferred: fix.isPreferred ?? (isForAll(fix) && finding.fixes.filter(isForAll).length === 1),
    finding,
    id: ['quickfix', start, end, finding.code, id, finding.path ?? ''].join(':'),
    edits: () => soundEdits(snapshot, changesToFileEdits(snapshot, fix.changes())),
  };
}

function isForAll(fix: Fix): boolean {
  return fix.applies === 'all';
}

/** One action that fixes every finding of a rule in the file; only where there are several. */
function sameInFile(
  snapshot: Snapshot,
  findings: readonly StackFinding[],
  code: string,
  span: Span,
): readonly CodeAction[] {
  const own = findings.filter(finding => finding.code === code && finding.fixes.some(isForAll));
  if (own.length < 2) return [];
  const changes = (): readonly FixChanges[] => own.map(({ fixes }) => fixes.find(isForAll)?.changes() ?? []);
  return [
    {
      title: `Fix all ${own.length} findings of ${code} in this file`,
      kind: 'quickfix',
      isPreferred: false,
      id: ['quickfix', span.start, span.end, code, 'file'].join(':'),
      edits: () => soundEdits(snapshot, fixesToFileEdits(snapshot, changes())),
    },
  ];
}

/** On save only the file itself is changed. */
function everyFix(snapshot: Snapshot, findings: readonly StackFinding[], uri: string): readonly CodeAction[] {
  const fixable = findings.filter(finding => finding.fixes.some(isForAll));
  if (fixable.length === 0) return [];
  return [
    {
      title: 'Fix all deployKF findings in this file',
      kind: 'source.fixAll.deploykf',
      isPreferred: true,
      id: 'source.fixAll.deploykf:0:0',
      edits: () => fixAll(snapshot, [uri], () => undefined).edits,
    },
  ];
}

function wider(snapshot: Snapshot, uri: string, span: Span): readonly RequestedAction[] {
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
function requested(
  snapshot: Snapshot,
  span: Span,
  actions: readonly RequestedAction[],
  only: readonly string[] | undefined,
): readonly CodeAction[] {
  const titles = new Set<string>();
  return actions
    .filter(({ title, kind }) => isWanted(kind, only) && !titles.has(title) && titles.add(title))
    .map(({ title, kind, document, changes }) => ({
      title,
      kind,
      isPreferred: false,
      ...(document !== undefined && { document }),
      id: [kind, span.start, span.end, title].join(':'),
      edits: () => {
        const each = changes().map(change => [change]);
        return soundEdits(snapshot, fixesToFileEdits(snapshot, each));
      },
    }));
}

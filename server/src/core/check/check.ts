import type { StackView } from '../analysis/stackView.ts';
import type { Finding, StackFinding } from '../findings/finding.ts';
import { baseResults } from './baseFindings.ts';
import { discreet } from './discreet.ts';
import { ownValue } from '../text/ownValue.ts';
import { imageNotOverridden } from '../rules/image/imageNotOverridden.ts';
import { imageOverrideIgnored } from '../rules/image/imageOverrideIgnored.ts';
import { valueRefused } from '../rules/values/valueRefused.ts';
import type { Rule } from '../rules/rule.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Project, Settings } from '../workspace/settings.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { enabledBeside, groupOf } from '../workspace/undefinedStacks.ts';
import { sourcesIn } from '../workspace/sources.ts';
import {
  projectResults,
  sourceResults,
  stackResults,
  suppressionResults,
  textResults,
  type RuleResults,
} from './runRules.ts';
import { partSuppressed, type SuppressedFinding } from './suppress.ts';
import { suppressionUses, unusedEntries, type CheckedFile } from './suppressionUses.ts';

/** Called when a rule throws, which only a bug does; the other rules go on. */
export type OnRuleError = (rule: Rule, error: unknown) => void;

/** Runs the rules on one stack, so that checking its files is quick after that: for work in pieces. */
export function checkView(view: StackView): void {
  view.memo(stackResults);
}

/** What is reported of a file, and what is not because somebody said so. */
export interface FileCheck {
  /** In the order of the text. */
  readonly findings: readonly StackFinding[];
  readonly suppressed: readonly SuppressedFinding[];
}

export interface CheckOptions {
  /**
   * Whether a file that looks like a part of a stack that nobody names is judged as if it were the whole:
   * somebody asks for just this file. Without it, no file is.
   */
  readonly isTakenWhole?: ((uri: string) => boolean) | undefined;
}

/** All findings of one file, in the order of its text. */
export function checkFile(
  snapshot: Snapshot,
  uri: string,
  onError: OnRuleError = rethrow,
  options: CheckOptions = {},
): readonly StackFinding[] {
  return checkWhole(snapshot, uri, onError, options).findings;
}

/** The same with what is suppressed. */
export function checkWhole(
  snapshot: Snapshot,
  uri: string,
  onError: OnRuleError = rethrow,
  { isTakenWhole = () => false }: CheckOptions = {},
): FileCheck {
  const project = snapshot.folderOf(uri)?.project;
  const isProject = project?.file.uri === uri;
  const file = isProject ? project.file : snapshot.file(uri);
  const isBase = !isProject && snapshot.isBase(uri);
  if (file === undefined || !(isProject || isBase || snapshot.isConcerned(uri)))
    return { findings: [], suppressed: [] };
  let hasFailed = false;
  const take = ({ findings, failures }: RuleResults): readonly Finding[] => {
    for (const { rule, error } of failures) onError(rule, error);
    hasFailed ||= failures.length > 0;
    return findings;
  };
  const results = (): RuleResults => {
    if (isProject) return projectResults(project);
    if (isBase) return baseResults(file, snapshot.baseView(uri));
    return textResults({ file, isLayer: isLayer(snapshot, uri) });
  };
  let findings = [...take(results()), ...take(sourceResults(sourcesIn(snapshot, file)))].map(alone);
  if (!isProject && !isBase) {
    const ofStacks = isTakenWhole(uri)
      ? ownFindings(snapshot, file, take)
      : stackFindings(snapshot, file, take);
    const hosted = snapshot.hostedIn(uri).flatMap(text => hostedFindings(snapshot, text, take));
    findings = [...findings, ...ofStacks, ...hosted];
  }
  const settings = snapshot.settingsOf(uri);
  const { today, catalogs } = snapshot.state;
  const first = partSuppressed(file, settle(findings, settings), settings.suppressions, today);
  const uses = suppressionUses(snapshot, file, first.suppressed, hasFailed);
  const own = take(suppressionResults(uses)).map(alone);
  const second = partSuppressed(file, settle(own, settings), settings.suppressions, today);
  return {
    findings: discreet(file, inOrder([...first.reported, ...second.reported]), catalogs),
    suppressed: [...first.suppressed, ...second.suppressed],
  };
}

/** The entries of a project file that nothing needs, where all of its files have been checked. */
export function unusedEntryFindings(
  snapshot: Snapshot,
  project: Project,
  checked: readonly CheckedFile[],
  onError: OnRuleError = rethrow,
): readonly StackFinding[] {
  const { findings, failures } = suppressionResults(unusedEntries(snapshot, project, checked));
  for (const { rule, error } of failures) onError(rule, error);
  return settle(findings.map(alone), project.settings);
}

/** The findings of results; what failed is reported on the way. */
type Take = (results: RuleResults) => readonly Finding[];

/** Whether the file itself is a layer of a stack, and not only what holds one. */
function isLayer(snapshot: Snapshot, uri: string): boolean {
  return snapshot
    .plansOf(uri)
    .some(({ layers }) => layers?.some(layer => layer.uri === uri && layer.within === undefined) ?? true);
}

/** The findings of one layer's text in its stacks, at their places in the text. */
function ownFindings(snapshot: Snapshot, { uri }: ValuesFile, take: Take): readonly StackFinding[] {
  const shared = snapshot.viewsOf(uri).map(view => ({
    view,
    findings: take(view.memo(stackResults)).filter(finding => finding.uri === uri),
  }));
  return mergeStacks(shared);
}

/** The same without what another file of what looks like the same stack may change. */
function stackFindings(snapshot: Snapshot, file: ValuesFile, take: Take): readonly StackFinding[] {
  const { uri } = file;
  const findings = ownFindings(snapshot, file, take);
  if (!findings.some(mayBeOtherwise)) return findings;
  // Another file of what looks like one stack may enable it, override it, or set what is required.
  if (groupOf(snapshot, uri) !== undefined) return findings.filter(finding => !mayBeOtherwise(finding));
  if (!findings.some(isDisabled)) return findings;
  const elsewhere = snapshot.plansOf(uri).flatMap(({ enabledElsewhere = [] }) => enabledElsewhere);
  const enabled = new Set([...enabledBeside(snapshot, uri), ...elsewhere]);
  return findings.filter(finding => !isDisabled(finding) || !enabled.has(sectionOf(finding)));
}

function mayBeOtherwise(finding: Finding): boolean {
  const { code } = finding;
  return code === valueRefused.code || code === imageNotOverridden.code || isDisabled(finding);
}

/** Whether a finding says of the images of a component that it is off. */
function isDisabled({ code, tag }: Finding): boolean {
  return code === imageOverrideIgnored.code && tag === 'unnecessary';
}

/** The component whose `images` a finding is about. */
function sectionOf({ path = '' }: Finding): string {
  return path.slice(0, path.lastIndexOf('.'));
}

/** The findings of values that are inside a file, at their places in that file. */
function hostedFindings(snapshot: Snapshot, text: ValuesFile, take: Take): readonly StackFinding[] {
  const own = take(textResults({ file: text, isLayer: true })).map(alone);
  const { host } = text;
  const findings = [...own, ...stackFindings(snapshot, text, take)];
  if (host === undefined) return findings;
  return findings.map(finding => ({
    ...finding,
    uri: host.file.uri,
    span: host.embedding.toOuter(finding.span),
  }));
}

function rethrow(_rule: Rule, error: unknown): never {
  throw error;
}

function alone(finding: Finding): StackFinding {
  return { ...finding, stacks: [] };
}

/**
 * The same finding of several stacks once. Where not all stacks of the file agree,
 * the message says which it is.
 */
function mergeStacks(
  parts: readonly { readonly view: StackView; readonly findings: readonly Finding[] }[],
): readonly StackFinding[] {
  const merged = new Map<string, StackFinding>();
  for (const { view, findings } of parts) {
    for (const finding of findings) {
      const key = [finding.code, finding.span.start, finding.span.end, finding.message].join('\0');
      const known = merged.get(key);
      const stacks = [...(known?.stacks ?? [])];
      const { name } = view.stack;
      if (name !== '' && !stacks.includes(name)) stacks.push(name);
      merged.set(key, { ...(known ?? finding), stacks });
    }
  }
  return [...merged.values()].map(finding => {
    const { message, stacks } = finding;
    const isPartial = parts.length > 1 && stacks.length < parts.length;
    if (!isPartial) return finding;
    const noun = stacks.length === 1 ? 'stack' : 'stacks';
    return { ...finding, message: `${message} (${noun} ${stacks.join(', ')})` };
  });
}

/** The severities that the user chose, and the order of the text. */
function settle(findings: readonly StackFinding[], { severities }: Settings): readonly StackFinding[] {
  const settled: StackFinding[] = [];
  for (const finding of findings) {
    const severity = ownValue(severities, finding.code);
    if (severity === undefined) settled.push(finding);
    else if (severity !== 'off') settled.push({ ...finding, severity });
  }
  return inOrder(settled);
}

function inOrder(findings: readonly StackFinding[]): readonly StackFinding[] {
  return findings.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compareCodes(a.code, b.code),
  );
}

/** The first `localeCompare` of a process loads much; codes are plain ASCII. */
function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

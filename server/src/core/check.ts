import type { StackView } from './policy/view.ts';
import { sourcesIn } from './plans.ts';
import { rules } from './rules/index.ts';
import { releaseUnknown, reportUnknownRelease } from './rules/releaseUnknown.ts';
import { reportMissing, stackFileMissing } from './rules/stackFileMissing.ts';
import type { Finding, Report, Rule } from './rules/types.ts';
import { reportUnreadValues, yamlSyntax } from './rules/yamlSyntax.ts';
import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import type { StackPlan } from './stack/plan.ts';
import type { ValuesFile } from './stack/valuesFile.ts';
import { withoutIgnored } from './ignore.ts';

/** A finding and the stacks that it holds for; empty for findings about the file alone. */
export interface StackFinding extends Finding {
  readonly stacks: readonly string[];
}

/** Called when a rule throws, which only a bug does; the other rules go on. */
export type OnRuleError = (rule: Rule, error: unknown) => void;

/** Runs the rules on one stack, so that checking its files is quick after that: for work in pieces. */
export function checkView(snapshot: Snapshot, view: StackView, onError: OnRuleError = rethrow): void {
  snapshot.findingsOf(view, () => stackFindings(view, onError));
}

/** Everything that is to say about one file, in the order of its text. */
export function checkFile(snapshot: Snapshot, uri: string, onError: OnRuleError = rethrow): readonly StackFinding[] {
  const project = snapshot.folderOf(uri)?.project;
  if (project?.file.uri === uri) {
    const findings = [
      ...project.findings,
      ...unknownReleases(snapshot, project.file),
      ...sourceFindings(snapshot, project.file, onError),
    ];
    return withoutIgnored(project.file, settle(findings.map(alone), snapshot.settingsOf(uri)));
  }
  const file = snapshot.file(uri);
  if (file === undefined || !snapshot.isConcerned(uri)) return [];
  const texts = [...(isLayer(snapshot, uri) ? [file] : []), ...snapshot.hostedIn(uri)];
  const findings = [
    ...texts.flatMap(text => checkText(snapshot, text, onError)),
    ...complete(yamlSyntax, reportUnreadValues(file)).map(alone),
    ...unknownReleases(snapshot, file).map(alone),
    ...missingOfCommands(snapshot, file).map(alone),
    ...sourceFindings(snapshot, file, onError).map(alone),
  ];
  return withoutIgnored(file, settle(findings, snapshot.settingsOf(uri)));
}

/** Whether the file itself is a layer of a stack, and not only what holds one. */
function isLayer(snapshot: Snapshot, uri: string): boolean {
  return snapshot
    .plansOf(uri)
    .some(({ layers }) => layers?.some(layer => layer.uri === uri && layer.within === undefined) ?? true);
}

/** The findings of one layer's text, at their places in the real file. */
function checkText(snapshot: Snapshot, text: ValuesFile, onError: OnRuleError): readonly StackFinding[] {
  const own = fileFindings(text, onError).map(alone);
  const shared = snapshot.viewsOf(text.uri).map(view => ({
    view,
    findings: snapshot.findingsOf(view, () => stackFindings(view, onError)).filter(finding => finding.uri === text.uri),
  }));
  return [...own, ...mergeStacks(shared)].map(finding => inHost(finding, text));
}

function inHost(finding: StackFinding, { host }: ValuesFile): StackFinding {
  if (host === undefined) return finding;
  return { ...finding, uri: host.file.uri, span: host.embedding.toOuter(finding.span) };
}

function sourceFindings(snapshot: Snapshot, file: ValuesFile, onError: OnRuleError): readonly Finding[] {
  const sources = sourcesIn(snapshot.state, file);
  return rules.flatMap(rule =>
    rule.scope === 'source'
      ? sources.flatMap(source =>
          complete(
            rule,
            guarded(rule, () => rule.check(source), onError),
          ),
        )
      : [],
  );
}

function fileFindings(file: ValuesFile, onError: OnRuleError): readonly Finding[] {
  return rules.flatMap(rule =>
    rule.scope === 'file'
      ? complete(
          rule,
          guarded(rule, () => rule.check(file), onError),
        )
      : [],
  );
}

/** One finding a stack without a catalog, where it is defined, else in each of its files. */
function unknownReleases(snapshot: Snapshot, file: ValuesFile): readonly Finding[] {
  const reports = snapshot.plans
    .filter(plan => (isShownWhereDefined(plan) ? plan.definedAt?.uri === file.uri : plan.uris.includes(file.uri)))
    .filter(plan => (plan.release ?? plan.generator) !== undefined && snapshot.view(plan) === undefined)
    .map(plan => reportUnknownRelease(file, plan, snapshot.state.catalogs));
  return complete(releaseUnknown, reports);
}

/** Scripts are no files of ours, what is to say about their stacks stands in the values files. */
function isShownWhereDefined({ definedAt, kind }: StackPlan): boolean {
  return definedAt !== undefined && kind !== 'command';
}

/** One finding a file that a command names and that is not there, or not read, in the first of its files that is. */
function missingOfCommands(snapshot: Snapshot, file: ValuesFile): readonly Finding[] {
  const { files } = snapshot.state;
  const plans = snapshot.plansOf(file.uri).filter(({ uris }) => uris.find(uri => files.has(uri)) === file.uri);
  return complete(
    stackFileMissing,
    plans.flatMap(plan => reportMissing(file, plan, snapshot.state)),
  );
}

function stackFindings(view: StackView, onError: OnRuleError): readonly Finding[] {
  return rules.flatMap(rule =>
    rule.scope === 'stack'
      ? complete(
          rule,
          guarded(rule, () => rule.check(view), onError),
        )
      : [],
  );
}

function guarded(rule: Rule, check: () => readonly Report[], onError: OnRuleError): readonly Report[] {
  try {
    return check();
  } catch (error) {
    onError(rule, error);
    return [];
  }
}

function rethrow(_rule: Rule, error: unknown): never {
  throw error;
}

function complete(rule: Rule, reports: readonly Report[]): readonly Finding[] {
  return reports.map(report => ({
    ...report,
    code: rule.code,
    severity: report.severity ?? rule.severity,
    fixes: report.fixes ?? [],
  }));
}

function alone(finding: Finding): StackFinding {
  return { ...finding, stacks: [] };
}

/** The same finding of several stacks once. Where not all stacks of the file agree, the message says which it is. */
function mergeStacks(
  parts: readonly { readonly view: StackView; readonly findings: readonly Finding[] }[],
): readonly StackFinding[] {
  const merged = new Map<string, StackFinding>();
  for (const { view, findings } of parts) {
    for (const finding of findings) {
      const key = [finding.code, finding.span.start, finding.span.end, finding.message].join('\0');
      const known = merged.get(key);
      const stacks = [...(known?.stacks ?? []), ...(view.stack.name === '' ? [] : [view.stack.name])];
      merged.set(key, { ...(known ?? finding), stacks });
    }
  }
  return [...merged.values()].map(finding => {
    const isPartial = parts.length > 1 && finding.stacks.length < parts.length;
    return isPartial ? { ...finding, message: `${finding.message} (${stackNames(finding.stacks)})` } : finding;
  });
}

function stackNames(names: readonly string[]): string {
  return `${names.length === 1 ? 'stack' : 'stacks'} ${names.join(', ')}`;
}

/** The severities that the user chose, and the order of the text. */
function settle(findings: readonly StackFinding[], { severities }: Settings): readonly StackFinding[] {
  return findings
    .flatMap(finding => {
      const severity = severities[finding.code];
      if (severity === 'off') return [];
      return [severity === undefined ? finding : { ...finding, severity }];
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || a.code.localeCompare(b.code));
}

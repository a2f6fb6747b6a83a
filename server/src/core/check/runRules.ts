import { withoutLogins } from '../text/logins.ts';
import { sayList } from '../text/list.ts';
import { shortened } from '../text/shorten.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Finding, Report } from '../findings/finding.ts';
import { aboutImages } from '../findings/aboutImages.ts';
import { rules } from '../rules/index.ts';
import type { ProjectFile, Rule, RuleText, SuppressionUse } from '../rules/rule.ts';
import type { StackSource } from '../stack/stackSource.ts';

/** A rule that threw, which only a bug does. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly error: unknown;
}

/** A message may quote what the user wrote, which may be of any length. */
const longestMessage = 1000;

/** What the rules say, and which of them could not. */
export interface RuleResults {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/** All that can be said about a stack: its images, its components, and the stack itself. */
export function stackResults(view: StackView): RuleResults {
  return runRules((rule, call) => {
    if (rule.subject === 'image')
      for (const image of view.images) call(() => aboutImages([image], rule.check(image, view)));
    if (rule.subject === 'component') {
      for (const component of view.catalog.catalog.components) call(() => rule.check(component, view));
    }
    if (rule.subject === 'stack') call(() => rule.check(view));
  });
}

export function textResults(text: RuleText): RuleResults {
  return runRules((rule, call) => {
    if (rule.subject === 'text') call(() => rule.check(text));
  });
}

export function sourceResults(sources: readonly StackSource[]): RuleResults {
  // The stack of each finding.
  const names: string[] = [];
  const { findings, failures } = runRules((rule, call) => {
    if (rule.subject !== 'source') return;
    for (const source of sources)
      call(() => {
        const reports = rule.check(source);
        names.push(...reports.map(() => source.name));
        return reports;
      });
  });
  return { findings: mergeNamed(findings, names), failures };
}

/** What is said of several stacks at one place, such as those of a matrix, once with all of their names. */
function mergeNamed(findings: readonly Finding[], names: readonly string[]): readonly Finding[] {
  const merged = new Map<string, { readonly finding: Finding; readonly named: string[] }>();
  findings.forEach((finding, index) => {
    const { code, uri, span, message } = finding;
    const name = names[index] ?? '';
    const said = message.replace(ofStack(name), () => ofStack(''));
    const key = [code, uri, span.start, span.end, said].join('\0');
    const known = merged.get(key) ?? { finding, named: [] };
    if (!known.named.includes(name)) known.named.push(name);
    merged.set(key, known);
  });
  return [...merged.values()].map(({ finding, named: [first = '', ...others] }) => {
    if (others.length === 0) return finding;
    const all = ` of stacks ${sayList([first, ...others])} `;
    return { ...finding, message: finding.message.replace(ofStack(first), () => all) };
  });
}

function ofStack(name: string): string {
  return ` of stack ${name} `;
}

export function projectResults(project: ProjectFile): RuleResults {
  return runRules((rule, call) => {
    if (rule.subject === 'workspace') call(() => rule.check(project));
  });
}

export function suppressionResults(uses: readonly SuppressionUse[]): RuleResults {
  return runRules((rule, call) => {
    if (rule.subject === 'suppression') for (const use of uses) call(() => rule.check(use));
  });
}

/** Calls a rule for one subject. */
type Call = (check: () => readonly Report[]) => void;

/**
 * The only place that calls rules: one that throws for a subject says nothing about it, and all others go on.
 */
function runRules(run: (rule: Rule, call: Call) => void): RuleResults {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of rules) {
    run(rule, check => {
      try {
        for (const report of check()) findings.push(complete(rule, report));
      } catch (error) {
        failures.push({ rule, error });
      }
    });
  }
  return { findings, failures };
}

function complete({ code, severity }: Rule, report: Report): Finding {
  const message = shortened(withoutLogins(report.message), longestMessage);
  const fixes = report.fixes?.map(fix => ({ ...fix, title: withoutLogins(fix.title) })) ?? [];
  return { ...report, message, code, severity: report.severity ?? severity, fixes };
}

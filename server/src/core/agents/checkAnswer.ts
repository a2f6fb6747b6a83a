import { checkFile } from '../check/check.ts';
import type { Severity, StackFinding } from '../findings/finding.ts';
import { leftLines, leftOptions } from '../report/leftText.ts';
import { count, plainStyle } from '../report/style.ts';
import { findingLine, severityCounts } from '../report/text.ts';
import { isAtLeast, severities, type FileFindings } from '../report/types.ts';
import { printable } from '../text/printable.ts';
import { folderOfProjectFile } from '../workspace/paths.ts';
import { describeStack } from './describeStack.ts';
import type { AgentInput } from './readInput.ts';
import { chooseStacks, urisOf, type AgentAnswer, type AgentWorld, type ChosenStack } from './world.ts';

/** The findings of the files that are meant, a line each, and which stacks they were checked in. */
export function checkAnswer(world: AgentWorld, input: AgentInput): AgentAnswer {
  const chosen = chooseStacks(world, input);
  if (chosen.kind === 'none') return { text: chosen.problem, isError: true };
  const { stacks } = chosen;
  const least = severities.find(severity => severity === input['severity']) ?? 'hint';
  const files = filesOf(world, stacks, input);
  const found = files.flatMap(uri => findingsOf(world, uri, least));
  const all = found.flatMap(({ findings }) => findings);
  const views = stacks.flatMap(({ view }) => view ?? []);
  const lines = [
    ...stacks.flatMap(stack => describeStack(world, stack)),
    '',
    ...found.flatMap(file => file.findings.map(finding => describeFinding(file, finding))),
    summary(all, files.length, least),
    ...leftLines(views, leftOptions(world.snapshot, new Set(files))),
  ];
  return { text: lines.join('\n') };
}

/** Those of the stacks that were named, or the one that was. */
function filesOf(world: AgentWorld, stacks: readonly ChosenStack[], input: AgentInput): readonly string[] {
  const { stack, file } = input;
  const uris = file === undefined ? undefined : urisOf(world, file);
  const ofStacks = new Set(stacks.flatMap(({ plan }) => [...plan.uris, plan.definedAt?.uri ?? '']));
  return world.files.filter(uri => {
    if (uris !== undefined) return uris.has(uri);
    return stack === undefined || ofStacks.has(uri);
  });
}

function findingsOf({ snapshot, pathOf }: AgentWorld, uri: string, least: Severity): readonly FileFindings[] {
  const file = folderOfProjectFile(snapshot.state, uri)?.project?.file ?? snapshot.file(uri);
  if (file === undefined) return [];
  const findings = checkFile(snapshot, uri).filter(({ severity }) => isAtLeast(severity, least));
  return [{ path: pathOf(uri), file, findings }];
}

function describeFinding(file: FileFindings, finding: StackFinding): string {
  const parts = [findingLine(file, finding, plainStyle)];
  if (finding.path !== undefined) parts.push(`path ${printable(finding.path)}`);
  const fixes = finding.fixes.map(({ title }) => printable(title));
  if (fixes.length > 0) parts.push(`fixes: ${fixes.join('; ')}`);
  return parts.join(' | ');
}

function summary(findings: readonly StackFinding[], files: number, least: Severity): string {
  const kind = least === 'hint' ? '' : ` of severity ${least} or graver`;
  const where = `in ${count(files, 'file')}`;
  if (findings.length === 0) return `No findings${kind} ${where}`;
  return `${count(findings.length, 'finding')}${kind} ${where}: ${severityCounts(findings)}`;
}

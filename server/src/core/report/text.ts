import type { StackFinding } from '../findings/finding.ts';
import { confidentialSpans } from '../redaction/redact.ts';
import type { Severity } from '../findings/finding.ts';
import { excerpt } from './excerpt.ts';
import { count, listed, type Colour, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { isAtLeast, severities, type CheckReport, type FileFindings } from './types.ts';

const colours: Readonly<Record<Severity, Colour>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'dim',
};

export interface CheckTextOptions {
  readonly style: TextStyle;
  /** Only findings at least this grave, one line each, no summary; `undefined`: everything. */
  readonly quietBelow: Severity | undefined;
  /** Which commands fix how many of the findings, a line each. */
  readonly fixes: readonly string[];
  /** What of the stacks does not come from the private registry: then nothing sounds like a clean bill. */
  readonly left: readonly string[];
}

/** The findings of a check for people; empty when there is nothing to say. */
export function checkText(report: CheckReport, options: CheckTextOptions): string {
  const { quietBelow } = options;
  if (quietBelow !== undefined) return quietText(report, quietBelow, options.style);
  const files = report.files.filter(file => file.findings.length > 0);
  const blocks = files.map(file => fileText(file, options.style));
  return [...blocks, summary(report, options)].join('\n');
}

function quietText({ files }: CheckReport, least: Severity, style: TextStyle): string {
  return files
    .flatMap(file =>
      file.findings
        .filter(finding => isAtLeast(finding.severity, least))
        .map(finding => `${findingLine(file, finding, style)}\n`),
    )
    .join('');
}

function fileText(file: FileFindings, style: TextStyle): string {
  const hidden = confidentialSpans(file.file);
  return file.findings
    .map(finding => {
      const lines = excerpt(file.file.source, finding.span, {
        style,
        colour: colours[finding.severity],
        hidden,
      });
      return [findingLine(file, finding, style), ...lines].map(line => `${line}\n`).join('');
    })
    .join('\n');
}

/** `prod.yaml:12:9 warning image-public  message`; line and column are 1-based. */
export function findingLine(
  { path, file: { source } }: FileFindings,
  finding: StackFinding,
  { paint }: TextStyle,
): string {
  const { line, character } = source.positionAt(finding.span.start);
  const place = paint(`${placeName(path)}:${line + 1}:${character + 1}`, 'bold');
  const severity = paint(finding.severity, colours[finding.severity]);
  return `${place} ${severity} ${paint(finding.code, 'cyan')}  ${printable(withShortQuotes(finding.message))}`;
}

/** A line that begins with `::` is a command where GitHub Actions reads it. */
function placeName(path: string): string {
  return printable(path.startsWith('::') ? `./${path}` : path);
}

/** A long value would bury the rest of the message, and its line is shown below. */
function withShortQuotes(message: string): string {
  return message.replace(/"([^"]*)"/g, (_, quoted: string) => `"${shortened(quoted, 120)}"`);
}

function summary({ files, checked }: CheckReport, { style, fixes, left }: CheckTextOptions): string {
  const all = files.flatMap(file => file.findings);
  if (all.length === 0 && left.length > 0)
    return [`${count(checked, 'file')} checked`, ...left, ''].join('\n');
  if (all.length === 0) return `${style.paint('No findings', 'green')} in ${count(checked, 'file')}\n`;
  const withFindings = files.filter(file => file.findings.length > 0).length;
  const total = `${style.paint(count(all.length, 'finding'), 'bold')} (${severityCounts(all)})`;
  const lines = [`${total} in ${withFindings} of ${count(Math.max(checked, withFindings), 'file')}`];
  return [...lines, ...fixes, ...left].map(line => `${line}\n`).join('');
}

/** `2 errors, 1 warning`. */
export function severityCounts(findings: readonly StackFinding[]): string {
  const parts: string[] = [];
  for (const severity of severities) {
    const number = findings.filter(finding => finding.severity === severity).length;
    if (number === 0) continue;
    parts.push(severity === 'info' ? `${number} info` : count(number, severity));
  }
  return listed(parts);
}

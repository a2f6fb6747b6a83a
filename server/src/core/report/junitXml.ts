import type { Severity, StackFinding } from '../findings/finding.ts';
import { printable } from '../text/printable.ts';
import { count } from './style.ts';
import type { CheckReport, FileFindings } from './types.ts';

export interface JunitOptions {
  /** Whether findings of a severity are failures. All others are in tests that pass. */
  readonly fails: (severity: Severity) => boolean;
}

/**
 * The findings as a JUnit report: a suite per file, a test per code, one that passes for a file without findings, and one that
 * broke off for each thing that could not be looked at.
 */
export function junitXml({ files, problems = [] }: CheckReport, options: JunitOptions): string {
  const suites = files.map(file => suite(file, options));
  if (problems.length > 0) suites.unshift(unreadSuite(problems));
  const sum = (key: 'tests' | 'failures'): number => suites.reduce((total, each) => total + each[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="deploykf-values" tests="${sum('tests')}" failures="${sum('failures')}" errors="${problems.length}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly lines: readonly string[];
}

/** What could not be looked at: a test each, which broke off. */
function unreadSuite(problems: readonly string[]): Suite {
  const name = 'deploykf-values';
  const counts = `tests="${problems.length}" failures="0" errors="${problems.length}" skipped="0"`;
  const tests = problems.flatMap(problem => [
    `    <testcase classname="${name}" name="${escaped(problem)}">`,
    `      <error type="not-checked" message="${escaped(problem)}"/>`,
    '    </testcase>',
  ]);
  return {
    tests: problems.length,
    failures: 0,
    lines: [`  <testsuite name="${name}" ${counts}>`, ...tests, '  </testsuite>'],
  };
}

function suite(file: FileFindings, options: JunitOptions): Suite {
  const codes = [...new Set(file.findings.map(({ code }) => code))];
  const tests = codes.map(code => test(file, code, options));
  if (codes.length === 0)
    tests.push({ isFailure: false, lines: [`    <testcase ${names(file, 'check')}/>`] });
  const failures = tests.filter(({ isFailure }) => isFailure).length;
  const counts = `tests="${tests.length}" failures="${failures}" errors="0" skipped="0"`;
  return {
    tests: tests.length,
    failures,
    lines: [
      `  <testsuite name="${escaped(file.path)}" ${counts}>`,
      ...tests.flatMap(({ lines }) => lines),
      '  </testsuite>',
    ],
  };
}

interface Test {
  readonly isFailure: boolean;
  readonly lines: readonly string[];
}

function test(file: FileFindings, code: string, { fails }: JunitOptions): Test {
  const findings = file.findings.filter(finding => finding.code === code);
  const failing = findings.filter(({ severity }) => fails(severity));
  const others = findings.filter(finding => !failing.includes(finding));
  const lines = [`    <testcase ${names(file, code)}>`];
  if (failing.length > 0) lines.push(...failure(file, failing));
  if (others.length > 0) lines.push(`      <system-out>${details(file, others)}</system-out>`);
  return { isFailure: failing.length > 0, lines: [...lines, '    </testcase>'] };
}

/** Readers take one failure of a test only. */
function failure(file: FileFindings, findings: readonly StackFinding[]): readonly string[] {
  const [first] = findings;
  const message =
    findings.length === 1 ? (first?.message ?? '') : `${count(findings.length, 'finding')} in ${file.path}`;
  const attributes = `type="${first?.severity ?? ''}" message="${escaped(message)}"`;
  return [`      <failure ${attributes}>${details(file, findings)}</failure>`];
}

/** A line for each, with its place, line and column 1-based. */
function details({ path, file: { source } }: FileFindings, findings: readonly StackFinding[]): string {
  return findings
    .map(({ span, severity, message }) => {
      const { line, character } = source.positionAt(span.start);
      return escaped(`${path}:${line + 1}:${character + 1} ${severity} ${message}`);
    })
    .join('\n');
}

function names({ path }: FileFindings, code: string): string {
  return `classname="${escaped(path)}" name="${escaped(code)}" file="${escaped(path)}"`;
}

/** As XML 1.0 allows it, in text as in attributes: what it does not allow is shown by its number. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

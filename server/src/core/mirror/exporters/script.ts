import type { MirrorPlan } from '../types.ts';
import { shellWord } from '../../text/shellWord.ts';
import { comments, type Exported } from './exporter.ts';

/** A shell script that does one thing many times. */
export interface CopyScript {
  /** The program that it needs. */
  readonly program: string;
  /** The export, which its state file is called after. */
  readonly name: string;
  /** What is copied, in the plural. */
  readonly what: 'images' | 'charts' | 'repositories';
  /** What is said in comments. */
  readonly header: readonly string[];
  /** Lines that run before, such as warnings. */
  readonly before: readonly string[];
  /** The body of the function that does it with its arguments `$1`, `$2`, …; its status decides. */
  readonly body: readonly string[];
  readonly calls: readonly (readonly string[])[];
  /** What else makes what was done another thing, such as the platform. */
  readonly variant: string | undefined;
  readonly notes?: readonly string[];
}

/** What is copied again although it was copied before: for another platform, or since it was found to be missing. */
export function variantOf({ missingSince }: MirrorPlan, platform: string | undefined): string | undefined {
  const parts = [platform, missingSince].filter(part => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/**
 * Goes on after errors and ends with 1 if there was one. Can be run again: what was done is kept in a state file. The programs get no
 * standard input, since that may be the script.
 */
export function shellScript(script: CopyScript): Exported {
  const { program, name, what, header, before, body, calls, variant, notes } = script;
  const suffix = variant === undefined ? '' : shellWord(` ${variant}`);
  const lines = [
    '#!/bin/sh',
    ...comments(header),
    `# What was done is written to a state file, $STATE or mirror-${name}.state, and not done again.`,
    'set -u',
    `state=\${STATE:-mirror-${name}.state}`,
    'failed=0',
    `if ! command -v ${shellWord(program)} >/dev/null 2>&1; then`,
    `  printf '%s\\n' ${shellWord(`${program} is not installed`)} >&2`,
    '  exit 1',
    'fi',
    ': >> "$state" || exit 1',
    ...before,
    'run() {',
    ...body.map(line => `  ${line}`),
    '}',
    'copy() {',
    `  key="$*"${suffix}`,
    '  if grep -qxF -e "$key" "$state"; then return; fi',
    '  printf \'%s\\n\' "$*"',
    '  if run "$@" </dev/null; then',
    '    printf \'%s\\n\' "$key" >> "$state"',
    '  else',
    '    failed=$((failed + 1))',
    '    printf \'failed: %s\\n\' "$*" >&2',
    '  fi',
    '}',
    ...calls.map(words => `copy ${words.map(shellWord).join(' ')}`),
    'if [ "$failed" -gt 0 ]; then',
    `  printf '%s of ${calls.length} ${what} failed: run this again\\n' "$failed" >&2`,
    '  exit 1',
    'fi',
  ];
  const text = lines.map(line => `${line}\n`).join('');
  return { kind: 'written', text, ...(notes !== undefined && { notes }) };
}

/** Says on standard error that a file of the copying host has mirrors, where a line of it matches. */
export function warnOfMirrors(files: readonly string[], pattern: string, program: string): readonly string[] {
  return [
    'warn() {',
    '  for conf in "$@"; do',
    `    if [ -f "$conf" ] && grep -Eq ${shellWord(pattern)} "$conf"; then`,
    `      printf '%s has mirrors: ${program} may copy the mirror onto itself\\n' "$conf" >&2`,
    '    fi',
    '  done',
    '}',
    `warn ${files.join(' ')}`,
  ];
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exporters } from '../../server/src/core/mirror/exporters/index.ts';
import { mirrorPlan } from '../../server/src/core/mirror/plan.ts';
import type { MirrorPlan } from '../../server/src/core/mirror/types.ts';
import { parsePolicy } from '../../server/src/core/policy/parse.ts';
import { viewOf } from './views.ts';

export const upstreamHost = { rules: [{ source: '*', target: 'r.example.com/{registry}/{path}' }] };

/** The plan of values and a policy; `stack` is the name that the user gave the stack. */
export function planFor(registry: unknown, values: unknown = {}, stack = 'prod'): MirrorPlan {
  const { policy, problems } = parsePolicy(registry);
  assert.deepEqual(problems, []);
  assert.ok(policy);
  return mirrorPlan(viewOf([JSON.stringify(values)], { policy }), { stack, all: false });
}

/** What an exporter writes; it must not refuse. */
export function exportOf(name: string, plan: MirrorPlan, platform?: string): string {
  const exported = exporters.find(exporter => exporter.name === name)?.write(plan, { platform });
  assert.ok(exported?.kind === 'written', JSON.stringify(exported));
  return exported.text;
}

/** Why an exporter does not write. */
export function refusalOf(name: string, plan: MirrorPlan, platform?: string): readonly string[] {
  const exported = exporters.find(exporter => exporter.name === name)?.write(plan, { platform });
  assert.ok(exported?.kind === 'refused', JSON.stringify(exported));
  return exported.reasons;
}

/** Whether a program can be run here. */
export function canRun(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).error === undefined;
}

/** What was found out by running a script. */
export interface ScriptRun {
  readonly code: number | null;
  readonly stderr: string;
  /** The calls of the programs, with their arguments between `|`. */
  readonly calls: readonly string[];
}

/**
 * Runs a script, several times after each other in one folder, with programs in its path that note their arguments. The calls in which
 * `failing` is found fail in the first run.
 */
export function runScript(
  script: string,
  programs: readonly string[],
  { failing = '', runs = 1, shell = 'sh' }: { failing?: string; runs?: number; shell?: string } = {},
): readonly ScriptRun[] {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  try {
    const log = join(folder, 'log');
    for (const program of programs) {
      const fake = [
        '#!/bin/sh',
        `{ printf '%s' ${program}; printf '|%s' "$@"; printf '\\n'; } >> '${log}'`,
        `[ -n '${failing}' ] && [ ! -f '${folder}/again' ] && case "$*" in *'${failing}'*) exit 1;; esac`,
        'exit 0',
        '',
      ].join('\n');
      writeFileSync(join(folder, program), fake, { mode: 0o755 });
    }
    writeFileSync(join(folder, 'export.sh'), script);
    return Array.from({ length: runs }, () => {
      writeFileSync(log, '');
      const env = {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        CERTS_D: join(folder, 'certs'),
      };
      const { status, stderr } = spawnSync(shell, ['export.sh'], { cwd: folder, env, encoding: 'utf8' });
      writeFileSync(join(folder, 'again'), '');
      const calls = readFileSync(log, 'utf8').split('\n').slice(0, -1);
      return { code: status, stderr, calls };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** TOML as Python reads it; `undefined` where there is no Python that does. */
export function readToml(text: string): unknown {
  const program = 'import sys, json, tomllib; print(json.dumps(tomllib.loads(sys.stdin.read())))';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], { input: text, encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout);
  if (stderr === null || stderr.includes('ModuleNotFoundError')) return undefined;
  throw new Error(stderr);
}

// npm run bench:editor: prints how long the real VS Code takes with the packaged extension, desktop and web worker.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditorFigures, Wait } from '../../test/e2e/bench/index.ts';
import { endSessions, Session } from '../../test/e2e/harness/session.ts';
import { benchText } from './bench/benchText.ts';

const text = benchText();
const fixture = mkdtempSync(join(tmpdir(), 'deploykf-values-bench-'));
const project =
  'registry:\n  rules:\n    - { source: "*", target: "registry.example.com/{registry}/{path}" }\n';

try {
  writeFileSync(join(fixture, 'values.yaml'), text);
  writeFileSync(join(fixture, '.deploykf-values.yaml'), project);
  console.log(`${text.split('\n').length - 1} lines of values in VS Code, in milliseconds\n`);
  for (const host of ['node', 'web'] as const) {
    const session = await Session.start({ fixture, host });
    try {
      print(host, await session.runScript<EditorFigures>('bench/index.ts'));
    } finally {
      await session.stop();
    }
  }
} finally {
  await endSessions();
  rmSync(fixture, { recursive: true, force: true });
}

function print(host: 'node' | 'web', figures: EditorFigures): void {
  const { activation, opening, firstKeystroke, keystrokes, completions } = figures;
  const edits = keystrokes.map(({ own }) => own);
  const findings = keystrokes.map(wait => wait.findings);
  const rows: readonly (readonly [what: string, figure: string])[] = [
    ['activation', activation.toFixed(0)],
    ['opening the file to its first findings', sayWait(opening)],
    ['the first keystroke to its findings', sayWait(firstKeystroke)],
    [
      `a keystroke to its findings, of ${keystrokes.length}`,
      `p50 ${quantile(findings, 0.5)}, p95 ${quantile(findings, 0.95)}; VS Code itself: p50 ${quantile(edits, 0.5)}, p95 ${quantile(edits, 0.95)}`,
    ],
    [`a completion list, of ${completions.length}`, `p50 ${quantile(completions, 0.5)}`],
  ];
  console.log(host === 'node' ? 'desktop extension host' : 'web worker');
  for (const [what, figure] of rows) console.log(`  ${what.padEnd(45)} ${figure}`);
}

/** What VS Code takes until it shows the editor, or has made the edit, is no extension's. */
function sayWait({ own, findings }: Wait): string {
  return `${findings.toFixed(0)}; VS Code itself: ${own.toFixed(0)}`;
}

function quantile(numbers: readonly number[], share: number): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}

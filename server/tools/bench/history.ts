import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Figures by their names, which are the columns of the history. */
export type Figures = Readonly<Record<string, number>>;

/** Where figures were taken. */
interface Commit {
  readonly hash: string;
  readonly date: string;
}

/**
 * Writes the figures of the commit that is checked out into a CSV file, one line a commit. Returns a sentence that says so,
 * or why not: figures of a work tree with changes are no commit's.
 */
export function recordFigures(file: string, folder: string, figures: Figures): string {
  const commit = commitOf(folder);
  if (commit === undefined) return `${file} is as it was: the work tree has changes, or is not git's`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, withFigures(text, commit, figures));
  return `${file} has the figures of ${commit.hash}`;
}

/** The CSV text with one more line, or with another one for the same commit. New figures make new columns. */
export function withFigures(text: string, { hash, date }: Commit, figures: Figures): string {
  const [header = '', ...lines] = text.split('\n').filter(line => line !== '');
  const known = header === '' ? ['commit', 'date', 'node'] : header.split(',');
  const columns = [...new Set([...known, ...Object.keys(figures)])];
  const own: Readonly<Record<string, string | number>> = {
    ...figures,
    commit: hash,
    date,
    node: process.version,
  };
  const others = lines.map(line => line.split(',')).filter(([commit]) => commit !== hash);
  const rows = [
    ...others.map(cells => columns.map((_, index) => cells[index] ?? '')),
    columns.map(column => print(own[column])),
  ];
  return [columns, ...rows].map(cells => `${cells.join(',')}\n`).join('');
}

function print(figure: string | number | undefined): string {
  if (typeof figure !== 'number') return figure ?? '';
  return Number.isFinite(figure) ? String(Number(figure.toPrecision(3))) : '';
}

/** `undefined`: there are changes that are not committed, other than in the history itself. */
function commitOf(folder: string): Commit | undefined {
  const git = (...words: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync('git', words, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  const changes = git('status', '--porcelain', '--', '.', ':!bench/history.csv');
  const [hash, date] = git('log', '-1', '--format=%h %cs')?.split(' ') ?? [];
  if (changes !== '' || hash === undefined || date === undefined) return undefined;
  return { hash, date };
}

import type { MirrorPlan } from '../mirror/types.ts';
import { printable } from '../text/printable.ts';
import type { TextStyle } from './style.ts';
import { alignedRows, type Cell } from './table.ts';

type Rows = readonly (readonly Cell[])[];

/** A table with its title, as one block of a text; none without rows. */
export function titledTable(title: string, rows: Rows, style: TextStyle): readonly string[] {
  if (rows.length === 0) return [];
  return [`${style.paint(title, 'bold')}\n${alignedRows(rows, '  ').join('\n')}\n`];
}

/** Helm charts with where they are, and where they are to be. */
export function chartRows(charts: MirrorPlan['charts']): Rows {
  return charts.map(({ name, version, repository, target }) => [
    [printable(`${name} ${version}`)],
    [printable(repository)],
    [target === undefined ? '' : printable(`to ${target}`)],
  ]);
}

/** Images that cannot be copied, and why. */
export function unresolvedRows(unresolved: MirrorPlan['unresolved']): Rows {
  return unresolved.map(({ reference, reason, paths }) => [
    [printable(reference)],
    [reason],
    [paths.join(', ')],
  ]);
}

/** Texts of a column of their own. */
export function textRows(texts: readonly string[]): Rows {
  return texts.map(text => [[printable(text)]]);
}

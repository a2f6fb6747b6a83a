import type { FixedFiles } from '../../core/fixes/fixAll.ts';
import { sayList } from '../../core/text/list.ts';
import { printable } from '../../core/text/printable.ts';
import type { Inputs } from './inputs.ts';

/** A line for Applications with findings and without any text that a fix could be written to. */
export function nowhereLines(
  { plans }: Inputs,
  { snapshot, remaining }: Pick<FixedFiles, 'snapshot' | 'remaining'>,
): readonly string[] {
  const names: string[] = [];
  for (const { kind, name, id, definedAt } of plans) {
    const view = kind === 'application' ? snapshot.viewById(id) : undefined;
    if (view === undefined || view.ownLayer !== undefined) continue;
    if (remaining.some(({ uri, span }) => uri === definedAt?.uri && span.start === definedAt.span.start))
      names.push(printable(name));
  }
  if (names.length === 0) return [];
  const what = names.length === 1 ? 'Application' : 'Applications';
  return [
    `There is nowhere to write overrides of ${what} ${sayList(names)}: add the parameter "values" with string: "" first`,
  ];
}

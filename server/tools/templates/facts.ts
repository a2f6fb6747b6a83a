import type { TemplateCheck, TemplateForm, TemplateNeed } from '../../src/core/catalog/types.ts';
import { any, print, type Condition } from './condition.ts';
import { GeneratorReader, type Stop } from './read.ts';

/** A need with, by value path, the place of one template that has it. */
export type NeedFact = Omit<TemplateNeed, 'paths'> & { readonly paths: { readonly [path: string]: string } };

/** What the templates of one release need and refuse. */
export interface ReleaseTemplates {
  readonly needs: readonly NeedFact[];
  readonly checks: readonly TemplateCheck[];
}

/** What stops the generation, by the files of a generator: path below it, and text. */
export function readTemplates(files: ReadonlyMap<string, string>): ReleaseTemplates {
  const stops = new GeneratorReader(files).read().filter(({ when }) => when !== false && when !== undefined);
  return { needs: needsOf(stops), checks: checksOf(stops) };
}

/** A condition that is printed longer costs more than it tells. */
const longest = 2500;

/** The needs of one form under one condition are together. */
function needsOf(stops: readonly Stop[]): readonly NeedFact[] {
  const groups = new Map<string, { need: NeedFact; paths: [string, string][] }>();
  for (const [key, { when, source }] of weakest(
    stops,
    ({ needs }) => needs && `${needs.form} ${needs.path}`,
  )) {
    const [form = '', path = ''] = key.split(' ');
    if (!isForm(form) || print(when).length > longest) continue;
    const condition = typeof when === 'object' ? { when } : {};
    const group = groups.get(form + print(when)) ?? { need: { form, ...condition, paths: {} }, paths: [] };
    group.paths.push([path, source]);
    groups.set(form + print(when), group);
  }
  return [...groups.values()].map(({ need, paths }) => ({
    ...need,
    paths: Object.fromEntries(paths.toSorted()),
  }));
}

function checksOf(stops: readonly Stop[]): readonly TemplateCheck[] {
  const found = weakest(stops, ({ fails }) => fails);
  return [...found].flatMap(([message, { when, source }]) =>
    typeof when === 'object' ? [{ message, when, source }] : [],
  );
}

/** Under which condition any of the places stops, with the first of those that do it most easily. */
function weakest(
  stops: readonly Stop[],
  keyOf: (stop: Stop) => string | undefined,
): ReadonlyMap<string, { readonly when: Condition; readonly source: string }> {
  const found = new Map<string, { when: Condition; source: string }>();
  for (const stop of stops) {
    const key = keyOf(stop);
    if (key === undefined) continue;
    const before = found.get(key);
    const when = before === undefined ? stop.when : any([before.when, stop.when]);
    const isNew = before === undefined || (when === true && before.when !== true);
    found.set(key, { when, source: isNew ? stop.source : before.source });
  }
  return found;
}

function isForm(name: string): name is TemplateForm {
  return ['map', 'list', 'string', 'yaml', 'comparable', 'present'].includes(name);
}

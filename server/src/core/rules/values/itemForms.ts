import { atIndexes, holds, indexesOf, itemNeeds, type ItemNeed } from '../../analysis/templates.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { locationOf, type ReportLocation } from '../../findings/location.ts';
import type { Report } from '../../findings/finding.ts';
import type { Contribution } from '../../stack/effective.ts';
import { hasTemplate, isTemplated } from '../../stack/templated.ts';
import { firstDocument } from '../../yaml/lookup.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { isBroken } from '../../findings/location.ts';
import { textOfItemFix } from './manifestFixes.ts';
import { failure } from './needed.ts';
import { kindOf } from './kindOf.ts';

/** Items of lists that templates cannot read, such as a user without the keys of one. */
export function itemReports(view: StackView): readonly Report[] {
  return itemNeeds(view).flatMap(need => {
    if (view.effective.isBase(need.list)) return [];
    return indexesOf(view, need.path).flatMap(indexes => reportItem(view, need, indexes));
  });
}

function reportItem(view: StackView, need: ItemNeed, indexes: readonly number[]): readonly Report[] {
  const path = atIndexes(need.path, indexes);
  const message = need.form === 'present' ? whatIsMissing(view, path) : whatIsWrong(view, path, need);
  if (message === undefined) return [];
  const truth = need.when === undefined || holds(view, need.when, indexes);
  const place = truth === false ? undefined : itemLocation(view, path);
  if (place === undefined) return [];
  const { severity, text } = failure(view, need.list, truth);
  const say = view.effective.at(path)?.winner;
  const fixes = need.form === 'string' && say !== undefined ? textOfItemFix(say) : [];
  return [{ ...place, path, severity, message: `"${path}" ${message}${text}`, fixes }];
}

function whatIsMissing({ effective }: StackView, path: string): string | undefined {
  const above = effective.at(parentOf(path));
  if (above?.winner.node.kind !== 'map' || isTemplated(above) || isBroken(above.winner.layer))
    return undefined;
  return effective.at(path) === undefined ? 'is missing' : undefined;
}

function whatIsWrong({ effective }: StackView, path: string, { form }: ItemNeed): string | undefined {
  const at = effective.at(path);
  if (at === undefined || isTemplated(at)) return undefined;
  const { node } = at.winner;
  const isNull = node.kind === 'scalar' && node.value === null;
  const isString = node.kind === 'scalar' && typeof node.value === 'string';
  switch (form) {
    case 'map':
      return node.kind === 'map' ? undefined : `must be a map, not ${kindOf(node)}`;
    case 'list':
      return node.kind !== 'scalar' || isNull ? undefined : `must be a list, not ${kindOf(node)}`;
    case 'string':
      return isString ? undefined : `must be a string, not ${kindOf(node)}`;
    case 'comparable':
      return isString || isNull ? undefined : `must be a string, not ${kindOf(node)}`;
    case 'yaml':
      return holdsMap(node) ? undefined : 'must be YAML of an object';
    case 'present':
      return undefined;
  }
}

/** Whether a text is YAML whose first document is a map, or may be one after a template has filled it in. */
export function holdsMap(node: YamlNode): boolean {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || hasTemplate(node.value)) return true;
  const document = parseYaml(node.value);
  const root = firstDocument(document);
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) return true;
  return root.kind === 'map' && document.problems.length === 0;
}

/** The first line of what is there, or of the item that lacks it. */
function itemLocation({ effective }: StackView, path: string): ReportLocation | undefined {
  const at = effective.at(path) ?? effective.at(parentOf(path));
  return at && firstLine(at.winner);
}

export function firstLine(say: Contribution): ReportLocation | undefined {
  const place = locationOf(say);
  const { written, pair } = say;
  const isLong = written.kind !== 'scalar' || written.style === 'literal' || written.style === 'folded';
  if (place === undefined || !isLong) return place;
  const first = written.kind === 'map' && !written.flow ? written.pairs[0]?.key : undefined;
  return { uri: place.uri, span: pair?.key.span ?? first?.span ?? place.span };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}

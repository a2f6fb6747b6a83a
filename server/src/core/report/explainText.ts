import { isUnset } from '../go/print.ts';
import type { Part } from '../catalog/tagRules.ts';
import { pulledReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Contribution } from '../stack/effective.ts';
import { formatFlow } from '../yaml/format.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { Explanation } from './explain.ts';
import { retiredSentence, targetOf } from './imagesJson.ts';
import { sayPlace } from './sayPlace.ts';
import { listed, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { alignedRows, type Cell } from './table.ts';
import { tagSource } from './tagSource.ts';
import { shownPart, shownValue } from '../redaction/redactValue.ts';
import type { PathOf } from './types.ts';

export interface ExplainTextOptions {
  readonly style: TextStyle;
  readonly pathOf: PathOf;
}

/** A value longer than this is cut, so that the layers can be compared. */
const longest = 100;

/**
 * One value path for people: the effective value, each layer's say, and for an image what is pulled and why.
 */
export function explainText(view: StackView, explanation: Explanation, options: ExplainTextOptions): string {
  const { path, effective, value, image } = explanation;
  const { paint } = options.style;
  const head = `${paint(printable(path), 'bold')} · deployKF ${view.catalog.release}`;
  const shown =
    value === undefined || effective === undefined
      ? missing(view, path, options)
      : [[`  ${printValue(shownValue(view, path) ?? null)}`]];
  const layers = (value?.all ?? []).map((part, index) => layerRow(part, index, options));
  const blocks = [
    [head, ...shown.flat()],
    ...(layers.length === 0 ? [] : [['Layers, strongest first', ...alignedRows(layers, '  ')]]),
    ...(image === undefined ? [] : [imageLines(view, image, options)]),
  ];
  return blocks.map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

function printValue(value: Value): string {
  const text = printable(formatFlow(value));
  if (text.length <= longest) return text;
  return sizeOf(value) + shortened(text, longest);
}

function sizeOf(value: Value): string {
  if (Array.isArray(value)) return `${value.length} items: `;
  if (!isRecord(value)) return '';
  return `${Object.keys(value).length} keys: `;
}

/** A path of the release that is gone from the merge: some layer replaced a section above it. */
function missing(
  view: StackView,
  path: string,
  { pathOf }: ExplainTextOptions,
): readonly (readonly string[])[] {
  const steps: Path = parsePath(path);
  for (let depth = steps.length - 1; depth > 0; depth--) {
    const above = view.effective.at(steps.slice(0, depth));
    if (above === undefined) continue;
    const place = `${printPath(steps.slice(0, depth))} in ${sayPlace(above.winner, pathOf)}`;
    return [[`  (nothing: ${printable(place)} takes the place of the defaults below it)`]];
  }
  return [['  (nothing)']];
}

function layerRow(part: Contribution, index: number, { style, pathOf }: ExplainTextOptions): readonly Cell[] {
  const value = printValue(shownPart(part));
  const place = sayPlace(part, pathOf);
  return [[place, text => (index === 0 ? style.paint(text, 'green') : text)], [value]];
}

function imageLines(view: StackView, entry: ImageEntry, options: ExplainTextOptions): readonly string[] {
  const { style } = options;
  const reference = entry.templated ? undefined : pulledReference(entry);
  const target = targetOf(view, entry);
  const rows: readonly Cell[][] = [
    [['pulled'], [printable(reference ?? 'not known'), text => style.paint(text, 'bold')]],
    [['tag'], [tagReason(view, entry, options)]],
    [['state'], [stateText(entry)]],
    ...(target === undefined ? [] : [[['by the policy'], [target]] satisfies Cell[]]),
    ...(entry.retired === undefined
      ? []
      : [[['retired'], [retiredSentence(entry.canonical ?? '', entry.retired)]] satisfies Cell[]]),
    ...(entry.enabled ? [] : [[['enabled'], [`no, ${entry.component.enabledPath} is off`]] satisfies Cell[]]),
    ...(entry.image.usedFor === '' ? [] : [[['used for'], [entry.image.usedFor]] satisfies Cell[]]),
  ];
  return [`Image ${entry.path}`, ...alignedRows(rows, '  ')];
}

function stateText({ state, rewrite }: ImageEntry): string {
  if (state === 'accepted' && rewrite?.kind === 'accepted')
    return `accepted as public by the rule for "${rewrite.rule.source}"`;
  if (rewrite?.kind === 'invalid') return `public; the policy cannot map it: ${rewrite.problem}`;
  if (rewrite?.kind === 'unmapped') return 'public, no rule maps it';
  return state;
}

/** The tag and why it is that one. */
function tagReason(view: StackView, entry: ImageEntry, { pathOf }: ExplainTextOptions): string {
  const { resolved } = entry;
  const { from, tag, said } = tagSource(view, entry);
  const shown = printable(tag ?? '(empty)');
  if (from === 'unknown') return unknownReason(view, entry);
  if (from === 'rule') return `${shown}, ${ruleReason(view, entry, pathOf)}`;
  const place = said === undefined ? '' : `, from ${sayPlace(said, pathOf)}`;
  if (resolved.kind === 'literal') return `${shown}${place}: no usable tag, this is what the template writes`;
  return shown + place;
}

function unknownReason(view: StackView, { resolved, templated }: ImageEntry): string {
  if (templated) return 'unknown, another tool fills it in';
  if (resolved.kind !== 'unknown' || resolved.reason !== 'chart-version') return 'unknown';
  const parts = resolved.parts.map(({ path, value }) => `${path} (${formatFlow(value)})`);
  return `unknown, the catalog of ${view.catalog.release} does not know ${parts.length === 0 ? 'the chart' : listed(parts)}`;
}

function ruleReason(view: StackView, entry: ImageEntry, pathOf: PathOf): string {
  const parts = entry.resolved.kind === 'unknown' ? [] : entry.resolved.parts;
  if (entry.form !== 'map') return 'since none is written';
  if (parts.length === 0) return `built into ${entry.component.title} of ${view.catalog.release}`;
  return `from ${listed(parts.map(part => partText(view, part, pathOf)))}`;
}

function partText(view: StackView, { path, value }: Part, pathOf: PathOf): string {
  const winner = view.effective.at(path)?.winner;
  const place = winner === undefined ? '' : `, ${sayPlace(winner, pathOf)}`;
  return `${path} (${isUnset(value) ? 'not set' : printable(formatFlow(value))}${place})`;
}

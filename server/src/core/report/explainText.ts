import { pulledReference, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import { isUncertainImage } from '../analysis/uncertainImages.ts';
import type { Component } from '../catalog/types.ts';
import { formatFlow } from '../yaml/format.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { Explanation } from './explain.ts';
import { retiredSentence, targetOf } from './imagesJson.ts';
import { chartSnippet } from '../rules/pullSecrets/chartSnippet.ts';
import { snippetLines } from './pullSecretsText.ts';
import { expandNamespaces } from '../pullSecrets/namespaces.ts';
import { sayPlace } from './sayPlace.ts';
import { stateText } from './stateText.ts';
import { count, type TextStyle } from './style.ts';
import { printable } from '../text/printable.ts';
import { shortened } from '../text/shorten.ts';
import { alignedRows, type Cell } from './table.ts';
import { tagReason } from './tagReason.ts';
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
  const { style, pathOf } = options;
  const head = `${style.paint(printable(path), 'bold')} · deployKF ${view.catalog.release}`;
  const isMissing = value === undefined || effective === undefined;
  const shown = isMissing ? missing(view, path, options) : printValue(shownValue(view, path) ?? null);
  const isOpen = value !== undefined && view.isUncertain(path);
  const note = isOpen ? ' (a layer that is missing here may set another value)' : '';
  const blocks: (readonly string[])[] = [[head, `  ${shown}${note}`]];
  const layers = (value?.all ?? []).map((part, index): readonly Cell[] => [
    [sayPlace(part, pathOf), text => (index === 0 ? style.paint(text, 'green') : text)],
    [printValue(shownPart(part))],
  ]);
  if (layers.length > 0) blocks.push(['Layers, strongest first', ...alignedRows(layers, '  ')]);
  if (image !== undefined) {
    blocks.push(imageLines(view, image, options));
    const snippet = chartSnippet(view, image);
    if (snippet !== undefined) blocks.push(snippetLines(snippet));
  }
  return blocks.map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

function printValue(value: Value): string {
  const text = printable(formatFlow(value));
  if (text.length <= longest) return text;
  // Without its middle, a list or map is not to be read.
  const start = `${text.slice(0, longest - 1)}…`;
  if (Array.isArray(value)) return `${count(value.length, 'item')}: ${start}`;
  if (isRecord(value)) return `${count(Object.keys(value).length, 'key')}: ${start}`;
  return shortened(text, longest);
}

/** A path of the release that is gone from the merge: some layer replaced a section above it. */
function missing(view: StackView, path: string, { pathOf }: ExplainTextOptions): string {
  const steps: Path = parsePath(path);
  for (let depth = steps.length - 1; depth > 0; depth--) {
    const above = view.effective.at(steps.slice(0, depth));
    if (above === undefined) continue;
    const place = `${printPath(steps.slice(0, depth))} in ${sayPlace(above.winner, pathOf)}`;
    return `(nothing: ${printable(place)} takes the place of the defaults below it)`;
  }
  return '(nothing)';
}

function imageLines(view: StackView, entry: ImageEntry, options: ExplainTextOptions): readonly string[] {
  const { style } = options;
  const reference = entry.templated ? undefined : pulledReference(entry);
  const target = targetOf(entry);
  const unless = isUncertainImage(view, entry) ? ', unless a layer that is missing here sets another' : '';
  const rows: Cell[][] = [
    [['pulled'], [`${printable(reference ?? 'not known')}${unless}`, text => style.paint(text, 'bold')]],
    [['tag'], [tagReason(view, entry, options.pathOf)]],
    [['state'], [stateText(view, entry)]],
  ];
  if (entry.override !== undefined) rows.push([['set by'], [printable(entry.override)]]);
  if (target !== undefined) rows.push([['by the policy'], [target]]);
  if (entry.retired !== undefined)
    rows.push([['retired'], [retiredSentence(entry.canonical ?? '', entry.retired)]]);
  const isOpenSwitch = view.isUncertain(entry.component.enabledPath);
  if (!entry.enabled || isOpenSwitch) rows.push([['enabled'], [whyOff(view, entry.component)]]);
  const { usedFor, secondPlace, namespaces } = entry.image;
  const uses = [usedFor, secondPlace?.usedFor ?? ''].filter(use => use !== '');
  if (uses.length > 0) rows.push([['used for'], [uses.join('; ')]]);
  const where = expandNamespaces(view, namespaces);
  if (where.length > 0) rows.push([['pulled in'], [printable(where.join(', '))]]);
  return [`Image ${entry.path}`, ...alignedRows(rows, '  ')];
}

function whyOff(view: StackView, { enabledPath }: Component): string {
  if (!view.isUncertain(enabledPath)) return `no, ${enabledPath} is off`;
  return `not known, a layer that is missing here may set ${enabledPath}`;
}

import { whyOpen } from '../analysis/whyOpen.ts';
import type { ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Part } from '../catalog/tagRules.ts';
import { isUnset } from '../go/print.ts';
import { printable } from '../text/printable.ts';
import { formatFlow } from '../yaml/format.ts';
import { sayPlace } from './sayPlace.ts';
import { listed } from './style.ts';
import { tagSource } from './tagSource.ts';
import type { PathOf } from './types.ts';

/** The tag and why it is that one. */
export function tagReason(view: StackView, entry: ImageEntry, pathOf: PathOf): string {
  const { resolved } = entry;
  const { from, tag, said } = tagSource(view, entry);
  if (from === 'unknown') return unknownReason(view, entry);
  let reason = printable(tag ?? '(empty)');
  if (from === 'rule') return `${reason}, ${ruleReason(view, entry, pathOf)}`;
  if (said !== undefined) reason += `, from ${sayPlace(said, pathOf)}`;
  if (resolved.kind === 'literal') return `${reason}: no usable tag, this is what the template writes`;
  return reason;
}

function unknownReason(view: StackView, entry: ImageEntry): string {
  const { resolved, templated } = entry;
  if (templated) return `unknown, ${whyOpen(entry)}`;
  if (resolved.kind !== 'unknown' || resolved.reason !== 'chart-version') return 'unknown';
  const parts = listed(resolved.parts.map(({ path, value }) => `${path} (${formatFlow(value)})`));
  return `unknown, the catalog of ${view.catalog.release} does not know ${parts || 'the chart'}`;
}

function ruleReason(view: StackView, entry: ImageEntry, pathOf: PathOf): string {
  const { resolved, component } = entry;
  if (entry.form !== 'map' && resolved.parts.length === 0) return 'since none is written';
  if (resolved.kind === 'unknown' || resolved.parts.length === 0)
    return `built into ${component.title} of ${view.catalog.release}`;
  return `from ${listed(resolved.parts.map(part => partText(view, part, pathOf)))}`;
}

function partText(view: StackView, { path, value }: Part, pathOf: PathOf): string {
  const shown = isUnset(value) ? 'not set' : printable(formatFlow(value));
  const winner = view.effective.at(path)?.winner;
  if (winner === undefined) return `${path} (${shown})`;
  return `${path} (${shown}, ${sayPlace(winner, pathOf)})`;
}

import type { Location } from '../stack/valuesFile.ts';
import type { Contribution } from '../stack/effective.ts';
import type { StackView } from '../analysis/stackView.ts';
import { printable } from '../text/printable.ts';
import type { Span } from '../text/span.ts';
import { effectiveDocument, nearestIn, type EffectiveDocument } from '../workspace/effectiveValues.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import { spokenOffsets } from '../yaml/spokenOffsets.ts';
import { placeAt } from '../yaml/lookup.ts';
import { keyText, type Path, type YamlNode } from '../yaml/nodes.ts';

/** Where a line of the effective values comes from. */
export interface ValueOrigin {
  /** The end of the line. */
  readonly offset: number;
  /** Such as `⟵ prod.yaml:8`, or `⟵ default`. */
  readonly label: string;
  /** `undefined`: it is upstream's. */
  readonly place?: Location;
}

/** The origins of all lines in a part of the document that have a value; a map may be of many layers. */
export function valueOrigins(document: EffectiveDocument, span: Span): readonly ValueOrigin[] {
  const lines = new Map<number, ValueOrigin>();
  const add = (path: Path, at: number): void => {
    const origin = document.view.effective.at(path)?.winner;
    const { source } = document.file;
    const { line } = source.positionAt(at);
    if (origin !== undefined && !lines.has(line))
      lines.set(line, { offset: source.lineEnd(line), ...sayOrigin(origin) });
  };
  const visit = (node: YamlNode, path: Path, start: number): void => {
    if (start > span.end || node.span.end < span.start) return;
    const isBlock = (node.kind === 'map' || node.kind === 'seq') && !node.flow;
    if (!isBlock || node.kind === 'seq') add(path, start);
    if (isBlock && node.kind === 'map')
      for (const { key, value } of node.pairs) visit(value, [...path, keyText(key)], key.span.start);
    if (isBlock && node.kind === 'seq')
      node.items.forEach((item, index) => visit(item, [...path, index], item.span.start));
  };
  const { root } = document.file;
  if (root !== undefined) visit(root, [], root.span.start);
  return [...lines.values()];
}

/**
 * Where the effective values have what an offset of a file says, or what is nearest above it: of a blank in a line what
 * the line says, of a line without a value the section that it is in.
 */
export function effectivePlace(
  snapshot: Snapshot,
  document: string,
  { uri, offset }: { readonly uri: string; readonly offset: number },
): Location | undefined {
  const shown = effectiveDocument(snapshot, document);
  const text = snapshot.file(uri)?.text;
  if (shown === undefined || text === undefined) return undefined;
  for (const candidate of [offset, ...spokenOffsets(text, offset)]) {
    const at = snapshot.textAt(uri, candidate);
    const path = at && placeAt(at.file.root, at.offset)?.path;
    const key = path && nearestIn(shown.file, path)?.pair?.key;
    if (key !== undefined) return { ...shown.file.locate(key.span), uri: document };
  }
  return undefined;
}

/** A value that counts in none of the stacks of its file. */
export interface OverriddenTarget extends Location {
  /** Who wins in each stack, such as `prod.yaml:8`. */
  readonly by: readonly string[];
}

/** The values of a file that stronger layers override in all its stacks. */
export function overriddenValues(snapshot: Snapshot, uri: string): readonly OverriddenTarget[] {
  const outer = snapshot.file(uri);
  if (outer === undefined) return [];
  return [outer, ...snapshot.hostedIn(uri)].flatMap(file => {
    const views = snapshot.viewsOf(file.uri);
    const found: OverriddenTarget[] = [];
    const visit = (node: YamlNode, path: Path): void => {
      if (node.kind !== 'map') return;
      for (const { key, value } of node.pairs) {
        const below = [...path, keyText(key)];
        const by = winnersOver(views, file.uri, below);
        const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
        if (by === undefined) visit(value, below);
        else found.push({ ...file.locate(span), by });
      }
    };
    if (file.root !== undefined && views.length > 0) visit(file.root, []);
    return found;
  });
}

/** `undefined`: the file has its say in one of the stacks. */
function winnersOver(views: readonly StackView[], uri: string, path: Path): readonly string[] | undefined {
  const by: string[] = [];
  for (const { effective, stack } of views) {
    const found = effective.at(path);
    const isOwn = ({ layer }: Contribution): boolean => layer.file?.uri === uri;
    if (found === undefined || !found.all.some(isOwn) || found.parts.some(isOwn)) return undefined;
    const { where } = sayWhere(found.winner);
    by.push(views.length > 1 ? `${where} (${printable(stack.name)})` : where);
  }
  return by;
}

function sayOrigin(origin: Contribution): Omit<ValueOrigin, 'offset'> {
  const { where, place } = sayWhere(origin);
  return { label: `⟵ ${where}`, ...(place && { place }) };
}

function sayWhere({ layer, pair, written }: Contribution): {
  readonly where: string;
  readonly place?: Location;
} {
  const span = pair?.key.span ?? written.span;
  if (layer.file !== undefined) {
    const place = layer.file.locate(span);
    return { where: `${printable(layer.label)}:${place.start.line + 1}`, place };
  }
  if (layer.document === undefined) return { where: 'default' };
  const { line } = layer.document.source.positionAt(span.start);
  return { where: `${printable(layer.label)}:${line + 1}` };
}

import { pulledReference } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { findPath } from '../yaml/lookup.ts';
import { pairSpan, parsePath } from '../yaml/nodes.ts';

/**
 * An entry of the outline. Spans are those of the real file; `selection` is in `span`, as are the children.
 */
export interface DocumentSymbol {
  readonly kind: 'stack' | 'component' | 'image';
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/**
 * The components that a file sets something of, with their images as they are pulled;
 * those in Applications below these.
 */
export function documentSymbols(snapshot: Snapshot, uri: string): readonly DocumentSymbol[] {
  const file = snapshot.file(uri);
  if (file === undefined || !snapshot.isConcerned(uri)) return [];
  const hosted = snapshot.hostedIn(uri).flatMap(text => applicationSymbol(snapshot, file, text) ?? []);
  if (file.applications.length > 0) return inOrder(hosted);
  return inOrder([...componentSymbols(snapshot, file), ...hosted]);
}

function applicationSymbol(
  snapshot: Snapshot,
  file: ValuesFile,
  text: ValuesFile,
): DocumentSymbol | undefined {
  const view = snapshot.viewsByChoice(text.uri)[0];
  const whole = text.host?.embedding.toOuter({ start: 0, end: text.text.length });
  if (view === undefined || whole === undefined) return undefined;
  return {
    kind: 'stack',
    name: view.stack.name,
    detail: `values · deployKF ${view.stack.release}`,
    span: whole,
    selection: {
      start: whole.start,
      end: Math.min(whole.end, file.source.lineEnd(file.source.positionAt(whole.start).line)),
    },
    children: componentSymbols(snapshot, text),
  };
}

function componentSymbols(snapshot: Snapshot, text: ValuesFile): readonly DocumentSymbol[] {
  const view = snapshot.viewsByChoice(text.uri)[0];
  if (view === undefined) return [];
  const symbols: DocumentSymbol[] = [];
  for (const component of view.catalog.catalog.components) {
    const { path: name, title } = component;
    const place = placeOf(text, name);
    if (place === undefined) continue;
    const detail = view.isEnabled(component) ? title : `${title} · not deployed`;
    symbols.push({ kind: 'component', name, detail, ...place, children: imageSymbols(view, text, name) });
  }
  return inOrder(symbols);
}

function imageSymbols(view: StackView, text: ValuesFile, component: string): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  for (const entry of view.images.filter(image => image.component.path === component)) {
    const place = placeOf(text, entry.path);
    if (place === undefined) continue;
    const name = entry.path.slice(component.length + 1).replace(/^images\./, '');
    symbols.push({ kind: 'image', name, detail: pulledReference(entry) ?? '', ...place, children: [] });
  }
  return inOrder(symbols);
}

/** Where the text itself, and not an alias or merge key in it, has a value path. */
function placeOf(text: ValuesFile, path: string): Pick<DocumentSymbol, 'span' | 'selection'> | undefined {
  const foundPath = findPath(text.root, parsePath(path), new Map());
  if (foundPath === undefined || foundPath.inherited) return undefined;
  const toOuter = (span: Span): Span => text.host?.embedding.toOuter(span) ?? span;
  const { pair, node } = foundPath;
  if (pair !== undefined) return { span: toOuter(pairSpan(pair)), selection: toOuter(pair.key.span) };
  const span = toOuter(node.span);
  return { span, selection: span };
}

function inOrder(symbols: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
  return symbols.toSorted((a, b) => a.span.start - b.span.start);
}

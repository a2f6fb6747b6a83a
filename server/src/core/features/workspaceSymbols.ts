import type { StackView } from '../analysis/stackView.ts';
import { keyLocationOf, userSay, type ReportLocation } from '../findings/location.ts';
import { imageLabel } from '../rules/image/rewriteChanges.ts';
import type { Span } from '../text/span.ts';
import { shownText } from './symbolName.ts';

/** Something that can be gone to from anywhere. */
export interface WorkspaceSymbol {
  readonly kind: 'stack' | 'component' | 'image';
  readonly name: string;
  /** What it is in, to tell it from others of the same name. */
  readonly container: string;
  readonly uri: string;
  readonly span: Span;
}

/**
 * The stack with its components and images whose names have the letters of the query in this order, each at the key of the
 * strongest layer that sets something of it, or else at the section that an override would be in.
 */
export function workspaceSymbols(view: StackView, query: string): readonly WorkspaceSymbol[] {
  const { stack, catalog } = view;
  const within = stack.name === '' ? '' : ` · ${shownText(stack.name)}`;
  const symbols: WorkspaceSymbol[] = [];
  const add = (symbol: Omit<WorkspaceSymbol, 'uri' | 'span'>, location: ReportLocation | undefined): void => {
    if (location !== undefined) symbols.push({ ...symbol, uri: location.uri, span: location.span });
  };
  if (stack.name !== '' && isMatch(stack.name, query))
    add(
      { kind: 'stack', name: shownText(stack.name), container: `deployKF ${stack.release}` },
      stackLocation(view),
    );
  for (const { path, title } of catalog.catalog.components)
    if (isMatch(path, query))
      add({ kind: 'component', name: path, container: `${title}${within}` }, locationAt(view, path));
  for (const entry of view.images) {
    const name = imageLabel(entry);
    const container = `${entry.component.path}${within}`;
    if (isMatch(name, query)) add({ kind: 'image', name, container }, locationAt(view, entry.path));
  }
  return symbols;
}

function stackLocation({ stack, ownLayer }: StackView): ReportLocation | undefined {
  if (stack.definedAt !== undefined) return stack.definedAt;
  return ownLayer?.file && { uri: ownLayer.file.uri, span: { start: 0, end: 0 } };
}

/** The key that sets it, or else the section that an override of it would be in. */
function locationAt(view: StackView, path: string): ReportLocation | undefined {
  const say = userSay(view.effective.at(path));
  if (say !== undefined) return keyLocationOf(say);
  const nearest = view.nearestKey(path);
  return nearest?.depth === 0 ? undefined : nearest;
}

/** As LSP recommends: editors sort and filter further. */
function isMatch(name: string, query: string): boolean {
  const letters = name.toLowerCase();
  let from = 0;
  for (const letter of query.toLowerCase()) {
    from = letters.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

import type { Snapshot } from './snapshot.ts';
import { defaultsUri, fromStep } from './virtualUris.ts';
import { effectiveDocument, mergedText } from './effectiveValues.ts';
import { ValuesFile } from '../stack/valuesFile.ts';
import { printValues } from '../catalog/shownValues.ts';
import { findPath } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import type { Span } from '../text/span.ts';

/**
 * The text of a virtual document; `undefined` for a URI that is not one, or whose release or stack is gone.
 */
export function virtualText(snapshot: Snapshot, uri: string): string | undefined {
  const [, kind, step = '', last = ''] =
    /^deploykf-values:\/(defaults|commented|merged|samples)\/([^/]+)\/(.*)$/.exec(uri) ?? [];
  const name = fromStep(step);
  if (kind === 'defaults') {
    const catalog = snapshot.state.catalogs.of(name)?.catalog;
    return catalog && printValues(catalog.defaults);
  }
  if (kind === 'commented') return snapshot.state.catalogs.commented?.(name)?.document.source.text;
  if (kind === 'samples')
    return snapshot.state.catalogs.sample?.(name, fromStep(last))?.document?.source.text;
  const view = kind === 'merged' ? snapshot.viewById(name) : undefined;
  return view ? mergedText(view) : effectiveDocument(snapshot, uri)?.file.text;
}

/** Where a value path is in the document of the defaults. */
export function spanInDefaults(snapshot: Snapshot, catalog: string, path: Path): Span | undefined {
  const text = virtualText(snapshot, defaultsUri(catalog));
  if (text === undefined) return undefined;
  const file = new ValuesFile('', text);
  return findPath(file.root, path, new Map())?.pair?.key.span;
}

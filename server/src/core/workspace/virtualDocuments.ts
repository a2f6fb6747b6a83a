import type { Snapshot } from './snapshot.ts';
import type { StackView } from '../analysis/stackView.ts';
import { shownValue } from '../redaction/redactValue.ts';
import { ValuesFile } from '../stack/valuesFile.ts';
import { formatPair } from '../yaml/format.ts';
import { findPath } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import type { Span } from '../text/span.ts';

/** Read-only documents that are not in any file. */
export const virtualScheme = 'deploykf-values';

/** The defaults of a catalog, by the name that stacks have it under: without upstream's comments. */
export function defaultsUri(catalog: string): string {
  return `${virtualScheme}:/defaults/${asStep(catalog)}/default_values.yaml`;
}

/** The values that are left after the merge of a stack's layers. */
export function effectiveUri(stackId: string, name: string): string {
  return `${virtualScheme}:/effective/${asStep(stackId)}/${encodeURIComponent(name === '' ? 'values' : name)}.yaml`;
}

/**
 * The text of a virtual document; `undefined` for a URI that is not one, or whose release or stack is gone.
 */
export function virtualText(snapshot: Snapshot, uri: string): string | undefined {
  const [, kind, step = ''] = /^deploykf-values:\/(defaults|effective)\/([^/]+)\//.exec(uri) ?? [];
  const name = fromStep(step);
  if (kind === 'defaults') {
    const catalog = snapshot.state.catalogs.of(name)?.catalog;
    return catalog && printValues(catalog.defaults, []);
  }
  const plan = snapshot.plans.find(candidate => candidate.id === name);
  const view = plan && snapshot.view(plan);
  return view && effectiveText(view);
}

/** A text as a step of a path, in characters that no client encodes or decodes. */
function asStep(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/g, unit => `_${unit.charCodeAt(0).toString(16)}_`);
}

function fromStep(step: string): string {
  return step.replace(/_([0-9a-f]{1,4})_/g, (_, unit: string) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

function effectiveText(view: StackView): string {
  const layers = view.effective.layers.map(layer => layer.label).join(', ');
  const title = view.stack.name === '' ? '' : `Stack ${view.stack.name}: `;
  return printValues(shownValue(view, []) ?? {}, [`${title}what is left of ${layers} after the merge`]);
}

/** Where a value path is in the document of the defaults. */
export function spanInDefaults(snapshot: Snapshot, catalog: string, path: Path): Span | undefined {
  const text = virtualText(snapshot, defaultsUri(catalog));
  if (text === undefined) return undefined;
  const file = new ValuesFile('', text);
  return findPath(file.root, path, new Map())?.pair?.key.span;
}

function printValues(values: Value, comments: readonly string[]): string {
  const head = comments.map(comment => `# ${comment}\n`).join('');
  if (!isRecord(values)) return `${head}\n`;
  const sections = Object.entries(values).map(([key, below]) => formatPair(key, below, 2).join('\n'));
  return `${head}${sections.join('\n\n')}\n`;
}

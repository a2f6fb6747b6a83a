import type { ImageEntry } from '../../analysis/images.ts';
import type { StackView } from '../../analysis/stackView.ts';
import { overrideValue } from '../../pullSecrets/chartSecrets.ts';
import { explainPullSecrets } from '../../pullSecrets/explain.ts';
import { formatPair } from '../../yaml/format.ts';
import { isRecord, type Value } from '../../yaml/value.ts';
import { handedTo, pullSecretGaps, secretNamespaces } from './pullSecretGaps.ts';

/** Values that hand charts the Secrets that the policy does not bring to their Pods. */
export interface ChartSnippet {
  readonly values: { readonly [key: string]: Value };
  /** The lines of `values` in block style. */
  readonly lines: readonly string[];
  /** Where the Secrets must be before the sync. */
  readonly namespaces: readonly string[];
}

/** For all images of a stack that need it, or one of them; `undefined` when none does, or its chart takes no Secret. */
export function chartSnippet(view: StackView, image?: ImageEntry): ChartSnippet | undefined {
  const { rendered, refused, templated } = explainPullSecrets(view);
  if (!rendered || refused !== undefined || templated) return undefined;
  const values: Nested = {};
  const namespaces = new Set<string>();
  for (const gap of pullSecretGaps(view)) {
    const images = gap.images.filter(({ entry }) => image === undefined || entry === image);
    const handed = handedTo(view, images);
    for (const { key, path, secrets } of handed) setAt(values, path, overrideValue(key, [...secrets]));
    if (handed.length > 0) for (const name of secretNamespaces(view, gap, handed)) namespaces.add(name);
  }
  if (namespaces.size === 0) return undefined;
  const lines = Object.entries(values).flatMap(([key, value]) => formatPair(key, value, 2));
  return { values, lines, namespaces: [...namespaces] };
}

type Nested = Record<string, Value>;

function setAt(values: Nested, [first = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    values[first] = value;
    return;
  }
  const known = values[first];
  const below: Nested = isRecord(known) ? { ...known } : {};
  setAt(below, rest, value);
  values[first] = below;
}

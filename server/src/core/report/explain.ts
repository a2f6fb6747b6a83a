import { holdsPath, type ImageEntry } from '../analysis/images.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { EffectiveValue } from '../stack/effective.ts';
import { nearestName } from '../catalog/nearestName.ts';
import { isConfidential } from '../redaction/redact.ts';
import { parsePath, printPath, type Path } from '../yaml/nodes.ts';
import type { Value } from '../yaml/value.ts';

/** Everything known about one value path of a stack. */
export interface Explanation {
  readonly path: string;
  /** `undefined`: a layer took the section away in which the release has the path. */
  readonly effective: Value | undefined;
  readonly value: EffectiveValue | undefined;
  /** The image that is at the path or contains it. */
  readonly image: ImageEntry | undefined;
}

export type Explained =
  | { readonly kind: 'known'; readonly explanation: Explanation }
  /** Neither the release nor a layer has the path. */
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] };

export function explain(view: StackView, text: string): Explained {
  const path = parsePath(text);
  if (path.length === 0) return { kind: 'unknown', nearest: nearestPaths(view, path) };
  const value = view.effective.at(path);
  const isInRelease = view.catalog.defaultAt(path) !== undefined;
  if (value === undefined && !isInRelease) return { kind: 'unknown', nearest: nearestPaths(view, path) };
  const printed = printPath(path);
  const image =
    view.images.find(entry => holdsPath(entry, printed, 'path')) ??
    view.images.find(entry => holdsPath(entry, printed, 'override'));
  const effective = value && view.effective.value(path);
  return { kind: 'known', explanation: { path: printed, effective, value, image } };
}

/** The paths that may be meant: the misspelled step put right, or all image values of that name. */
function nearestPaths(view: StackView, path: Path): readonly string[] {
  const last = path.at(-1);
  const named = view.images.map(entry => entry.path).filter(own => own.split('.').at(-1) === last);
  if (named.length > 0) return named;
  const corrected = correct(view, path);
  if (corrected !== undefined) return [corrected];
  if (typeof last !== 'string') return [];
  const names = new Map(view.images.map(entry => [entry.path.split('.').at(-1) ?? '', entry.path]));
  const near = nearestName(last, [...names.keys()]);
  if (near === undefined) return [];
  return [names.get(near) ?? ''];
}

/** The keys at a path that may be named to somebody who did not. */
function openKeys(view: StackView, path: Path): readonly string[] {
  return view.effective.keys(path).filter(key => {
    const { layer, pair } = view.effective.at([...path, key])?.winner ?? {};
    return layer?.file === undefined || pair === undefined || !isConfidential(layer.file, pair.key.span);
  });
}

/** The path with every unknown key replaced by the nearest known one; `undefined` when a step has none. */
function correct(view: StackView, path: Path): string | undefined {
  const fixed: (string | number)[] = [];
  for (const step of path) {
    if (view.effective.at([...fixed, step]) !== undefined) {
      fixed.push(step);
      continue;
    }
    if (typeof step !== 'string') return undefined;
    const near = nearestName(step, openKeys(view, fixed));
    if (near === undefined) return undefined;
    fixed.push(near);
  }
  if (fixed.length === 0) return undefined;
  return printPath(fixed);
}

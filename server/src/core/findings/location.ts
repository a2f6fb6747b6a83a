import type { Contribution, EffectiveValue } from '../stack/effective.ts';
import type { StackView } from '../analysis/stackView.ts';
import type { Layer } from '../stack/layer.ts';
import type { ValuesFile } from '../stack/valuesFile.ts';
import type { Span } from '../text/span.ts';
import { isForeign } from '../analysis/writtenKeys.ts';
import type { Report } from './finding.ts';

/** A place in a file that a finding can be shown at. */
export interface ReportLocation {
  readonly uri: string;
  readonly span: Span;
}

/** The first key of a file, for what can be say about the file as a whole. */
export function firstKey(file: ValuesFile): Span {
  return file.map?.pairs[0]?.key.span ?? { start: 0, end: file.source.lineEnd(0) };
}

/**
 * Where the value was written by the user, if need be below a root key that is not deployKF's, from where an alias or merge key brings
 * it; `undefined` for a default and for text that belongs to another place, where it is reported.
 */
export function writtenLocation(
  view: StackView,
  value: EffectiveValue | undefined,
): ReportLocation | undefined {
  if (value === undefined) return undefined;
  return ownLocationOf(value.winner) ?? anchoredLocation(view, value);
}

/** The place of one layer's say: the value, or the key when nothing is written after it. */
export function ownLocationOf(say: Contribution): ReportLocation | undefined {
  if (say.inherited) return undefined;
  return locationOf(say);
}

/** Like `placeOf`, but the key of a pair, for findings about a whole map. */
export function ownKeyLocationOf(say: Contribution): ReportLocation | undefined {
  if (say.inherited) return undefined;
  return keyLocationOf(say);
}

/**
 * Like `placeOf`, also for text that an alias or merge key brings from elsewhere in the file, at its real place: for what
 * is wrong wherever it is used. `undefined` for a default.
 */
export function locationOf({ layer, written, pair }: Contribution): ReportLocation | undefined {
  if (layer.file === undefined) return undefined;
  const isEmpty = written.span.start === written.span.end;
  return { uri: layer.file.uri, span: isEmpty && pair !== undefined ? pair.key.span : written.span };
}

/** Like `standsAt`, but the key of a pair. */
export function keyLocationOf({ layer, written, pair }: Contribution): ReportLocation | undefined {
  return layer.file && { uri: layer.file.uri, span: pair?.key.span ?? written.span };
}

/**
 * Where text is that an alias or merge key brings from below a root key that is not deployKF's: nothing else is said of it there.
 * `undefined`: it is elsewhere.
 */
export function anchoredLocation(
  { catalog }: StackView,
  value: EffectiveValue | undefined,
): ReportLocation | undefined {
  if (value?.winner.inherited !== true) return undefined;
  const { layer, written } = value.winner;
  return isForeign(catalog, layer, written) ? locationOf(value.winner) : undefined;
}

/** Where the value is, even when it belongs elsewhere; `undefined` for a default. */
export function effectiveLocation(value: EffectiveValue | undefined): ReportLocation | undefined {
  return value && locationOf(value.winner);
}

/** The strongest say of a user's layer at a path, and its place; `undefined` when only the defaults speak. */
export function userSay(value: EffectiveValue | undefined): Contribution | undefined {
  return value?.all.find(part => part.layer.file !== undefined);
}

/**
 * Where to report what is missing at a path: the nearest key that exists in the stack's strongest file, the first line of one
 * without keys, or the Application of a stack that has no text of the user.
 */
export function nearestLocation(view: StackView, path: string): ReportLocation | undefined {
  const nearest = view.nearestKey(path);
  if (nearest !== undefined) return { uri: nearest.uri, span: nearest.span };
  const file = view.ownLayer?.file;
  if (file !== undefined) return { uri: file.uri, span: { start: 0, end: file.source.lineEnd(0) } };
  const { kind, definedAt } = view.stack;
  return kind === 'application' ? definedAt : undefined;
}

/** Whether all files of the stack parse whole. What is absent from a text that does not may only be hidden. */
export function parsesWhole({ stack }: StackView): boolean {
  return !stack.layers.some(isBroken);
}

/**
 * Whether it is known which values no layer sets, so that they may be added: a layer that is missing may set them, and so may a text
 * that does not parse.
 */
export function knowsOverrides(view: StackView): boolean {
  return view.stack.missing === undefined && parsesWhole(view);
}

/** Whether the file that holds a layer does not parse, or a template fills in lines of it. */
export function isBroken({ file }: Layer): boolean {
  return file !== undefined && (file.yaml.problems.length > 0 || file.hasTemplateLines);
}

/** The report at a place, or none where there is no place. */
export function reportAt(
  place: ReportLocation | undefined,
  report: Omit<Report, 'uri' | 'span'>,
): readonly Report[] {
  if (place === undefined) return [];
  return [{ ...report, ...place }];
}

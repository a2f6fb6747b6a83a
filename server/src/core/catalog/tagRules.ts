import type { Value } from '../yaml/value.ts';
import { isUnset, printAsGo, printWithPercentS } from '../go/print.ts';
import { ownValue } from '../text/ownValue.ts';
import type { CatalogImage, RepositoryRule, TagRule, Unset } from './types.ts';

/** The effective value at a value path; `undefined` when no layer has it. */
export type Lookup = (path: string) => Value | undefined;

/** A value that a resolved text was made of. */
export interface Part {
  readonly path: string;
  readonly value: Value;
}

/**
 * Why nothing can be said: `absent`, there is no value at the path; `no-rule`, what the template does without a value is
 * not known; `chart-version`, the tag is that of a chart version that the catalog does not know (see `parts`).
 */
export type UnknownReason = 'absent' | 'no-rule' | 'chart-version';

export type ResolvedTag =
  | {
      readonly kind: 'known';
      readonly tag: string;
      /** `value`: the tag value itself. `rule`: what chart, template or kustomization put in for it. */
      readonly from: 'value' | 'rule';
      readonly parts: readonly Part[];
      /** No such tag is published in the release's default repository. */
      readonly unpublished?: true;
    }
  /** What is really rendered in place of a usable tag: `nil`, nothing at all, `%!s(float64=1.2)`. */
  | { readonly kind: 'literal'; readonly text: string; readonly parts: readonly Part[] }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly parts: readonly Part[] };

export type ResolvedText =
  | { readonly kind: 'known'; readonly text: string; readonly from: 'value' | 'rule' }
  /** What is really rendered in place of a usable text: `nil`, nothing at all, `%!s(<nil>)`. */
  | { readonly kind: 'literal'; readonly text: string }
  /** Nothing is rendered: there is no image at this place. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** The tag of an image of form `map`, as it is really pulled. For a second place, pass that place's rule as `tag`. */
export function resolveTag(
  { path, tag: rule }: Pick<CatalogImage, 'path' | 'tag'>,
  effective: Lookup,
): ResolvedTag {
  const part = partAt(`${path}.tag`, effective);
  if (part === undefined) return { kind: 'unknown', reason: 'absent', parts: [] };
  const usesFallback = rule.read !== 'always' && isUnset(part.value);
  if (usesFallback) return resolveFallback(rule, effective);
  if (rule.renderedFrom !== undefined) return resolveInstead(rule, rule.renderedFrom, part, effective);
  return fromValue(part, rule);
}

/** The repository of an image of form `map`. */
export function resolveRepository(rule: RepositoryRule, value: Value | undefined): ResolvedText {
  if (value === undefined) return { kind: 'unknown', reason: 'absent' };
  if (typeof value === 'string' && value !== '') return { kind: 'known', text: value, from: 'value' };
  if (value === '' && rule.read === 'unlessEmpty') {
    if (rule.fallback === undefined) return { kind: 'unknown', reason: 'no-rule' };
    return { kind: 'known', text: rule.fallback, from: 'rule' };
  }
  return { kind: 'literal', text: printAs(rule, value) };
}

function printAs({ read }: Pick<TagRule | RepositoryRule, 'read'>, value: Value): string {
  if (read === 'joined') return printWithPercentS(value);
  return printAsGo(value);
}

/** The reference that a value of form `string`, or one item of form `list`, stands for. */
export function resolveReference(rule: TagRule, value: Value | undefined): ResolvedText {
  if (value === undefined) return { kind: 'unknown', reason: 'absent' };
  if (value === null || (rule.read !== 'always' && value !== '' && isUnset(value)))
    return unsetText(rule.whenNull);
  if (value === '') return unsetText(rule.whenEmpty);
  if (typeof value === 'string') return { kind: 'known', text: value, from: 'value' };
  return { kind: 'literal', text: printAsGo(value) };
}

function unsetText(unset: Unset | undefined): ResolvedText {
  if (unset === undefined) return { kind: 'unknown', reason: 'no-rule' };
  if (unset === 'none') return { kind: 'none' };
  if (unset === 'nil') return { kind: 'literal', text: 'nil' };
  if (unset === 'broken') return { kind: 'literal', text: '' };
  return { kind: 'known', text: unset.reference, from: 'rule' };
}

function fromValue(part: Part, rule: TagRule): ResolvedTag {
  const { value } = part;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const isUsable = rule.read === 'joined' ? typeof value === 'string' : isScalar && value !== '';
  const text = printAs(rule, value);
  if (isUsable) return { kind: 'known', tag: text, from: 'value', parts: [part] };
  return { kind: 'literal', text, parts: [part] };
}

/**
 * The tag is only a switch: what is rendered is at another path. kustomize keeps its own tag for an empty
 * one.
 */
function resolveInstead(rule: TagRule, path: string, part: Part, effective: Lookup): ResolvedTag {
  const other = partAt(path, effective);
  if (other === undefined) return { kind: 'unknown', reason: 'absent', parts: [part] };
  const parts = [part, other];
  if (other.value === '') return { ...resolveFallback(rule, effective), parts };
  return { ...fromValue(other, rule), parts };
}

function resolveFallback(rule: TagRule, effective: Lookup): ResolvedTag {
  if (rule.exactVersionAt !== undefined) {
    const pinned = partAt(rule.exactVersionAt, effective);
    if (pinned === undefined) return { kind: 'unknown', reason: 'chart-version', parts: [] };
    if (!isExactVersion(pinned.value)) return { kind: 'unknown', reason: 'chart-version', parts: [pinned] };
  }
  if (rule.fallback === undefined) return resolveByVersion(rule, undefined, effective);
  const filled = fillTemplate(rule.fallback, rule, effective);
  if (filled.text === '') return resolveByVersion(rule, filled, effective);
  const { text, parts, isUsable } = filled;
  if (!isUsable) return { kind: 'literal', text, parts };
  const resolvedTag: ResolvedTag = { kind: 'known', tag: text, from: 'rule', parts };
  if (rule.fallbackUnpublished === true) return { ...resolvedTag, unpublished: true };
  return resolvedTag;
}

function resolveByVersion(rule: TagRule, filled: Filled | undefined, effective: Lookup): ResolvedTag {
  const table = rule.fallbackByVersion;
  const before = filled?.parts ?? [];
  if (table === undefined) {
    if (filled === undefined) return { kind: 'unknown', reason: 'no-rule', parts: [] };
    return { kind: 'literal', text: '', parts: before };
  }
  const part = partAt(table.path, effective);
  const parts = [...before];
  if (part !== undefined) parts.push(part);
  const tag = ownValue(table.tags, part === undefined ? '' : printAsGo(part.value));
  if (tag === undefined) return { kind: 'unknown', reason: 'chart-version', parts };
  return { kind: 'known', tag, from: 'rule', parts };
}

interface Filled {
  readonly text: string;
  readonly parts: readonly Part[];
  /** No value was printed as a Go format error. */
  readonly isUsable: boolean;
}

/** Fills `{path}`, `{path|text}` and `-{path}`; see `TagRule.fallback`. */
function fillTemplate(template: string, rule: TagRule, effective: Lookup): Filled {
  const parts: Part[] = [];
  const text = template.replace(
    /(-?)\{([^{}|]+)(?:\|([^{}]*))?\}/g,
    (_, dash: string, path: string, otherwise: string | undefined) => {
      const part = partAt(path, effective) ?? { path, value: null };
      parts.push(part);
      const vanishes =
        isUnset(part.value) && (dash !== '' || rule.read !== 'joined' || otherwise !== undefined);
      if (!vanishes) return dash + printPart(part, rule);
      if (otherwise === undefined) return '';
      return dash + otherwise;
    },
  );
  const isUsable =
    rule.read !== 'joined' || parts.every(part => typeof part.value === 'string' || isUnset(part.value));
  return { text, parts, isUsable: isUsable && !text.includes('%!s(') };
}

function printPart({ path, value }: Part, rule: TagRule): string {
  if (rule.read === 'joined') return printWithPercentS(value);
  const text = printAsGo(value);
  if (path === rule.exactVersionAt) return text.replace(/^v/, '');
  return text;
}

/** A version that names one chart and no range, such as `1.12.10` or `v1.13.0-beta.0`. */
function isExactVersion(value: Value | undefined): boolean {
  return typeof value === 'string' && /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(value);
}

function partAt(path: string, effective: Lookup): Part | undefined {
  const value = effective(path);
  if (value === undefined) return undefined;
  return { path, value };
}

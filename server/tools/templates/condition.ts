import type { TemplateCondition } from '../../src/core/catalog/types.ts';

/** What is known of a condition: always, never, when, or `undefined` where it cannot be said by values alone. */
export type Condition = boolean | TemplateCondition | undefined;

export function not(condition: Condition): Condition {
  if (condition === undefined) return undefined;
  if (typeof condition === 'boolean') return !condition;
  if ('not' in condition) return condition.not;
  return { not: condition };
}

export function all(conditions: readonly Condition[]): Condition {
  if (conditions.includes(false)) return false;
  if (conditions.includes(undefined)) return undefined;
  const parts = unique(conditions.flatMap(partsOf));
  const keys = new Set(parts.map(print));
  if (parts.some(part => keys.has(print(not(part))))) return false;
  const [first, second] = parts;
  if (first === undefined) return true;
  if (second === undefined) return first;
  return { all: parts };
}

export function any(conditions: readonly Condition[]): Condition {
  if (conditions.includes(true)) return true;
  if (conditions.includes(undefined)) return undefined;
  const parts = withoutCases(unique(conditions.flatMap(alternativesOf)));
  if (parts === true) return true;
  const weakest = parts.filter(part => !parts.some(other => other !== part && isWeaker(other, part)));
  const [first, second] = weakest;
  if (first === undefined) return false;
  if (second === undefined) return first;
  return { any: weakest };
}

/** Whether the second says all that the first says, and more. */
function isWeaker(weak: TemplateCondition, strong: TemplateCondition): boolean {
  const strongParts = new Set(partsOf(strong).map(print));
  return partsOf(weak).every(part => strongParts.has(print(part)));
}

/** What holds together when a condition does. */
export function partsOf(condition: Condition): readonly TemplateCondition[] {
  if (!isKnown(condition)) return [];
  return 'all' in condition ? condition.all : [condition];
}

function alternativesOf(condition: Condition): readonly TemplateCondition[] {
  if (!isKnown(condition)) return [];
  return 'any' in condition ? condition.any : [condition];
}

export function print(condition: Condition): string {
  return condition === undefined ? 'unknown' : JSON.stringify(condition);
}

function isKnown(condition: Condition): condition is TemplateCondition {
  return typeof condition === 'object';
}

function unique(conditions: readonly Condition[]): readonly TemplateCondition[] {
  const found = new Map<string, TemplateCondition>();
  for (const condition of conditions) if (isKnown(condition)) found.set(print(condition), condition);
  return [...found.values()];
}

/** Alternatives that differ only in whether one thing holds are one alternative without it; `true` when nothing is left. */
function withoutCases(conditions: readonly TemplateCondition[]): readonly TemplateCondition[] | true {
  for (const [index, one] of conditions.entries()) {
    for (const other of conditions.slice(index + 1)) {
      const joined = joinedCases(one, other);
      if (joined === true) return true;
      if (joined === undefined) continue;
      const rest = conditions.filter(condition => condition !== one && condition !== other);
      return withoutCases(unique([joined, ...rest]));
    }
  }
  return conditions;
}

function joinedCases(one: TemplateCondition, other: TemplateCondition): Condition {
  const [parts, others] = [partsOf(one), partsOf(other)];
  if (parts.length !== others.length) return undefined;
  const keys = new Set(others.map(print));
  const own = parts.filter(part => !keys.has(print(part)));
  const [differing] = own;
  if (differing === undefined || own.length > 1 || !keys.has(print(not(differing)))) return undefined;
  return all(parts.filter(part => part !== differing));
}

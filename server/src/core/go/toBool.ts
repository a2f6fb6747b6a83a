import type { Value } from '../yaml/value.ts';

/**
 * `conv.ToBool` of gomplate 3.11.5 (conv/conv.go): true, the number 1, the texts `1`, `t`, `true` and `yes`
 * in any case, and texts that read as the number 1. Everything else is false, also `on`, `enabled` and 2.
 */
export function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value === 1;
  if (typeof value !== 'string') return false;
  const text = value.toLowerCase();
  if (['1', 't', 'true', 'yes'].includes(text)) return true;
  const digits = text.replaceAll(',', '');
  return /^\S+$/.test(digits) && Number(digits) === 1;
}

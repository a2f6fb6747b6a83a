import { nearestName } from '../catalog/nearestName.ts';
import { canonicalImage } from '../suppressions/entries.ts';
import type { SuppressionEntry } from '../suppressions/types.ts';
import type { Path } from '../yaml/nodes.ts';
import { isRecord, type Value } from '../yaml/value.ts';
import { unknownKeys, type KnownNames, type SettingsProblem } from './settingsProblem.ts';

const keys = ['code', 'path', 'image', 'reason', 'until'];

/** Reads `suppressions`. An entry with anything wrong suppresses nothing: it could suppress more than it says. */
export function readSuppressions(
  value: Value,
  names: KnownNames,
  problems: SettingsProblem[],
): readonly SuppressionEntry[] {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    problems.push({
      path: ['suppressions'],
      message: 'must be a list of suppressions, each with a code and a reason',
    });
    return [];
  }
  return value.flatMap((item: Value, index) => readEntry(item, index, names, problems));
}

function readEntry(
  item: Value,
  index: number,
  names: KnownNames,
  problems: SettingsProblem[],
): readonly SuppressionEntry[] {
  const at: Path = ['suppressions', index];
  if (!isRecord(item)) {
    problems.push({ path: at, message: 'must be a map with code and reason, and path, image or until' });
    return [];
  }
  const before = problems.length;
  problems.push(...unknownKeys(item, keys, at));
  const code = readText(item, 'code', at, problems);
  const path = readText(item, 'path', at, problems);
  const image = readText(item, 'image', at, problems);
  const reason = readText(item, 'reason', at, problems);
  const until = readUntil(item['until'] ?? null, at, problems);
  const canonical = image === undefined ? undefined : canonicalImage(image);
  if (code === undefined) problems.push({ path: at, message: 'needs the code of a rule' });
  else if (!names.codes.includes(code))
    problems.push({ path: [...at, 'code'], message: noSuchRule(code, names.codes) });
  if (reason === undefined) problems.push({ path: at, message: 'needs a reason' });
  if (image !== undefined && canonical === undefined)
    problems.push({ path: [...at, 'image'], message: 'must be an image such as docker.io/istio/proxyv2' });
  if (code === undefined || reason === undefined || problems.length > before) return [];
  return [{ kind: 'entry', code, path, image: canonical, reason, until, index, span: { start: 0, end: 0 } }];
}

function noSuchRule(code: string, codes: readonly string[]): string {
  const near = nearestName(code, codes);
  return `unknown rule "${code}"${near === undefined ? '' : `, did you mean "${near}"?`}`;
}

/** A text with something in it; `undefined`: there is none. */
function readText(
  item: { readonly [key: string]: Value },
  key: string,
  at: Path,
  problems: SettingsProblem[],
): string | undefined {
  const value = item[key] ?? null;
  if (value === null) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  problems.push({ path: [...at, key], message: 'must be a text' });
  return undefined;
}

/** A day; YAML reads one without quotes as a time. */
function readUntil(value: Value, at: Path, problems: SettingsProblem[]): string | undefined {
  if (value === null) return undefined;
  const text = typeof value === 'string' ? value : '';
  const day = /^(\d{4}-\d{2}-\d{2})(?: 00:00:00 \+0000 UTC)?$/.exec(text)?.[1];
  if (day !== undefined && isDay(day)) return day;
  problems.push({ path: [...at, 'until'], message: 'must be a day such as 2026-12-31' });
  return undefined;
}

/** Whether the calendar has it. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

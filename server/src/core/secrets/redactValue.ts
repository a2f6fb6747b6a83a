import { isConfidentialKey, withoutCredentials } from './redact.ts';
import type { Path } from '../yaml/nodes.ts';
import { isList, isRecord, type Value } from '../yaml/value.ts';

const hidden = '…';

/** A value at a path, with `…` for what may be credentials: of Secrets in `extraManifests`, Docker configs, passwords. */
export function shownValue(value: Value, path: Path): Value {
  const isInManifest = path.includes('extraManifests');
  const isWithin = path.slice(0, -1).some(step => step !== 'password' && isConfidentialStep(step, isInManifest));
  const key = path.at(-1) ?? '';
  const isPassword = key === 'value' && path.at(-2) === 'password';
  return isWithin || isPassword ? hide(value) : shownBelow(value, key, isInManifest);
}

function isConfidentialStep(step: string | number, isInSecret: boolean): boolean {
  return typeof step === 'string' && (isConfidentialKey(step) || (isInSecret && step === 'data'));
}

function shownBelow(value: Value, key: string | number, isInSecret: boolean): Value {
  // Some passwords of deployKF are maps, which also say where the password comes from.
  const isMap = key === 'password' && isRecord(value);
  if (isConfidentialStep(key, isInSecret) && !isMap) return hide(value);
  if (typeof value === 'string') return withoutCredentials(value);
  if (isList(value)) return value.map((item, index) => shownBelow(item, index, false));
  if (!isRecord(value)) return value;
  const isSecret = value['kind'] === 'Secret';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isMap && name === 'value' ? hide(item) : shownBelow(item, name, isSecret),
    ]),
  );
}

function hide(value: Value): Value {
  return value === null || value === '' ? value : hidden;
}

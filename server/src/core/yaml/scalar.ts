import type { ScalarType } from './nodes.ts';

export interface ScalarReading {
  readonly type: ScalarType;
  readonly value: string | number | boolean | null;
}

const words: ReadonlyMap<string, ScalarReading> = new Map<string, ScalarReading>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, ScalarReading] => [word, { type: 'null', value: null }]),
  ...['true', 'True', 'TRUE'].map((word): [string, ScalarReading] => [word, { type: 'bool', value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, ScalarReading] => [word, { type: 'bool', value: false }]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, ScalarReading] => [word, { type: 'float', value: NaN }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, ScalarReading] => [
    word,
    { type: 'float', value: Infinity },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, ScalarReading] => [word, { type: 'float', value: -Infinity }]),
]);

const floatShape = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const timestampShape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ ])(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads a plain scalar as gopkg.in/yaml.v3 3.0.1 does (resolve.go), which deployKF's generator uses: `010` is 8, `0x10` is
 * 16, `1_000` is 1000, a date is a timestamp, but `yes`, `no`, `on` and `off` are texts.
 */
export function readPlainScalar(source: string): ScalarReading {
  const word = words.get(source);
  if (word !== undefined) return word;
  const first = source[0] ?? '';
  if (first === '.') return readDotted(source);
  if ((first >= '0' && first <= '9') || first === '+' || first === '-') return readNumeric(source);
  return { type: 'string', value: source };
}

function readDotted(source: string): ScalarReading {
  const value = floatShape.test(source) ? Number(source) : NaN;
  return Number.isNaN(value) ? { type: 'string', value: source } : { type: 'float', value };
}

function readNumeric(source: string): ScalarReading {
  const timestamp = readTimestamp(source);
  if (timestamp !== undefined) return { type: 'timestamp', value: timestamp };
  const digits = source.replaceAll('_', '');
  const integer = readInteger(digits);
  if (integer !== undefined) return { type: 'int', value: integer };
  if (floatShape.test(digits)) return { type: 'float', value: Number(digits) };
  return { type: 'string', value: source };
}

/** Go's strconv.ParseInt with base 0 over 64 bits; `undefined` when it would fail. */
function readInteger(digits: string): number | undefined {
  const sign = digits.startsWith('-') ? -1 : 1;
  const body = digits.replace(/^[-+]/, '');
  const literal = /^0[xX][0-9a-fA-F]+$|^0[bB][01]+$|^0[oO][0-7]+$|^(?:0|[1-9][0-9]*)$/.test(body)
    ? BigInt(body)
    : /^0[0-7]+$/.test(body)
      ? BigInt(`0o${body.slice(1)}`)
      : undefined;
  if (literal === undefined || literal >= 1n << 64n) return undefined;
  return sign === -1 && literal === 0n ? 0 : sign * Number(literal);
}

/** The text that Go prints for the time, such as `2024-05-10 00:00:00 +0000 UTC`; `undefined` when it is no valid time. */
function readTimestamp(source: string): string | undefined {
  const match = timestampShape.exec(source);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const numbers = [year, month, day, hour, minute, second].map(Number);
  const date = new Date(Date.UTC(numbers[0] ?? 0, (numbers[1] ?? 0) - 1, numbers[2] ?? 0));
  if (date.getUTCMonth() + 1 !== numbers[1] || date.getUTCDate() !== numbers[2]) return undefined;
  if ((numbers[3] ?? 0) > 23 || (numbers[4] ?? 0) > 59 || (numbers[5] ?? 0) > 59) return undefined;
  const two = (value: string | undefined): string => (value ?? '').padStart(2, '0');
  const digits = fraction.replace(/0+$/, '').replace(/^\.$/, '');
  const offset = zone === 'Z' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${digits} ${offset}`;
}

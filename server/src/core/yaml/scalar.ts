import { withoutEnd } from '../text/cut.ts';
import type { ScalarType } from './nodes.ts';

export interface ScalarReading {
  readonly type: ScalarType;
  /** An integer that a number cannot hold exactly is its decimal text, which is also what deployKF prints. */
  readonly value: string | number | boolean | null;
}

const words: ReadonlyMap<string, ScalarReading> = new Map<string, ScalarReading>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, ScalarReading] => [
    word,
    { type: 'null', value: null },
  ]),
  ...['true', 'True', 'TRUE'].map((word): [string, ScalarReading] => [word, { type: 'bool', value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, ScalarReading] => [
    word,
    { type: 'bool', value: false },
  ]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, ScalarReading] => [word, { type: 'float', value: NaN }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, ScalarReading] => [
    word,
    { type: 'float', value: Infinity },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, ScalarReading] => [
    word,
    { type: 'float', value: -Infinity },
  ]),
]);

const floatShape = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/**
 * What Go's ParseFloat takes after a leading dot: there, unlike elsewhere, digits are not freed of `_`
 * before.
 */
const dottedShape = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/**
 * Reads a plain scalar as gopkg.in/yaml.v3 3.0.1 does (resolve.go), which deployKF's generator uses: `010` is
 * 8, `0x10` is 16, `1_000` is 1000, a date is a timestamp, but `yes`, `no`, `on` and `off` are texts.
 */
export function readPlainScalar(source: string): ScalarReading {
  const word = words.get(source);
  if (word !== undefined) return word;
  const first = source[0] ?? '';
  if (first === '.' && dottedShape.test(source)) return readFloat(source, source.replaceAll('_', ''));
  if ((first >= '0' && first <= '9') || first === '+' || first === '-') return readNumeric(source);
  return { type: 'string', value: source };
}

/**
 * Reads a scalar that has a tag (decode.go): `!` leaves a plain one as it is, a tag that yaml.v3 does not
 * resolve makes a text. deployKF stops where the text does not fit the tag, such as `!!int x`;
 * the reading is then that without the tag.
 */
export function readTaggedScalar(source: string, tag: string, isPlain: boolean): ScalarReading {
  if (tag === '!' && isPlain) return readPlainScalar(source);
  if (!/^!!(?:int|float|bool|null|timestamp)$/.test(tag)) return { type: 'string', value: source };
  const reading = readPlainScalar(source);
  if (tag === '!!float' && reading.type === 'int') return { ...reading, type: 'float' };
  return reading;
}

function readNumeric(source: string): ScalarReading {
  const timestamp = readTimestamp(source);
  if (timestamp !== undefined) return { type: 'timestamp', value: timestamp };
  const digits = source.replaceAll('_', '');
  const integer = readInteger(digits) ?? readOldInteger(digits);
  if (integer !== undefined) return { type: 'int', value: integer };
  if (floatShape.test(digits)) return readFloat(source, digits);
  return { type: 'string', value: source };
}

/** ParseFloat fails beyond the largest float64, and the scalar stays a text. */
function readFloat(source: string, digits: string): ScalarReading {
  const value = Number(digits);
  if (!Number.isFinite(value)) return { type: 'string', value: source };
  return { type: 'float', value };
}

/** Go's ParseInt, then ParseUint, with base 0 over 64 bits; `undefined` when both fail. */
function readInteger(digits: string): number | string | undefined {
  const sign = /^[-+]/.exec(digits)?.[0] ?? '';
  const body = digits.slice(sign.length);
  if (/^0[xX][0-9a-fA-F]+$|^0[bB][01]+$|^0[oO][0-7]+$|^(?:0|[1-9][0-9]*)$/.test(body))
    return integerOf(sign, body);
  if (!/^0[0-7]+$/.test(body)) return undefined;
  return integerOf(sign, `0o${body.slice(1)}`);
}

/**
 * `0b` and `0o` once more, with base 2 and 8: that only adds numbers with a sign after the prefix, such as
 * `0b-1`.
 */
function readOldInteger(digits: string): number | string | undefined {
  const match = /^0(?:b([-+])([01]+)|o([-+])([0-7]+))$/.exec(digits);
  if (match === null) return undefined;
  const [, binarySign, binary = '', octalSign = '', octal = ''] = match;
  if (binarySign === undefined) return integerOf(octalSign, `0o${octal}`);
  return integerOf(binarySign, `0b${binary}`);
}

function integerOf(sign: string, body: string): number | string | undefined {
  // More digits are far beyond 64 bits, and converting them would take long.
  if (body.replace(/^0[xXbBoO]?0*/, '').length > 64) return undefined;
  const value = sign === '-' ? -BigInt(body) : BigInt(body);
  const isIn64Bits = value >= -(1n << 63n) && value < (sign === '' ? 1n << 64n : 1n << 63n);
  if (!isIn64Bits) return undefined;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return value.toString();
}

const timestampShape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(Z|[+-]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?)?$/;

/**
 * The text that Go prints for the time, such as `2024-05-10 00:00:00 +0000 UTC`; `undefined` when it is not a
 * valid time. With `T` a zone must follow, with a space none may.
 */
function readTimestamp(source: string): string | undefined {
  const match = timestampShape.exec(source);
  if (match === null) return undefined;
  const [year = '', month = '', day = ''] = match.slice(1, 4);
  const isZoned = match[4] !== undefined;
  const [hour = '0', minute = '0', second = '0', fraction = ''] = isZoned
    ? match.slice(4, 8)
    : match.slice(9, 13);
  const isDate =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month));
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  const zone = printZone(match[8] ?? 'Z');
  if (!isDate || !isTime || zone === undefined) return undefined;
  const digits = withoutEnd(fraction.slice(1, 10), '0');
  let time = `${two(hour)}:${two(minute)}:${two(second)}`;
  if (digits !== '') time += `.${digits}`;
  return `${year}-${two(month)}-${two(day)} ${time} ${zone}`;
}

function two(value: number | string): string {
  return String(value).padStart(2, '0');
}

function daysIn(year: number, month: number): number {
  if ([4, 6, 9, 11].includes(month)) return 30;
  if (month !== 2) return 31;
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return isLeapYear ? 29 : 28;
}

/** Go takes zones of up to 24:60; one without an offset is UTC. */
function printZone(zone: string): string | undefined {
  if (zone === 'Z') return '+0000 UTC';
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 24 || minutes > 60) return undefined;
  const total = hours * 60 + minutes;
  if (total === 0) return '+0000 UTC';
  const text = `${zone[0] ?? '+'}${two(Math.floor(total / 60))}${two(total % 60)}`;
  return `${text} ${text}`;
}

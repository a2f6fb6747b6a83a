import { isList, isRecord, type Value } from '../yaml/value.ts';

/** What Go's templates take for unset in `if` and `default`: null, false, 0, "" and empty lists and maps. */
export function isUnset(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === null || value === false || value === 0 || value === '';
}

/**
 * The text that deployKF's templates make of a value: `conv.ToString` of gomplate 3.11.5 (conv/conv.go:127),
 * which is "nil" for null and `fmt.Sprint` for the rest. A whole number counts as an integer: gomplate writes
 * the merged values as YAML and reads them again, and `1e3` or `5.0` are written `1000` and `5`. Only floats
 * of 1,000,000 and more are written with an exponent and stay floats;
 * who knows that a number was a float uses `printFloat`.
 */
export function printAsGo(value: Value): string {
  if (value === null) return 'nil';
  return sprint(value);
}

/**
 * A value after `%s` of Go's printf, which marks what is not a text: `%!s(int=5)`, `%!s(float64=1.2)`,
 * `%!s(<nil>)`.
 */
export function printWithPercentS(value: Value): string {
  if (value === null) return '%!s(<nil>)';
  if (typeof value === 'boolean') return `%!s(bool=${value})`;
  if (typeof value !== 'number') return printCompound(value, printWithPercentS);
  if (isGoInteger(value)) return `%!s(int=${sprint(value)})`;
  return `%!s(float64=${sprint(value)})`;
}

/**
 * A float64 as `fmt.Sprint` and gopkg.in/yaml.v3 print it: strconv.FormatFloat(v, 'g', -1, 64), that is the
 * fewest digits that stand for the number, with an exponent of at least two digits from 1e-5 down and 1e+06
 * up (strconv/ftoa.go, formatDigits: `eprec = 6` when the shortest form is asked for). So 123456789.0 is
 * `1.23456789e+08` and 1e21 `1e+21`.
 */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  if (Object.is(value, -0)) return '-0';
  if (value === 0) return '0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return value.toString();
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function sprint(value: Value): string {
  if (value === null) return '<nil>';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return printCompound(value, sprint);
  if (isGoInteger(value)) return BigInt(value).toString();
  return printFloat(value);
}

/** Go prints maps in the order of their keys. */
function printCompound(value: Value, print: (item: Value) => string): string {
  if (isList(value)) return `[${value.map(print).join(' ')}]`;
  if (!isRecord(value)) return String(value);
  const pairs = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `map[${pairs.map(([key, below]) => `${key}:${print(below)}`).join(' ')}]`;
}

/** yaml.v3 reads whole numbers below 2^64 as integers; all others are float64. */
function isGoInteger(value: number): boolean {
  return Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63);
}

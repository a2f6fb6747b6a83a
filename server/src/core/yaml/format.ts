import { literalLines } from './literal.ts';
import { readPlainScalar } from './scalar.ts';
import type { ScalarStyle } from './nodes.ts';
import { isList, isRecord, type Value } from './value.ts';

const safeShape = /^[A-Za-z0-9_./][A-Za-z0-9_./@+:-]*$/;
/** Texts to deployKF, but booleans and numbers to the base of 60 to YAML 1.1 readers. */
const oldWords = /^(?:y|n|yes|no|on|off|[0-9]+(?::[0-9]+)+)$/i;
/** Line ends that some readers know, and what cannot be seen. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Whether a plain scalar of this text is read back as this text, in block and in flow context. */
export function isPlainSafe(text: string): boolean {
  return (
    safeShape.test(text) &&
    !text.endsWith(':') &&
    !oldWords.test(text) &&
    readPlainScalar(text).type === 'string'
  );
}

/** The text as a YAML scalar; quotes are kept when the old style has them, else set only where needed. */
export function formatText(text: string, style: ScalarStyle = 'plain'): string {
  if (style === 'single' && !unprintable.test(text)) return `'${text.replaceAll("'", "''")}'`;
  if (style !== 'double' && isPlainSafe(text)) return text;
  return JSON.stringify(text).replace(
    new RegExp(unprintable, 'g'),
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `json`: keys and texts have double quotes, so that JSON stays JSON. */
export type FlowStyle = 'plain' | 'json';

/** The value on one line, in flow style where it has parts. */
export function formatFlow(value: Value, style: FlowStyle = 'plain'): string {
  if (isList(value)) return `[${value.map(item => formatFlow(item, style)).join(', ')}]`;
  if (isRecord(value)) {
    const pairs = Object.entries(value).map(([key, below]) => formatFlowPair(key, below, style));
    return `{${pairs.join(', ')}}`;
  }
  if (typeof value === 'string') return formatText(value, scalarStyle(style));
  if (typeof value === 'number') return formatNumber(value);
  if (value === null) return style === 'json' ? 'null' : '~';
  return String(value);
}

/** `key: value` on one line. */
export function formatFlowPair(key: string, value: Value, style: FlowStyle): string {
  return `${formatText(key, scalarStyle(style))}: ${formatFlow(value, style)}`;
}

/** A longer line is broken where that can be had. */
export const widestLine = 120;

/** Where lines in flow style go. */
export interface FlowLines {
  readonly style: FlowStyle;
  /** Of the first line. */
  readonly indent: string;
  /** The length that no line is to have, where that can be had. */
  readonly widest: number;
}

/** `key: value` in flow style, on lines of their own where it does not fit into one. */
export function formatFlowLines(key: string, value: Value, lines: FlowLines): readonly string[] {
  const { style, indent, widest } = lines;
  const line = indent + formatFlowPair(key, value, style);
  if (line.length < widest) return [line];
  const [first = '', ...rest] = breakFlow(value, lines) ?? [];
  if (first === '') return [line];
  return [`${indent}${formatText(key, scalarStyle(style))}: ${first}`, ...rest];
}

/** The blanks of a line one level below one with these: JSON may have tabs. */
export function deeper(indent: string): string {
  return indent.endsWith('\t') ? `${indent}\t` : `${indent}  `;
}

/** A list or map in brackets on several lines, the first without indentation; `undefined` where it has no parts. */
export function breakFlow(value: Value, { style, indent, widest }: FlowLines): readonly string[] | undefined {
  const below = { style, indent: deeper(indent), widest };
  if (isList(value) && value.length > 0) {
    const items = value.map(item => [`${below.indent}${formatFlow(item, style)}`]);
    return ['[', ...joinLines(items), `${indent}]`];
  }
  if (!isRecord(value) || Object.keys(value).length === 0) return undefined;
  const pairs = Object.entries(value).map(([name, part]) => formatFlowLines(name, part, below));
  return ['{', ...joinLines(pairs), `${indent}}`];
}

/** The lines of several parts, with a comma after each but the last. */
export function joinLines(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.flatMap((lines, index) => {
    const last = lines.at(-1) ?? '';
    return index === parts.length - 1 ? lines : [...lines.slice(0, -1), `${last},`];
  });
}

function scalarStyle(style: FlowStyle): ScalarStyle {
  return style === 'json' ? 'double' : 'plain';
}

function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return '.nan';
  if (value < 0) return '-.inf';
  return '.inf';
}

/** The lines of `key: value` in block style; the first has no indentation, the others are relative to it. */
export function formatPair(key: string, value: Value, step: number): readonly string[] {
  const name = formatText(key);
  const lines = formatBlock(value, step);
  // YAML finds the colon after a key only so far.
  const isExplicit = name.length > longestKey;
  const colon = isExplicit ? ':' : `${name}:`;
  const pair: string[] = [];
  if (isExplicit) pair.push(`? ${name}`);
  const literal = literalLines(value);
  if (literal !== undefined) return [...pair, `${colon} |`, ...literal.map(line => ' '.repeat(step) + line)];
  if (lines === undefined) return [...pair, `${colon} ${formatFlow(value)}`];
  return [...pair, colon, ...lines.map(line => ' '.repeat(step) + line)];
}

const longestKey = 1000;

/** The value's block lines without indentation; `undefined` when it fits after its key. */
export function formatBlock(value: Value, step: number): readonly string[] | undefined {
  if (isList(value) && value.length > 0) return value.flatMap(item => formatItem(item, step));
  if (isRecord(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, below]) => formatPair(key, below, step));
  }
  return undefined;
}

/** The lines of `- value`. */
export function formatItem(value: Value, step: number): readonly string[] {
  const literal = literalLines(value);
  if (literal !== undefined) return ['- |', ...literal.map(line => `  ${line}`)];
  const lines = formatBlock(value, step) ?? [formatFlow(value)];
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

import { ContentBuilder, type Content } from './contentBuilder.ts';
import type { YamlScalar } from './nodes.ts';
import { ownValue } from '../text/ownValue.ts';

/**
 * What plain and quoted scalars are made of. `fold`: line ends with the blanks on both sides. `join`: in
 * double quotes, a line end that a `\` takes away, with the blanks after it; only empty lines outlive it.
 * `escape`: what stands for one character. Anything else is as written.
 */
const partShapes: Readonly<Record<'plain' | 'single' | 'double', RegExp>> = {
  plain: /(?<fold>[ \t]*(?:\r?\n[ \t]*)+)|[^ \t\r\n]+|[ \t]+|\r/y,
  single: /(?<fold>[ \t]*(?:\r?\n[ \t]*)+)|(?<escape>'')|[^' \t\r\n]+|[ \t]+|\r/y,
  double:
    /(?<fold>[ \t]*(?:\r?\n[ \t]*)+)|\\(?<join>(?:\r?\n[ \t]*)+)|(?<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^xuU]))|[^\\ \t\r\n]+|[ \t]+|\r/y,
};

/**
 * The content of a plain or quoted scalar, folded as YAML folds lines: one line end is a space, `n + 1` are
 * `n`, and the blanks around them count for nothing. `undefined` with an escape that YAML does not have.
 */
export function readFlowContent(outer: string, scalar: YamlScalar): Content | undefined {
  const { style, span } = scalar;
  if (style !== 'plain' && style !== 'single' && style !== 'double') return undefined;
  const quote = style === 'plain' ? 0 : 1;
  const end = span.end - quote;
  const inside = outer.slice(0, end);
  const builder = new ContentBuilder();
  const shape = partShapes[style];
  for (let at = span.start + quote; at < end;) {
    shape.lastIndex = at;
    const match = shape.exec(inside);
    if (match === null || !addPart(builder, match, at)) return undefined;
    at += match[0].length;
  }
  return { text: builder.text, segments: builder.segments };
}

/** Whether the part stands for something. */
function addPart(builder: ContentBuilder, { 0: part, groups = {} }: RegExpExecArray, outer: number): boolean {
  const { fold, join, escape } = groups;
  if (fold !== undefined || join !== undefined) {
    addLineEnds(builder, part, outer, fold === undefined ? '' : ' ');
    return true;
  }
  if (escape === undefined) {
    builder.copy(part, outer);
    return true;
  }
  const text = unescape(escape);
  if (text !== undefined) builder.add(text, outer, part.length);
  return text !== undefined;
}

/**
 * The first line end goes, or becomes a blank where it is `alone`; each other one stays. Blanks after the
 * last one are the next line's indentation.
 */
function addLineEnds(builder: ContentBuilder, part: string, outer: number, alone: string): void {
  const ends = Array.from(part.matchAll(/\n/g), ({ index }) => index + 1);
  if (ends.length === 1) {
    builder.add(alone, outer, part.length);
    return;
  }
  let from = 0;
  for (const end of [...ends.slice(1, -1), part.length]) {
    builder.add('\n', outer + from, end - from);
    from = end;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const lastCodePoint = 0x10ffff;

function unescape(written: string): string | undefined {
  if (written === "''") return "'";
  const kind = written[1] ?? '';
  if (kind !== 'x' && kind !== 'u' && kind !== 'U') return ownValue(escapes, kind);
  const code = Number.parseInt(written.slice(2), 16);
  if (code > lastCodePoint) return undefined;
  return String.fromCodePoint(code);
}

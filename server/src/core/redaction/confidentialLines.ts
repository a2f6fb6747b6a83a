import { indentOf } from '../text/indent.ts';
import type { SourceText } from '../text/sourceText.ts';
import { loginSpans } from '../text/logins.ts';
import { firstIndex } from '../text/search.ts';
import { unionOf, type Span } from '../text/span.ts';
import { isConfidentialKey, isCredentialSection, isSecretPart } from './confidentialKeys.ts';

/**
 * The parts of a text that may be credentials, found by the names in its lines alone, since a mistake may
 * keep it from being read as YAML. In text order, none goes over a line end. `isBroken`: what is below a name
 * belongs to it as well, which the tree of another text tells better.
 */
export function confidentialLines(source: SourceText, isBroken: boolean): readonly Span[] {
  const { text } = source;
  const layout = new Layout(source, isBroken);
  const regions = keyRegions(layout);
  const hidden = linesOf(source, [...regions, ...anchorRegions(layout, regions)]);
  const encoded = [...text.matchAll(encodedJson)].map(({ index, 0: written }) =>
    spanOf(index, index + written.length),
  );
  return [...hidden, ...encoded, ...loginSpans(text)];
}

const anyKey = /(^|\\[nrt]|[^\w.-])([\w.-]{1,80})(\\*["']|'')?(?:\s*(:)|[ \t]*$)/gim;

/** Base64 of a JSON object. */
const encodedJson = /\be(?:yJ|yA|w[o0])[\w+/-]{16,}={0,2}/g;

/** Visible at the beginning of a confidential line: the key that findings are about. */
const visibleHead =
  /^[ \t]*(?:(?:\\*["']|'')?\.dockerc(?:onfigjson|fg)(?:\\*["']|'')?[ \t]*:[ \t]*(?:[|>][-+\d]*)?)?/;

function spanOf(start: number, end: number): Span {
  return { start, end };
}

class Layout {
  readonly source: SourceText;
  readonly isBroken: boolean;
  #outer: readonly number[] | undefined;
  /** Where the brackets that some walk has met are closed. */
  readonly #closed = new Map<number, number>();
  readonly #lastLines = new Map<string, number>();

  constructor(source: SourceText, isBroken: boolean) {
    this.source = source;
    this.isBroken = isBroken;
  }

  /**
   * For each line the indentation of the next one above that has less;
   * -1 where there is none. Most texts never ask.
   */
  get outer(): readonly number[] {
    return (this.#outer ??= outerIndents(this.source));
  }

  /** Where a flow map, list or quoted text that starts at an offset is closed; each bracket is gone to once. */
  closeOf(start: number): number {
    const known = this.#closed.get(start);
    if (known !== undefined) return known;
    return walkFlow(this.source.text, start, this.#closed);
  }

  /** The last of the lines after one that belong to a key, none of them blank; values on one line share it. */
  lastLine(line: number, { above, but }: Below): number {
    const key = `${line} ${above} ${but ?? ''}`;
    const known = this.#lastLines.get(key);
    if (known !== undefined) return known;
    let last = line;
    for (let next = line + 1; next < this.source.lineCount; next++) {
      const content = this.source.lineText(next);
      if (content.trim() === '') continue;
      const indent = indentOf(content);
      if (indent <= above || indent === but) break;
      last = next;
    }
    this.#lastLines.set(key, last);
    return last;
  }
}

/** The indentation of lines that belong to a key: more than `above`, and not `but`. */
interface Below {
  readonly above: number;
  readonly but?: number;
}

function outerIndents(source: SourceText): readonly number[] {
  const open: number[] = [];
  return source.lineStarts.map((_, line) => {
    const content = source.lineText(line);
    if (content.trim() === '') return -1;
    const indent = indentOf(content);
    while ((open.at(-1) ?? -1) >= indent) open.pop();
    const found = open.at(-1) ?? -1;
    open.push(indent);
    return found;
  });
}

/** What is after the confidential keys. `data` says little where no Secret is spoken of. */
function keyRegions(layout: Layout): readonly Span[] {
  const { source } = layout;
  const { text } = source;
  const hasSecrets = /\bSecret(?:List)?\b/.test(text);
  const regions: Span[] = [];
  for (const { key, at, valueAt, isQuoted, hasColon } of keysIn(text)) {
    const isAuth = hasColon && isAuthText(key, text.slice(valueAt, valueAt + 80));
    const kind = isAuth ? 'section' : kindOf(key, isQuoted, hasSecrets);
    if (kind === undefined || at < (regions.at(-1)?.end ?? 0)) continue;
    if (kind === 'name' && !layout.isBroken) {
      const end = source.lineEnd(source.positionAt(valueAt).line);
      regions.push(spanOf(valueAt, Math.max(valueAt, end)));
    } else if (hasColon || firstOnLine(source, at)) regions.push(regionOf(layout, at, valueAt));
  }
  return regions;
}

/** A text where deployKF has a section that holds the name and the password. */
function isAuthText(key: string, next: string): boolean {
  return isCredentialSection(key) && /^[ \t]+[^\s#{&*]/.test(next);
}

/**
 * What every key of a credential has in it; to look for this alone is quick, and most lines do not have it.
 */
const credentialPart = /pass|secret|token|pwd?|key|auth|data|dockerc|literals|cookie|user/gi;

/** A word that may be a key. */
interface FoundKey {
  readonly key: string;
  readonly at: number;
  /** After its colon, else after its line's blanks. */
  readonly valueAt: number;
  readonly isQuoted: boolean;
  readonly hasColon: boolean;
}

const longestKey = 80;
const wordCharacter = /[\w.-]/;
const afterKey = /(\\*["']|'')?(?:\s*(:)|[ \t]*$)/my;

/** What `anyKey` finds of the words that may be the key of a credential: to look around these alone is quick. */
function* keysIn(text: string): Generator<FoundKey> {
  const part = new RegExp(credentialPart);
  const after = new RegExp(afterKey);
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    let start = match.index;
    while (start > 0 && wordCharacter.test(text.charAt(start - 1))) start--;
    let end = part.lastIndex;
    while (end < text.length && wordCharacter.test(text.charAt(end))) end++;
    part.lastIndex = end;
    // The letter of an escaped line end is not a part of the word.
    if (text.charAt(start - 1) === '\\' && /[nrt]/i.test(text.charAt(start)) && end - start > 1) start++;
    if (end - start > longestKey) continue;
    after.lastIndex = end;
    const [found, quote, colon] = after.exec(text) ?? [];
    if (found === undefined) continue;
    const key = text.slice(start, end);
    const valueAt = end + found.length;
    yield { key, at: start, valueAt, isQuoted: quote !== undefined, hasColon: colon !== undefined };
  }
}

/** Whether a key of a text is the name of a credential. */
export function namesCredential(text: string): boolean {
  for (const { 2: key = '', 3: quote = '', 4: colon } of text.matchAll(anyKey))
    if (colon !== undefined && (isCredentialSection(key) || kindOf(key, quote !== '', false) !== undefined))
      return true;
  return false;
}

/** `section`: all that is below; `name`: the value; `undefined`: nothing is. */
function kindOf(key: string, isQuoted: boolean, hasSecrets: boolean): 'section' | 'name' | undefined {
  if (isSecretPart(key) || (/^auth$/i.test(key) && isQuoted) || (/^data$/i.test(key) && hasSecrets))
    return 'section';
  if (isConfidentialKey(key)) return 'name';
  return undefined;
}

/** What is after the anchors that confidential parts refer to. */
function anchorRegions(layout: Layout, regions: readonly Span[]): readonly Span[] {
  const { text } = layout.source;
  const anchors = new Map<string, Span[]>();
  for (const { index, 0: written, 1: name = '' } of text.matchAll(/&([^\s,[\]{}]+)/g)) {
    const span = spanOf(index, index + written.length);
    const known = anchors.get(name);
    if (known === undefined) anchors.set(name, [span]);
    else known.push(span);
  }
  if (anchors.size === 0) return [];
  const aliases = [...aliasesIn(text)];
  const unseen = new Unseen(aliases.length);
  const found = [...regions];
  // Grows while it is gone through.
  for (const { start, end } of found) {
    let at = unseen.from(firstIndex(aliases, ({ index }) => index >= start));
    for (let alias = aliases[at]; alias !== undefined && alias.index < end; alias = aliases[at]) {
      const { name } = alias;
      const own = anchors.get(name) ?? [];
      anchors.delete(name);
      found.push(...own.map(anchor => regionOf(layout, anchor.start, anchor.end)));
      at = unseen.after(at);
    }
  }
  return found.slice(regions.length);
}

/** A `*name` and where it starts. */
interface FoundAlias {
  readonly index: number;
  readonly name: string;
}

/** To go from star to star is quicker than an expression that looks at what is before each. */
function* aliasesIn(text: string): Generator<FoundAlias> {
  const aliasName = /[^\s,[\]{}"'\\]+/y;
  for (let index = text.indexOf('*'); index >= 0; index = text.indexOf('*', index + 1)) {
    if (!/[\s:,[{-]/.test(text.charAt(index - 1))) continue;
    aliasName.lastIndex = index + 1;
    const name = aliasName.exec(text)?.[0];
    if (name === undefined) continue;
    yield { index, name };
    index += name.length;
  }
}

/** Of things in a row those that were not seen; to skip the others costs next to nothing, however many they are. */
class Unseen {
  readonly #next: number[];

  constructor(count: number) {
    this.#next = Array.from({ length: count }, (_, index) => index);
  }

  /** The first that is not before an index. */
  from(index: number): number {
    let at = index;
    for (let next = this.#next[at]; next !== undefined && next !== at; next = this.#next[at]) {
      this.#next[at] = this.#next[next] ?? next;
      at = next;
    }
    return at;
  }

  /** Sees one, and tells the next. */
  after(index: number): number {
    this.#next[index] = index + 1;
    return this.from(index + 1);
  }
}

/** The lines of regions that may be in each other, each line once. */
function linesOf(source: SourceText, regions: readonly Span[]): readonly Span[] {
  const firsts: Span[] = [];
  const rests: Span[] = [];
  for (const { start, end } of regions) {
    const { line } = source.positionAt(start);
    firsts.push(...wholeLines(source, spanOf(start, Math.min(end, source.lineEnd(line))), 'head'));
    if (source.lineStart(line + 1) <= end && line + 1 < source.lineCount)
      rests.push(spanOf(source.lineStart(line + 1), end));
  }
  return [...firsts, ...unionOf(rests).flatMap(rest => wholeLines(source, rest, 'head'))];
}

/** Whether nothing but dashes is before a key, or before its quote. */
function firstOnLine(source: SourceText, at: number): boolean {
  const { line } = source.positionAt(at);
  return /^\s*(?:[-?][ \t]+)*["']?$/.test(source.text.slice(source.lineStart(line), at));
}

/**
 * From the value after a key to the end of its line, and the lines that belong to it by indentation or
 * brackets.
 */
function regionOf(layout: Layout, keyAt: number, valueAt: number): Span {
  const { source } = layout;
  const { text } = source;
  const { line } = source.positionAt(valueAt);
  const last = layout.lastLine(line, belowKey(layout, keyAt));
  const head = /^[ \t]*(?:[&!]\S+[ \t]*)*(?:[{[]|[|>][-+\d]*[ \t]*$)?[ \t]*/m.exec(
    text.slice(valueAt, source.lineEnd(line)),
  );
  const opened = valueAt + (head?.[0].trimEnd().length ?? 0);
  const isOpen = /[{[]$/.test(text.slice(valueAt, opened));
  return spanOf(opened, Math.max(source.lineEnd(last), flowEnd(layout, isOpen ? opened - 1 : opened)));
}

/**
 * Tells by their indentation which of the next lines are below a key. Lines of wrong indentation are, too.
 */
function belowKey(layout: Layout, keyAt: number): Below {
  const { source } = layout;
  const { line, character } = source.positionAt(keyAt);
  const own = indentOf(source.lineText(line));
  if (!firstOnLine(source, keyAt)) return { above: own };
  const column = character - (/["']/.test(source.text[keyAt - 1] ?? '') ? 1 : 0);
  return { above: own < column ? own : (layout.outer[line] ?? -1), but: column };
}

/**
 * Where a flow map, list or quoted text that starts at an offset is closed;
 * the offset itself for other values.
 */
function flowEnd(layout: Layout, from: number): number {
  const { text } = layout.source;
  const start = from + (/^\s*/.exec(text.slice(from, from + 200))?.[0].length ?? 0);
  if (!/[{["']/.test(text[start] ?? '')) return from;
  return layout.closeOf(start);
}

/** Goes from a bracket or quote to its end, and keeps where the brackets on the way are closed. */
function walkFlow(text: string, start: number, closed: Map<number, number>): number {
  const open: number[] = [];
  let quote: string | undefined;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== undefined) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = undefined;
    } else if (/["']/.test(char) && (at === start || /[\s,:{[\\]/.test(text[at - 1] ?? ''))) quote = char;
    else if (/[{[]/.test(char)) open.push(at);
    else if (/[}\]]/.test(char)) closed.set(open.pop() ?? start, at + 1);
    if (quote === undefined && open.length === 0) return at + 1;
  }
  for (const bracket of open) closed.set(bracket, text.length);
  return text.length;
}

/**
 * The lines of a region, without their indentation. `head`: without what may be seen at their beginning, too,
 * the keys that findings are about.
 */
export function wholeLines(source: SourceText, { start, end }: Span, but?: 'head'): readonly Span[] {
  const last = source.positionAt(end).line;
  const limit = but === 'head' ? Infinity : end;
  const head = but === 'head' ? visibleHead : /^[ \t]*/;
  const spans: Span[] = [];
  for (let { line } = source.positionAt(start); line <= last; line++) {
    const from = Math.max(start, source.lineStart(line));
    const written = source.text.slice(from, Math.min(limit, source.lineEnd(line)));
    const hidden = spanOf(from + (head.exec(written)?.[0].length ?? 0), from + written.trimEnd().length);
    if (hidden.end > hidden.start) spans.push(hidden);
  }
  return spans;
}

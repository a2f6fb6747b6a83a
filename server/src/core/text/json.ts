import type { Span } from './span.ts';
import { ownValue } from './ownValue.ts';

/** JSON with the places of its parts; spans are UTF-16 offsets in the text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly span: Span; readonly members: readonly JsonMember[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly span: Span; readonly text: string }
  | { readonly kind: 'number' | 'true' | 'false' | 'null'; readonly span: Span };

export interface JsonMember {
  readonly key: string;
  /** With its quotes. */
  readonly keySpan: Span;
  readonly value: JsonNode;
}

const depthLimit = 500;

/**
 * Reads JSON (RFC 8259), the keys of an object in their order, also twice the same. `undefined`:
 * it is not JSON, or too deep.
 */
export function parseJson(text: string): JsonNode | undefined {
  const reader = new Reader(text);
  const node = reader.value(0);
  return reader.isAtEnd ? node : undefined;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  value(depth: number): JsonNode | undefined {
    const start = this.#at;
    const first = this.#text[start];
    if (depth > depthLimit) return undefined;
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#list(depth);
    if (first === '"') {
      const text = this.#string();
      if (text === undefined) return undefined;
      return { kind: 'string', span: this.#since(start), text };
    }
    const word = this.#take(/true|false|null/y);
    if (word === 'true' || word === 'false' || word === 'null')
      return { kind: word, span: this.#since(start) };
    const number = this.#take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y);
    if (number === undefined) return undefined;
    return { kind: 'number', span: this.#since(start) };
  }

  #object(depth: number): JsonNode | undefined {
    const start = this.#at;
    const members: JsonMember[] = [];
    const isWhole = this.#all('}', () => {
      const from = this.#at;
      const key = this.#string();
      const keySpan = this.#since(from);
      if (key === undefined || !this.#eat(':')) return false;
      const value = this.value(depth + 1);
      if (value !== undefined) members.push({ key, keySpan, value });
      return value !== undefined;
    });
    if (!isWhole) return undefined;
    return { kind: 'object', span: this.#since(start), members };
  }

  #list(depth: number): JsonNode | undefined {
    const start = this.#at;
    const items: JsonNode[] = [];
    const isWhole = this.#all(']', () => {
      const value = this.value(depth + 1);
      if (value !== undefined) items.push(value);
      return value !== undefined;
    });
    if (!isWhole) return undefined;
    return { kind: 'list', span: this.#since(start), items };
  }

  /** Reads from the opening bracket to the closing one, what is between commas by `read`. */
  #all(close: string, read: () => boolean): boolean {
    this.#eat(this.#text[this.#at] ?? '');
    if (this.#eat(close)) return true;
    do if (!read()) return false;
    while (this.#eat(','));
    return this.#eat(close);
  }

  #string(): string | undefined {
    const written = this.#take(
      /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y,
    );
    return written?.slice(1, -1).replace(/\\(u.{4}|.)/g, (_, escape: string) => unescape(escape));
  }

  #eat(sign: string): boolean {
    this.#skipSpace();
    if (sign === '' || this.#text[this.#at] !== sign) return false;
    this.#at++;
    this.#skipSpace();
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    this.#skipSpace();
    return found;
  }

  #since(start: number): Span {
    return { start, end: start + this.#text.slice(start, this.#at).trimEnd().length };
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescape(escape: string): string {
  if (escape.startsWith('u') && escape.length === 5)
    return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return ownValue(escapes, escape) ?? escape;
}

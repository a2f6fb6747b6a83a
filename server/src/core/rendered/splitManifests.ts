/** The texts of single objects, as they are cut from a stream. */
export interface ManifestPart {
  readonly text: string;
  /** 1-based line of the stream where the object begins; always 1 for JSON. */
  readonly line: number;
  readonly role: ManifestRole;
  /** Whether the stream ends with it, so that it may have been cut off. */
  readonly isLast: boolean;
}

/** `frame`: what a list has around its items, which need not have a kind. */
export type ManifestRole = 'object' | 'item' | 'frame';

/**
 * Cuts a stream of manifests into single objects, so that no more than one of them is held: YAML at `---` and, in what `kubectl get`
 * prints, at each item of a list; JSON at each object or item. What is cut need not be valid.
 */
export class ManifestSplitter {
  #splitter: YamlSplitter | JsonSplitter | undefined;
  #start = '';

  /** The objects that are whole now. */
  push(chunk: string): readonly ManifestPart[] {
    if (this.#splitter !== undefined) return this.#goOn(this.#splitter.push(chunk));
    this.#start += chunk;
    const first = /[^\s\uFEFF]/.exec(this.#start)?.[0];
    if (first === undefined) return [];
    this.#splitter = first === '{' || first === '[' ? new JsonSplitter() : new YamlSplitter();
    const start = this.#start.replace(/^\uFEFF/, '');
    this.#start = '';
    return this.#goOn(this.#splitter.push(start));
  }

  /** After JSON there may be YAML. */
  #goOn(found: readonly ManifestPart[]): readonly ManifestPart[] {
    if (!(this.#splitter instanceof JsonSplitter) || this.#splitter.rest === undefined) return found;
    const { rest, isOpen } = this.#splitter;
    this.#splitter = new YamlSplitter();
    this.#splitter.isOpen = isOpen;
    return [...found, ...this.#splitter.push(rest)];
  }

  /** What is left at the end of the stream. */
  end(): readonly ManifestPart[] {
    return this.#splitter?.end() ?? [];
  }

  /** Whether the stream ends within a JSON value or a list of kubectl; other YAML does not tell. Known after the end. */
  get isCutOff(): boolean {
    return this.#splitter?.isOpen === true;
  }
}

class YamlSplitter {
  /** A line that is not whole yet. */
  #rest = '';
  /** The object so far. */
  #parts: string[] = [];
  /** The line of the stream that is next, and the one where the object began; 1-based. */
  #next = 1;
  #begin = 1;
  /** The indentation of the items of a list; `undefined` outside of them, and -1 before the first. */
  #itemIndent: number | undefined;
  #role: ManifestRole = 'object';
  /** Whether a list has items and has not said its kind yet, which kubectl prints after them. */
  #isWithoutKind = false;
  /** Whether the list said its kind before its items. */
  #hasKind = false;
  /** Whether a list has ended without its kind. */
  isOpen = false;

  push(chunk: string): readonly ManifestPart[] {
    const found: ManifestPart[] = [];
    const text = this.#rest + chunk;
    let from = 0;
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      if (this.#mayCut(text.charCodeAt(at)) && this.#cuts(text.slice(at, end))) {
        this.#parts.push(text.slice(from, at));
        if (isItems.test(text.slice(at, end))) this.#role = 'frame';
        this.#cut(found);
        from = at + this.#open(text.slice(at, end + 1));
      }
      at = end + 1;
      this.#next++;
    }
    this.#parts.push(text.slice(from, at));
    this.#rest = text.slice(at);
    return found;
  }

  end(): readonly ManifestPart[] {
    const found = this.#rest === '' ? [] : [...this.push('\n')];
    this.#cut(found, true);
    this.isOpen ||= this.#isWithoutKind;
    return found;
  }

  /** Most lines are indented, and need not be looked at. */
  #mayCut(first: number): boolean {
    const isInItems = this.#itemIndent !== undefined;
    if (first <= 0x23) return isInItems && (first === 0x22 || (this.#itemIndent !== 0 && first === 0x20));
    return isInItems || first === 0x2d || first === 0x2e || first === 0x69;
  }

  #cuts(line: string): boolean {
    if (isMark.test(line) || isItems.test(line)) return true;
    if (this.#itemIndent === undefined) return false;
    const item = /^( *)-(?:\s|$)/.exec(line);
    if (item !== null && this.#itemIndent < 0) this.#itemIndent = item[1]?.length ?? 0;
    return item?.[1]?.length === this.#itemIndent || /^[^\s#-]/.test(line);
  }

  /** Begins an object at a line that cuts; the answer is how much of the line is not a part of it. */
  #open(line: string): number {
    if (isMark.test(line)) {
      this.#itemIndent = undefined;
      this.#role = 'object';
      this.isOpen ||= this.#isWithoutKind;
      this.#isWithoutKind = false;
      this.#hasKind = false;
      if (line.slice(3).trim() !== '') return 3;
      this.#begin++;
      return line.length;
    }
    if (isItems.test(line)) {
      this.#itemIndent = -1;
      this.#role = 'frame';
      return line.length;
    }
    const dash = /^ *-(?:[ \t]|$|(?=\r?\n))/.exec(line)?.[0];
    if (dash === undefined) {
      this.#itemIndent = undefined;
      this.#role = 'frame';
      return 0;
    }
    this.#role = 'item';
    this.#parts.push(' '.repeat(dash.length));
    return dash.length;
  }

  #cut(found: ManifestPart[], isLast = false): void {
    const text = this.#parts.join('');
    if (text.trim() !== '') found.push({ text, line: this.#begin, role: this.#role, isLast });
    if (this.#role === 'item') this.#isWithoutKind ||= !this.#hasKind;
    if (this.#role === 'frame' && /^["']?kind["']?:/m.test(text)) {
      this.#hasKind = true;
      this.#isWithoutKind = false;
    }
    this.#parts = [];
    this.#begin = this.#next;
  }
}

const isMark = /^(?:---|\.\.\.)(?:\s|$)/;
const isItems = /^["']?items["']?:\s*(?:#.*)?$/;

class JsonSplitter {
  #text = '';
  #at = 0;
  #depth = 0;
  #isInString = false;
  /** Where the object began that is being read; `undefined` between objects. */
  #start: number | undefined;
  /** How deep the objects to be cut are: 0, or 2 within `items` of a list. */
  #level = 0;
  /** What follows the JSON. */
  rest: string | undefined;

  push(chunk: string): readonly ManifestPart[] {
    this.#text += chunk;
    const found: ManifestPart[] = [];
    if (this.#depth === 0 && this.#endsAt(this.#at)) return found;
    const sign = /["\\{}[\]]/g;
    sign.lastIndex = this.#at;
    for (let match = sign.exec(this.#text); match !== null; match = sign.exec(this.#text)) {
      if (match[0] === '\\' && match.index + 1 >= this.#text.length) {
        sign.lastIndex = match.index;
        this.#at = match.index;
        return this.#forget(found);
      }
      if (match[0] === '\\') sign.lastIndex = match.index + 2;
      else this.#take(match[0], match.index, found);
      if (this.#depth === 0 && !this.#isInString && this.#endsAt(match.index + 1)) return found;
    }
    this.#at = this.#text.length;
    return this.#forget(found);
  }

  end(): readonly ManifestPart[] {
    const rest = this.#start === undefined ? '' : this.#text.slice(this.#start);
    this.#text = '';
    return rest.trim() === '' ? [] : [{ text: rest, line: 1, role: this.#role, isLast: true }];
  }

  /** Whether what began has not ended. */
  get isOpen(): boolean {
    return this.#depth !== 0 || this.#isInString;
  }

  get #role(): ManifestRole {
    return this.#level === 0 ? 'object' : 'item';
  }

  /** Whether something else than JSON begins there, after blanks and commas. */
  #endsAt(from: number): boolean {
    const next = /[^\s,\uFEFF]/g;
    next.lastIndex = from;
    const start = next.exec(this.#text);
    if (start === null || start[0] === '{' || start[0] === '[') return false;
    this.rest = this.#text.slice(start.index);
    return true;
  }

  #take(sign: string, at: number, found: ManifestPart[]): void {
    if (sign === '"') this.#isInString = !this.#isInString;
    if (this.#isInString || sign === '"') return;
    if (sign === '{' || sign === '[') {
      const isItems = sign === '[' && this.#depth <= 1 && this.#level === 0 && this.#opensItems(at);
      if (isItems) {
        this.#level = this.#depth + 1;
        this.#start = undefined;
      } else if (this.#depth === this.#level) this.#start ??= at;
      this.#depth++;
      return;
    }
    this.#depth--;
    if (this.#depth < this.#level) this.#level = 0;
    else if (this.#depth === this.#level && this.#start !== undefined) {
      const text = this.#text.slice(this.#start, at + 1);
      found.push({ text, line: 1, role: this.#role, isLast: false });
      this.#start = undefined;
    }
  }

  /** Whether the bracket is that of `items` in an object, or the whole is a list. */
  #opensItems(at: number): boolean {
    if (this.#depth === 0) return true;
    return /"items"\s*:\s*$/.test(this.#text.slice(Math.max(0, at - 100), at));
  }

  #forget(found: ManifestPart[]): ManifestPart[] {
    const from = this.#start ?? Math.max(0, this.#at - 100);
    this.#text = this.#text.slice(from);
    this.#at -= from;
    if (this.#start !== undefined) this.#start = 0;
    return found;
  }
}

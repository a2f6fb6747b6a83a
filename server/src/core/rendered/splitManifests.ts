/** The texts of single objects, as they are cut from a stream. */
export interface ManifestPart {
  readonly text: string;
  /** 1-based line of the stream where the object begins; always 1 for JSON. */
  readonly line: number;
}

/**
 * Cuts a stream of manifests into single objects, so that no more than one of them is held: YAML at `---` and, in what `kubectl get`
 * prints, at each item of a list; JSON at each object or item. What is cut need not be valid.
 */
export class ManifestSplitter {
  #splitter: YamlSplitter | JsonSplitter | undefined;
  #start = '';

  /** The objects that are whole now. */
  push(chunk: string): readonly ManifestPart[] {
    if (this.#splitter !== undefined) return this.#splitter.push(chunk);
    this.#start += chunk;
    const first = /[^\s\uFEFF]/.exec(this.#start)?.[0];
    if (first === undefined) return [];
    this.#splitter = first === '{' || first === '[' ? new JsonSplitter() : new YamlSplitter();
    const start = this.#start.replace(/^\uFEFF/, '');
    this.#start = '';
    return this.#splitter.push(start);
  }

  /** What is left at the end of the stream. */
  end(): readonly ManifestPart[] {
    return this.#splitter?.end() ?? [];
  }
}

class YamlSplitter {
  #rest = '';
  #lines: string[] = [];
  /** The line of the stream that is next, and the one where the object began; 1-based. */
  #next = 1;
  #begin = 1;
  #isInItems = false;

  push(chunk: string): readonly ManifestPart[] {
    const found: ManifestPart[] = [];
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line, found);
    return found;
  }

  end(): readonly ManifestPart[] {
    const found: ManifestPart[] = [];
    if (this.#rest !== '') this.#take(this.#rest, found);
    this.#rest = '';
    this.#cut(found);
    return found;
  }

  #take(line: string, found: ManifestPart[]): void {
    const isMark = /^(?:---|\.\.\.)(?:\s|$)/.test(line);
    if (isMark) {
      this.#cut(found);
      this.#isInItems = false;
      const rest = line.slice(3);
      if (rest.trim() === '') this.#begin++;
      else this.#lines.push(rest);
    } else if (/^items:\s*$/.test(line)) {
      this.#cut(found);
      this.#isInItems = true;
    } else if (this.#isInItems && /^- /.test(line)) {
      this.#cut(found);
      this.#lines.push(`  ${line.slice(2)}`);
    } else if (this.#isInItems && /^[^\s#-]/.test(line)) {
      this.#cut(found);
      this.#isInItems = false;
      this.#lines.push(line);
    } else this.#lines.push(line);
    this.#next++;
  }

  #cut(found: ManifestPart[]): void {
    if (this.#lines.some(line => line.trim() !== ''))
      found.push({ text: `${this.#lines.join('\n')}\n`, line: this.#begin });
    this.#lines = [];
    this.#begin = this.#next;
  }
}

class JsonSplitter {
  #text = '';
  #at = 0;
  #depth = 0;
  #isInString = false;
  /** Where the object began that is being read; `undefined` between objects. */
  #start: number | undefined;
  /** How deep the objects to be cut are: 0, or 2 within `items` of a list. */
  #level = 0;

  push(chunk: string): readonly ManifestPart[] {
    this.#text += chunk;
    const found: ManifestPart[] = [];
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
    }
    this.#at = this.#text.length;
    return this.#forget(found);
  }

  end(): readonly ManifestPart[] {
    const rest = this.#start === undefined ? '' : this.#text.slice(this.#start);
    this.#text = '';
    return rest.trim() === '' ? [] : [{ text: rest, line: 1 }];
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
      found.push({ text: this.#text.slice(this.#start, at + 1), line: 1 });
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

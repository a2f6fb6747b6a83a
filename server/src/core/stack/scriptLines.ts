/**
 * What the lines of a script say about places in them. Asked for places in their order, it takes time in proportion to the
 * text, however many places there are and however long the lines.
 */
export class ScriptLines {
  readonly #text: string;
  #lineStart = 0;
  #lineEnd = -1;
  /** Where a comment of the line starts; its end when there is none. */
  #comment = 0;
  /** The quote that is open where the line was read up to. */
  #quote: string | undefined;
  #readTo = 0;
  /** By indentation: the last line that was asked for, and the answer. */
  readonly #folded = new Map<string, { readonly lineStart: number; readonly answer: string | undefined }>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether an offset is after the `#` of a comment. */
  isComment(offset: number): boolean {
    this.#moveTo(offset);
    return offset > this.#comment;
  }

  /** Whether an offset is in what its command prints, or what a variable for help holds. */
  isPrinted(offset: number): boolean {
    this.#moveTo(offset);
    return printing.test(this.#text.slice(Math.max(this.#lineStart, offset - 500), offset));
  }

  /** The blanks that the line of an offset begins with. */
  indent(offset: number): string {
    this.#moveTo(offset);
    return /^[ \t]*/.exec(this.#text.slice(this.#lineStart, offset))?.[0] ?? '';
  }

  /** The quote that is open at an `end`, from the line of `start` on, as in `sh -c "deploykf generate`; `undefined`: none. */
  openQuote(start: number, end: number): string | undefined {
    this.#moveTo(start);
    while (this.#readTo < end) {
      const char = this.#text[this.#readTo];
      if (char === '\\' && this.#quote !== "'") this.#readTo++;
      else if (char === this.#quote) this.#quote = undefined;
      else if (this.#quote === undefined && (char === '"' || char === "'")) this.#quote = char;
      this.#readTo++;
    }
    return this.#quote;
  }

  /**
   * The indentation of a command that is in a folded block scalar of YAML (`run: >`), where lines of the same
   * indentation are one; `undefined` anywhere else.
   */
  foldedIndent(offset: number): string | undefined {
    this.#moveTo(offset);
    const indent = /^ */.exec(this.#text.slice(this.#lineStart, offset))?.[0] ?? '';
    const answer = this.#foldedAbove(indent);
    this.#folded.set(indent, { lineStart: this.#lineStart, answer });
    return answer;
  }

  /** Looks at the first line above that is not of the same block, or takes the answer of one that is. */
  #foldedAbove(indent: string): string | undefined {
    const known = this.#folded.get(indent);
    let end = this.#lineStart - 1;
    while (end >= 0) {
      const start = end === 0 ? 0 : this.#text.lastIndexOf('\n', end - 1) + 1;
      if (indent !== '' && known !== undefined && start <= known.lineStart) return known.answer;
      const line = this.#text.slice(start, end);
      if (line.trim() !== '' && (indent === '' || !line.startsWith(indent))) {
        if (isFolded(line)) return indent;
        return undefined;
      }
      end = start - 1;
    }
    return undefined;
  }

  #moveTo(offset: number): void {
    if (offset <= this.#lineEnd) return;
    this.#lineStart = this.#text.lastIndexOf('\n', offset - 1) + 1;
    const end = this.#text.indexOf('\n', offset);
    this.#lineEnd = end < 0 ? this.#text.length : end;
    const comment = /(?<=^|\s)#/.exec(this.#text.slice(this.#lineStart, this.#lineEnd));
    this.#comment = comment === null ? this.#lineEnd : this.#lineStart + comment.index;
    this.#quote = undefined;
    this.#readTo = this.#lineStart;
  }
}

const printing =
  /(?:^|[;&|{(]|\b(?:then|else|do)\b)[ \t]*@?(?:(?:echo|printf?|puts|log(?:ger)?|die|warn(?:ing)?|info|error|fail|abort|(?:log|print|say)_\w{1,40}|Write-(?:Host|Output|Warning|Error))[ \t(]|\w{0,40}(?:usage|help)\w{0,40}=)[^;&|\n]{0,500}$/i;

/** Whether the lines below are one folded text: `run: >`, `- >-`, with or without a comment. */
function isFolded(line: string): boolean {
  return /[:-][ \t]+>[-+\d]*[ \t]*(?:#.*)?$/.test(line.trimEnd());
}

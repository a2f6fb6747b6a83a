/** deployKF's own values have eight levels. */
export const depthLimit = 200;

/**
 * Watches how deep a text is nested while the lexer takes it apart;
 * counts each level at least once, at most twice.
 */
export class DepthMeter {
  /** The offset of the first lexeme that is too deep. */
  exceededAt: number | undefined;
  /** How many lexemes there were. */
  count = 0;
  #offset = 0;
  #lineStart = 0;
  #flow = 0;
  #isScalarNext = false;
  /** Where the node began that the next `:` makes a key. */
  #nodeColumn: number | undefined;
  /** The columns of the open block collections. */
  readonly #columns: number[] = [];

  add(lexeme: string): void {
    this.count++;
    const column = this.#offset - this.#lineStart;
    if (this.#isScalarNext) {
      this.#isScalarNext = false;
      this.#nodeColumn ??= column;
    } else this.#addToken(lexeme, column);
    // The marks of the lexer are not part of the text.
    if (lexeme !== documentMark && lexeme !== flowEndMark && lexeme !== scalarMark) this.#advance(lexeme);
    if (this.#flow + this.#columns.length > depthLimit)
      this.exceededAt ??= Math.max(0, this.#offset - lexeme.length);
  }

  #addToken(lexeme: string, column: number): void {
    switch (lexeme) {
      case scalarMark:
        this.#isScalarNext = true;
        return;
      case flowEndMark:
        this.#flow = 0;
        return;
      case '[':
      case '{':
        this.#nodeColumn ??= column;
        this.#flow++;
        return;
      case ']':
      case '}':
        this.#flow = Math.max(0, this.#flow - 1);
        return;
      case '-':
      case '?':
      case ':':
        if (this.#flow === 0) this.#open(lexeme === ':' ? (this.#nodeColumn ?? column) : column);
        this.#nodeColumn = undefined;
        return;
      default:
        if (!/^[ \t\r\n#\x02]/.test(lexeme)) this.#nodeColumn ??= column;
    }
  }

  #open(column: number): void {
    while ((this.#columns.at(-1) ?? -1) > column) this.#columns.pop();
    // A list may be at the column of its key.
    this.#columns.push(column);
    if (this.#columns.at(-3) === column) this.#columns.pop();
  }

  #advance(lexeme: string): void {
    this.#offset += lexeme.length;
    const newline = lexeme.lastIndexOf('\n');
    if (newline < 0) return;
    this.#lineStart = this.#offset - (lexeme.length - newline - 1);
    if (lexeme === '\n' || lexeme === '\r\n') this.#nodeColumn = undefined;
  }
}

const documentMark = '\x02';
const flowEndMark = '\x18';
const scalarMark = '\x1f';

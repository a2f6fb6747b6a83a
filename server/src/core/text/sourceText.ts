import { firstIndex } from './search.ts';
/** A place in a text: 0-based line and 0-based UTF-16 character in it, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** An immutable text that knows its lines. Line ends are `\n`, `\r\n` and a lone `\r`, as in LSP. */
export class SourceText {
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** The line end that the text uses first; `\n` when it has none. */
  get eol(): '\n' | '\r\n' {
    const at = this.text.indexOf('\n');
    return at > 0 && this.text[at - 1] === '\r' ? '\r\n' : '\n';
  }

  /** The place of a UTF-16 offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    const line = this.#lineOf(clamped);
    return { line, character: clamped - this.lineStart(line) };
  }

  /** The UTF-16 offset of a place; lines and characters outside the text are clamped to it. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.text.length;
    return Math.min(this.lineStart(line) + Math.max(0, character), this.lineEnd(line));
  }

  lineStart(line: number): number {
    return this.lineStarts[line] ?? this.text.length;
  }

  /** The offset after the last character of a line, before its line end. */
  lineEnd(line: number): number {
    let end = this.lineStarts[line + 1] ?? this.text.length;
    if (line + 1 < this.lineCount) {
      if (this.text[end - 1] === '\n') end--;
      if (this.text[end - 1] === '\r' && end > this.lineStart(line)) end--;
    }
    return end;
  }

  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  get lineStarts(): readonly number[] {
    return (this.#lineStarts ??= findLineStarts(this.text));
  }

  #lineOf(offset: number): number {
    return Math.max(0, firstIndex(this.lineStarts, start => start > offset) - 1);
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

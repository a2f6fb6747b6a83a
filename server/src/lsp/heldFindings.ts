import type { Diagnostic } from 'vscode-languageserver';
import { yamlSyntax } from '../core/rules/yaml/yamlSyntax.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { isObject } from './params.ts';
import { changedLines, type Lines } from './changedLines.ts';

/** In milliseconds: whoever has not typed for so long reads what is said. */
const rest = 1000;

interface Typed {
  readonly lines: Lines;
  /** The codes of what was said of these lines when the typing began: that stays, whatever its words are. */
  readonly codes: ReadonlySet<unknown>;
  readonly timer: ReturnType<typeof setTimeout>;
  isHolding: boolean;
}

/**
 * Holds back what is wrong only because a line is half typed: what an edit brings to its own lines, or to the syntax, is said
 * when the typing rests. For clients that ask for it.
 */
export class HeldFindings {
  readonly #typed = new Map<string, Typed>();
  readonly #onRest: () => void;

  /** `onRest` is called when something that was held back may be said. */
  constructor(onRest: () => void) {
    this.#onRest = onRest;
  }

  /** Notes an edit, before it is made. `said`: the diagnostics that a client has of a normalized URI. */
  note(document: unknown, changes: unknown, said: (uri: string) => readonly Diagnostic[]): void {
    if (!isObject(document) || typeof document['uri'] !== 'string') return;
    const uri = normalizeUri(document['uri']);
    const before = this.#typed.get(uri);
    clearTimeout(before?.timer);
    const lines = changedLines(changes, before?.lines);
    if (lines === undefined) {
      this.#typed.delete(uri);
      return;
    }
    this.#typed.set(uri, {
      lines,
      codes:
        before?.codes ??
        new Set(
          said(uri)
            .filter(isIn(lines))
            .map(({ code }) => code),
        ),
      timer: setTimeout(() => this.#rest(uri), rest),
      isHolding: before?.isHolding ?? false,
    });
  }

  /** Those of the diagnostics of a file that may be said now. */
  allowed(uri: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    const typed = this.#typed.get(uri);
    if (typed === undefined) return diagnostics;
    const isTyped = isIn(typed.lines);
    const allowed = diagnostics.filter(
      diagnostic => typed.codes.has(diagnostic.code) || !isTyped(diagnostic),
    );
    typed.isHolding ||= allowed.length < diagnostics.length;
    return allowed;
  }

  #rest(uri: string): void {
    const isHolding = this.#typed.get(uri)?.isHolding === true;
    this.#typed.delete(uri);
    if (isHolding) this.#onRest();
  }
}

/** Half a quote or bracket may be found missing anywhere. */
function isIn({ first, last }: Lines): (diagnostic: Diagnostic) => boolean {
  return ({ code, range }) =>
    code === yamlSyntax.code || (range.start.line >= first && range.start.line <= last);
}

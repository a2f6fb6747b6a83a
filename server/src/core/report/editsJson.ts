import type { schema } from './json.ts';
import type { LeftJson } from './leftText.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { TextEdit } from '../text/edit.ts';
import { rangeOf, type Range } from './types.ts';

export interface EditJson {
  readonly range: Range;
  readonly newText: string;
}

export interface FileEditsJson {
  readonly file: string;
  readonly edits: readonly EditJson[];
}

export interface FixJson {
  readonly schema: typeof schema;
  readonly edits: readonly FileEditsJson[];
  /** How many findings are left when the edits are made. */
  readonly remaining: number;
  /** By stack, what does not come from the private registry after the edits; absent when there is nothing. */
  readonly left?: readonly LeftJson[];
  /**
   * The files that could not be written, each with a phrase to put after its name;
   * absent when there are none.
   */
  readonly unwritten?: readonly { readonly file: string; readonly problem: string }[];
  /** What could not be looked at, and why; absent when all was. */
  readonly problems?: readonly string[];
}

/** Edits of one file, exactly as `fix --dry-run --format json` prints them. */
export function fileEditsJson(file: string, source: SourceText, edits: readonly TextEdit[]): FileEditsJson {
  return { file, edits: edits.map(({ span, newText }) => ({ range: rangeOf(source, span), newText })) };
}

import { Range } from 'vscode';
import type { TextRange } from '../../server/src/protocol.ts';

export function rangeOf({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

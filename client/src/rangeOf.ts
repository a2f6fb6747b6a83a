import { Range } from 'vscode';
import type { FilePlace } from '../../server/src/protocol.ts';

export function rangeOf({ start, end }: FilePlace): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

import { printableJson } from '../../core/text/printable.ts';
import type { Io } from './io.ts';

export function writeJson(io: Pick<Io, 'stdout'>, value: unknown): void {
  io.stdout.writeData(jsonText(value));
}

export function jsonText(value: unknown): string {
  return `${printableJson(JSON.stringify(value, undefined, 2))}\n`;
}

import type { InputOptions } from '../arguments/options.ts';
import { stdinName } from '../io/paths.ts';
import { sayOption, type Io } from '../io/io.ts';

/** What the command is asked about. */
export type Request =
  /** Files and folders, each file alone. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** One stack of layers, weakest first. */
  | { readonly kind: 'layers'; readonly paths: readonly string[] }
  | { readonly kind: 'stack'; readonly name: string }
  /** Whatever is found from the working directory. */
  | { readonly kind: 'found' };

export type RequestResult =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'wrong'; readonly message: string };

/** The paths of files and folders that the user named. */
export function namedPaths(request: Request): readonly string[] {
  if (request.kind === 'files' || request.kind === 'layers') return request.paths;
  return [];
}

function sayOperands(operands: readonly string[], io: Pick<Io, 'isLibrary'>): string {
  if (io.isLibrary !== true) return 'files';
  return sayOption(io, operands.every(operand => operand === stdinName) ? 'text' : 'files');
}

export function readRequest(
  { values: layers, stack: name, operands }: InputOptions,
  io: Pick<Io, 'isLibrary'>,
): RequestResult {
  const given: string[] = [];
  if (operands.length > 0) given.push(sayOperands(operands, io));
  if (layers.length > 0) given.push(sayOption(io, 'values'));
  if (name !== undefined) given.push(sayOption(io, 'stack'));
  if (given.length > 1)
    return { kind: 'wrong', message: `${given.join(' and ')} cannot be combined: choose one of them` };
  if (operands.length > 0) return { kind: 'request', request: { kind: 'files', paths: operands } };
  if (layers.length > 0) return { kind: 'request', request: { kind: 'layers', paths: layers } };
  if (name !== undefined) return { kind: 'request', request: { kind: 'stack', name } };
  return { kind: 'request', request: { kind: 'found' } };
}

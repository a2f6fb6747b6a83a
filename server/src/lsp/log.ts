import { printableLines } from '../core/text/printable.ts';

/** Where the server writes what a user may want to know when something goes wrong. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
}

/** A log that shows every character of what others wrote. */
export function printableLog(log: Log): Log {
  return {
    error: message => log.error(printableLines(message)),
    warn: message => log.warn(printableLines(message)),
    info: message => log.info(printableLines(message)),
  };
}

/** An error with its stack, as a log shows it. */
export function describeError(error: unknown): string {
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}

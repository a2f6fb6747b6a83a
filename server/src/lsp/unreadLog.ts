import { describeUnread, type FileText, type Unread } from '../host/files.ts';
import type { Log } from './log.ts';

/** Logs what is wrong with files: of each once, and again when it changes. */
export class UnreadLog {
  readonly #log: Log;
  readonly #told = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** What reading a file gave. That it is missing says nothing: it may be only one of the places where it was looked for. */
  take(uri: string, result: FileText): void {
    if (result.kind === 'text' || result.kind === 'missing') this.forget(uri);
    else this.tell(uri, result);
  }

  tell(uri: string, result: Unread): void {
    const message = `"${uri}" ${describeUnread(result)}`;
    if (this.#told.get(uri) !== message) this.#log.warn(message);
    this.#told.set(uri, message);
  }

  /** To be called when nothing is wrong with a file any more. */
  forget(uri: string): void {
    this.#told.delete(uri);
  }
}

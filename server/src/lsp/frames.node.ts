import type { Readable } from 'node:stream';
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';

/** In bytes. No string of this length can be made, and waiting for so much would be waiting for ever. */
const maxBody = 512 * 1024 * 1024;

/** In bytes. What is longer without an end is not a header. */
const maxHeader = 64 * 1024;

/**
 * Reads the messages of a stream. Where a header is broken, the library's reader would never find the next
 * one and be deaf from then on; this one takes the last length that is before a body, and so loses only the
 * broken message.
 */
export class FrameReader extends AbstractMessageReader {
  readonly #stream: Readable;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Of the body that is awaited; `undefined`: a header is. */
  #length: number | undefined;

  constructor(stream: Readable) {
    super();
    this.#stream = stream;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      for (let body = this.#next(); body !== undefined; body = this.#next()) this.#deliver(body, callback);
    };
    const onError = (error: Error): void => this.fireError(error);
    const onEnd = (): void => this.fireClose();
    this.#stream.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);
    return {
      dispose: () =>
        void this.#stream.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd),
    };
  }

  #deliver(body: Buffer, callback: DataCallback): void {
    try {
      callback(JSON.parse(body.toString('utf8')) as Message);
    } catch (error) {
      this.fireError(error);
    }
  }

  /** The next body that is there as a whole. */
  #next(): Buffer | undefined {
    for (let header = this.#header(); header !== undefined; header = this.#header()) {
      const length = lengthIn(header);
      if (length !== undefined) this.#length = length;
      else this.fireError(new Error('A message has no usable Content-Length'));
    }
    if (this.#length === undefined || this.#bytes < this.#length) return undefined;
    const body = this.#take(this.#length);
    this.#length = undefined;
    return body;
  }

  /** Takes the next header; `undefined` when none is awaited, or it is not complete yet. */
  #header(): string | undefined {
    if (this.#length !== undefined || this.#bytes === 0) return undefined;
    const buffered = this.#joined();
    const end = buffered.indexOf('\r\n\r\n');
    if (end >= 0) return this.#take(end + 4).toString('latin1');
    // Its last bytes may be the beginning of a header.
    if (buffered.length > maxHeader) this.#take(buffered.length - maxHeader);
    return undefined;
  }

  #take(count: number): Buffer {
    const buffered = this.#joined();
    const rest = buffered.subarray(count);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
    return buffered.subarray(0, count);
  }

  #joined(): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (this.#chunks.length < 2) return first;
    const joined = Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [joined];
    return joined;
  }
}

function lengthIn(header: string): number | undefined {
  const digits = [...header.matchAll(/content-length:[ \t]*(\d+)[ \t]*\r\n/gi)].at(-1)?.[1];
  const length = digits === undefined ? undefined : Number(digits);
  return length === undefined || length > maxBody ? undefined : length;
}

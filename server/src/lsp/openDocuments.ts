import { SourceText } from '../core/text/sourceText.ts';
import { normalizeUri } from '../core/stack/uri.ts';
import { ValuesFile } from '../core/stack/valuesFile.ts';
import { isTooLarge } from '../host/textSize.ts';
import { isObject } from './params.ts';
import type { Log } from './log.ts';
import { applyChanges } from './textSync.ts';

/** A file that an editor has open: its text is the one that counts. */
export interface OpenDocument {
  /** As the client writes it. Everything else goes by `file.uri`, which is normalized. */
  readonly uri: string;
  readonly version: number;
  /** Without a text where the real one is too large to work with. */
  readonly file: ValuesFile;
  readonly isTooLarge: boolean;
}

/** So many of the client's mistakes are logged; a client that makes more is not helped by a longer log. */
const maxTold = 100;

/** The texts of the editor. What a client tells wrongly leaves the last good text, and is logged once for each document. */
export class OpenDocuments implements Iterable<OpenDocument> {
  readonly #log: Log;
  readonly #documents = new Map<string, OpenDocument>();
  /** The texts that are too large to work with: changes may make them small again. */
  readonly #largeTexts = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  [Symbol.iterator](): Iterator<OpenDocument> {
    return this.#documents.values();
  }

  get uris(): readonly string[] {
    return [...this.#documents.keys()];
  }

  /** By the normalized URI. */
  get(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
  }

  has(uri: string): boolean {
    return this.#documents.has(uri);
  }

  /** Takes a text, also of a document that is open. `before`: what is known of the file; `undefined`: there is no text. */
  open(document: unknown, before: (uri: string) => ValuesFile | undefined): OpenDocument | undefined {
    const { uri, version, text }: Readonly<Record<string, unknown>> = isObject(document) ? document : {};
    if (typeof uri !== 'string') return this.#tell('A document was opened without a URI');
    if (typeof text !== 'string') return this.#tell('A document was opened without a text', uri);
    const key = normalizeUri(uri);
    if (this.#documents.has(key)) this.#tell('A document was opened although it was already open', uri);
    return this.#set({ uri, version: isVersion(version) ? version : 0 }, text, before(key));
  }

  /** The document with changes made to it; `undefined`: they were not usable, and it stays as it was. */
  change(document: unknown, changes: unknown): OpenDocument | undefined {
    const { uri, version }: Readonly<Record<string, unknown>> = isObject(document) ? document : {};
    if (typeof uri !== 'string') return this.#tell('A document was changed without a URI');
    const before = this.#documents.get(normalizeUri(uri));
    if (before === undefined) return this.#tell('A document was changed although it was not open', uri);
    const large = this.#largeTexts.get(before.file.uri);
    const text = applyChanges(large === undefined ? before.file.source : new SourceText(large), changes);
    if (text === undefined) return this.#tell('A malformed change was ignored', uri);
    // What comes later is newer, whatever number it has.
    if (!isVersion(version) || version <= before.version)
      this.#tell('A change came without a newer version', uri);
    return this.#set(
      { uri: before.uri, version: isVersion(version) ? version : before.version },
      text,
      before.file,
    );
  }

  close(uri: string): void {
    this.#documents.delete(uri);
    this.#largeTexts.delete(uri);
  }

  #set(
    { uri, version }: Pick<OpenDocument, 'uri' | 'version'>,
    text: string,
    before: ValuesFile | undefined,
  ): OpenDocument {
    const key = normalizeUri(uri);
    const isLarge = isTooLarge(text);
    if (isLarge) this.#largeTexts.set(key, text);
    else this.#largeTexts.delete(key);
    const options = isLarge ? { version } : { version, ...previousOf(before) };
    const document = {
      uri,
      version,
      file: new ValuesFile(key, isLarge ? '' : text, options),
      isTooLarge: isLarge,
    };
    this.#documents.set(key, document);
    return document;
  }

  #tell(mistake: string, uri?: string): undefined {
    const message = uri === undefined ? mistake : `${mistake}: "${uri.slice(0, 1000)}"`;
    if (this.#told.has(message) || this.#told.size >= maxTold) return;
    this.#told.add(message);
    this.#log.warn(message);
  }
}

function isVersion(version: unknown): version is number {
  return typeof version === 'number' && Number.isInteger(version);
}

/** A text that is not a values file is not parsed, so there is nothing to start from. */
function previousOf(file: ValuesFile | undefined): { readonly previous?: ValuesFile } {
  if (file?.isValues === true) return { previous: file };
  return {};
}

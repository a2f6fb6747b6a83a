import type { CST } from 'yaml';
import type { Span } from '../text/span.ts';

/** Finds `%YAML` and `%TAG` lines that a document has twice, which YAML forbids and the parser overlooks. */
export class DirectiveReader {
  readonly repeated: Span[] = [];
  readonly #known = new Set<string>();

  see(token: CST.Token): void {
    if (token.type === 'document') this.#known.clear();
    if (token.type !== 'directive') return;
    const name = /^%(?:YAML(?=\s|$)|TAG\s+\S+)/.exec(token.source)?.[0].replace(/\s+/, ' ');
    if (name === undefined) return;
    if (this.#known.has(name))
      this.repeated.push({ start: token.offset, end: token.offset + token.source.length });
    this.#known.add(name);
  }
}

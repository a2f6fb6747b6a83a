import type { Span } from '../text/span.ts';
import { cyclicAliasMessage, unknownAliasMessage } from './problems.ts';
import type { Problem } from '../text/problem.ts';

/** The anchors and aliases of a part of a document, in text order. */
export interface References {
  /** Names of anchors. */
  readonly defines: readonly string[];
  /** Aliases whose anchor is not before them in this part. */
  readonly needs: readonly NeededAnchor[];
}

export interface NeededAnchor {
  readonly name: string;
  readonly span: Span;
}

/**
 * Collects the references of one part as it is read.
 * An alias stands for the last anchor of its name before it.
 */
export class ReferenceReader {
  readonly #open = new Map<string, boolean>();
  readonly #defines: string[] = [];
  readonly #needs: NeededAnchor[] = [];
  readonly problems: Problem[] = [];

  /** Call the result when the anchored value ends. */
  open(name: string): () => void {
    // A later anchor of the same name inside takes its place, and is not open any more when this one ends.
    this.#open.set(name, true);
    this.#defines.push(name);
    return () => this.#open.set(name, false);
  }

  alias(name: string, span: Span): void {
    const isOpen = this.#open.get(name);
    if (isOpen === undefined) this.#needs.push({ name, span });
    else if (isOpen) this.problems.push({ message: cyclicAliasMessage(name), span });
  }

  get references(): References {
    return { defines: this.#defines, needs: this.#needs };
  }
}

/** The aliases of a document that no anchor before them explains. */
export function unknownAliases(parts: readonly References[]): readonly Problem[] {
  if (parts.every(part => part.needs.length === 0)) return [];
  const known = new Set<string>();
  return parts.flatMap(({ defines, needs }) => {
    const unknown = needs.filter(({ name }) => !known.has(name));
    for (const name of defines) known.add(name);
    return unknown.map(({ name, span }) => ({ message: unknownAliasMessage(name), span }));
  });
}

import type { Span } from '../text/span.ts';
import { anchorsOf, findPath, firstDocument } from '../yaml/lookup.ts';
import type { Path } from '../yaml/nodes.ts';
import { parseYaml, type ParsedYaml } from '../yaml/parse.ts';
import type { ShownDocument } from './catalogIndex.ts';

/** The `default_values.yaml` of a generator as upstream wrote it, which the user has. Parsed when first asked. */
export class CommentedDefaults {
  readonly document: ShownDocument;
  #yaml: ParsedYaml | undefined;

  constructor(document: ShownDocument) {
    this.document = document;
  }

  /** The key at a value path. */
  keySpan(path: Path): Span | undefined {
    const root = firstDocument((this.#yaml ??= parseYaml(this.document.source.text)));
    return findPath(root, path, anchorsOf(root))?.pair?.key.span;
  }

  /** The lines of the comment above the key at a value path, without a heading over it; empty where there is none. */
  commentAt(path: Path): readonly string[] {
    const span = this.keySpan(path);
    if (span === undefined) return [];
    const { source } = this.document;
    const { line, character } = source.positionAt(span.start);
    const lines: string[] = [];
    for (let above = line - 1; above >= 0; above--) {
      const written = source.lineText(above);
      const text = written.trim().replace(/^#+ ?/, '');
      const isOther =
        written.search(/\S/) !== character || written[character] !== '#' || /^-{3,}$/.test(text);
      if (isOther) break;
      lines.unshift(text);
    }
    return withoutBlankEnds(lines);
  }
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const isWritten = (line: string): boolean => line !== '';
  const first = lines.findIndex(isWritten);
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex(isWritten) + 1);
}

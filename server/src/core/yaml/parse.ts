import type { Span } from '../text/span.ts';
import { BlockReader, type Block, type ParsedParts } from './block.ts';
import { compose } from './compose.ts';
import { cutDocument } from './cut.ts';
import type { YamlMap, YamlNode } from './nodes.ts';
import { halfKeyProblems } from './problems.ts';
import type { Problem } from '../text/problem.ts';
import { unknownAliases } from './references.ts';

/** One `---` document. */
export interface YamlDocument {
  readonly root: YamlNode | undefined;
  readonly span: Span;
}

/** A parsed text. Parsing cannot fail: what does not parse becomes a problem, and the rest stays usable. */
export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  /** In text order. */
  readonly problems: readonly Problem[];
  /**
   * The parts that were parsed on their own, to be used again by the next parse;
   * `undefined` when the text has none.
   */
  readonly parts: ParsedParts | undefined;
}

/**
 * Parses a text. A text that is one block map is parsed in parts (`cutDocument` says why that is sound), and
 * the parts of `previous` that an edit did not touch are used again: a keystroke costs the part that it is
 * in. What a part becomes depends on its own characters alone,
 * so the result is the same as without `previous`.
 */
export function parseYaml(written: string, previous?: ParsedYaml): ParsedYaml {
  const text = withLineFeeds(written);
  const cut = cutDocument(text);
  if (cut === undefined) return parseWhole(text);
  const reader = new BlockReader(text, previous?.parts);
  const blocks: Block[] = [];
  for (const part of cut.parts) {
    const block = reader.read(part);
    if (block === undefined) return parseWhole(text);
    blocks.push(block);
  }
  return {
    documents: [{ root: rootOf(blocks), span: { start: 0, end: text.length } }],
    problems: inOrder([
      ...halfKeyProblems(cut.halfKeys),
      ...blocks.flatMap(block => block.problems),
      ...unknownAliases(blocks.map(block => block.references)),
    ]),
    parts: { text, blocks },
  };
}

/** Whether a text may define anchors; to look for them takes a walk through its whole tree. */
export function mayHaveAnchors({ parts }: ParsedYaml): boolean {
  return parts === undefined || parts.blocks.some(({ references }) => references.defines.length > 0);
}

/**
 * A lone CR ends a line to YAML, to editors and to deployKF's reader,
 * but not to the parser. Every offset stays.
 */
function withLineFeeds(text: string): string {
  if (text.includes('\r')) return text.replace(/\r(?!\n)/g, '\n');
  return text;
}

function rootOf(blocks: readonly Block[]): YamlMap {
  const pairs = blocks.flatMap(block => block.pairs);
  const span = { start: pairs[0]?.key.span.start ?? 0, end: pairs.at(-1)?.value.span.end ?? 0 };
  return { kind: 'map', span, pairs, flow: false };
}

function parseWhole(text: string): ParsedYaml {
  const documents = compose(text, 0);
  return {
    documents: documents.map(({ root, span }) => ({ root, span })),
    problems: inOrder(
      documents.flatMap(({ problems, references }) => [...problems, ...unknownAliases([references])]),
    ),
    parts: undefined,
  };
}

/** More of them help nobody, and a text can have one on every line. */
const problemLimit = 200;

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  return problems.toSorted((a, b) => a.span.start - b.span.start).slice(0, problemLimit);
}

import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import type { Span } from '../text/span.ts';
import { convertDocument } from './convert.ts';
import { DepthMeter } from './depth.ts';
import type { YamlNode } from './nodes.ts';
import { depthMessage, problemOf, type YamlProblem } from './problems.ts';
import type { References } from './references.ts';

/** One `---` document as the parser has it. */
export interface ComposedDocument {
  readonly root: YamlNode | undefined;
  readonly span: Span;
  readonly problems: readonly YamlProblem[];
  readonly references: References;
}

/** More of them help nobody, and a text can have one for every character. */
const problemLimit = 100;

const composerOptions = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

/** Parses a text that starts at `base` in the whole; spans are those of the whole. */
export function compose(text: string, base: number): readonly ComposedDocument[] {
  const meter = new DepthMeter();
  const documents = [...new Composer(composerOptions).compose(tokensOf(text, meter), true, text.length)];
  if (meter.exceededAt !== undefined) return [tooDeep(text, base, meter.exceededAt)];
  return documents.map(document => composedOf(document, text, base));
}

/** Ends early where the text gets too deep: the parser recurses with every level and would overflow its stack. */
function* tokensOf(text: string, meter: DepthMeter): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    meter.add(lexeme);
    if (meter.exceededAt !== undefined) return;
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function composedOf(document: Document.Parsed, text: string, base: number): ComposedDocument {
  const [start, , end] = document.range;
  const { root, references, problems } = convertDocument(document, text, base);
  const errors = document.errors.slice(0, problemLimit).map(error => problemOf(error, text, base));
  return {
    root,
    span: { start: base + start, end: base + end },
    problems: [...errors, ...problems.slice(0, problemLimit)],
    references,
  };
}

function tooDeep(text: string, base: number, at: number): ComposedDocument {
  return {
    root: undefined,
    span: { start: base, end: base + text.length },
    problems: [{ message: depthMessage, span: { start: base + at, end: base + at + 1 } }],
    references: { defines: [], needs: [] },
  };
}

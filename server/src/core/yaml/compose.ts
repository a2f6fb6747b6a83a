import { Composer, Lexer, Parser, type CST, type Document } from 'yaml';
import type { Span } from '../text/span.ts';
import { convertDocument } from './convert.ts';
import { DepthMeter } from './depth.ts';
import { DirectiveReader } from './directives.ts';
import type { YamlNode } from './nodes.ts';
import { depthMessage, problemOf, repeatedDirectiveMessage, sizeMessage } from './problems.ts';
import type { Problem } from '../text/problem.ts';
import type { References } from './references.ts';

/** One `---` document as the parser has it. */
export interface ComposedDocument {
  readonly root: YamlNode | undefined;
  readonly span: Span;
  readonly problems: readonly Problem[];
  readonly references: References;
}

/** More of them help nobody, and a text can have one for every character. */
const problemLimit = 100;
/** More do not fit into memory; ten megabytes of values have two million. */
const tokenLimit = 3_000_000;

const composerOptions = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Parses a text that starts at `base` in the whole; spans are those of the whole. */
export function compose(text: string, base: number): readonly ComposedDocument[] {
  const meter = new DepthMeter();
  const composer = new Composer(composerOptions);
  limitErrors(composer);
  const directives = new DirectiveReader();
  const documents = [...composer.compose(tokensOf(text, meter, directives), true, text.length)];
  if (meter.exceededAt !== undefined)
    return [unreadable(text, base, { message: depthMessage, offset: meter.exceededAt })];
  if (meter.count > tokenLimit) return [unreadable(text, base, { message: sizeMessage, offset: 0 })];
  const repeated = directives.repeated.slice(0, problemLimit).map(({ start, end }) => ({
    message: repeatedDirectiveMessage,
    span: { start: base + start, end: base + end },
  }));
  return documents
    .map(document => composedOf(document, text, base))
    .map((document, index) => {
      if (index === 0) return { ...document, problems: [...repeated, ...document.problems] };
      return document;
    });
}

/**
 * Ends early where the text gets too deep: the parser recurses with every level and would overflow its stack.
 */
function* tokensOf(text: string, meter: DepthMeter, directives: DirectiveReader): Generator<CST.Token, void> {
  const parser = new Parser();
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    meter.add(lexeme);
    if (meter.exceededAt !== undefined || meter.count > tokenLimit) return;
    for (const token of parser.next(lexeme)) {
      directives.see(token);
      if (token.type !== 'error' || ++errors <= problemLimit) yield token;
    }
  }
  yield* parser.end();
}

/**
 * Each error takes the composer ten microseconds and a kilobyte, for its stack. It has no option for how many
 * it makes, so its own callback is wrapped; warnings are not used, and dropped.
 */
function limitErrors(composer: Composer): void {
  const report: unknown = Reflect.get(composer, 'onError');
  if (typeof report !== 'function') return;
  let left = problemLimit;
  Reflect.set(composer, 'onError', (...parts: readonly unknown[]) => {
    const isWarning = parts[3] === true;
    if (!isWarning && left-- > 0) Reflect.apply(report, undefined, parts);
  });
}

function composedOf(document: Document.Parsed, text: string, base: number): ComposedDocument {
  const [start, , end] = document.range;
  const { root, references, problems } = convertDocument(document, text, base);
  const errors = document.errors.slice(0, problemLimit).map(error => problemOf(error, text, base));
  return {
    root,
    // The parser counts a lone CR at the end twice.
    span: { start: base + start, end: base + Math.min(end, text.length) },
    problems: [...errors, ...problems.slice(0, problemLimit)],
    references,
  };
}

function unreadable(
  text: string,
  base: number,
  { message, offset: at }: { readonly message: string; readonly offset: number },
): ComposedDocument {
  return {
    root: undefined,
    span: { start: base, end: base + text.length },
    problems: [{ message, span: { start: base + at, end: base + at + 1 } }],
    references: { defines: [], needs: [] },
  };
}

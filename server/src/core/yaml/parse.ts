import { Composer, Parser, type Document, type YAMLParseError } from 'yaml';
import type { Span } from '../text/span.ts';
import { convertDocument } from './convert.ts';
import { shiftPairs, type YamlMap, type YamlNode, type YamlPair } from './nodes.ts';

export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
}

/** One `---` document. */
export interface YamlDocument {
  readonly root: YamlNode | undefined;
  readonly span: Span;
}

/** A parsed text. Parsing cannot fail: what does not parse becomes a problem, and the rest stays usable. */
export interface ParsedYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
  /** The sections that were parsed on their own, to be used again by the next parse; `undefined` when the text has none. */
  readonly sections: SectionCache | undefined;
}

type SectionCache = ReadonlyMap<string, Section>;

/** A run of lines that starts with a top-level key. Spans are those of the text that it was last assembled for. */
interface Section {
  readonly start: number;
  readonly pairs: readonly YamlPair[];
  readonly problems: readonly YamlProblem[];
}

/**
 * Parses a text. A text whose root is a block map is parsed one top-level section at a time, and sections that `previous`
 * had with the same characters are not parsed again: a keystroke costs the section that it is in. The result is the same
 * as without `previous`.
 */
export function parseYaml(text: string, previous?: ParsedYaml): ParsedYaml {
  const starts = sectionStarts(text);
  if (starts === undefined) return parseWhole(text);
  const sections = starts.map((start, index) =>
    parseSection(text.slice(start, starts[index + 1]), start, previous?.sections),
  );
  if (sections.some(section => section === undefined)) return parseWhole(text);
  const known = sections.filter(section => section !== undefined);
  // A broken section can still be good YAML together with what follows it, such as a quoted text over several lines.
  if (known.some(section => section.problems.length > 0)) {
    const whole = parseWhole(text);
    if (whole.problems.length === 0) return whole;
  }
  return assemble(text, starts, known);
}

function assemble(text: string, starts: readonly number[], sections: readonly Section[]): ParsedYaml {
  const pairs = sections.flatMap(section => section.pairs);
  const last = pairs.at(-1);
  const span = { start: pairs[0]?.key.span.start ?? 0, end: last?.value.span.end ?? 0 };
  const root: YamlMap = { kind: 'map', span, pairs, flow: false };
  const cache = new Map(sections.map((section, index) => [text.slice(section.start, starts[index + 1]), section]));
  return {
    documents: [{ root, span: { start: 0, end: text.length } }],
    problems: sections.flatMap(section => section.problems),
    sections: cache,
  };
}

/** `undefined` when the section is more than one plain block map and so needs its surroundings. */
function parseSection(text: string, start: number, cache: SectionCache | undefined): Section | undefined {
  const cached = cache?.get(text);
  if (cached !== undefined) return moveSection(cached, start);
  const parsed = parseWhole(text);
  const root = parsed.documents[0]?.root;
  if (parsed.documents.length !== 1 || root?.kind !== 'map' || root.flow) return undefined;
  return moveSection({ start: 0, pairs: root.pairs, problems: parsed.problems }, start);
}

function moveSection(section: Section, start: number): Section {
  const delta = start - section.start;
  if (delta === 0) return section;
  return {
    start,
    pairs: shiftPairs(section.pairs, delta),
    problems: section.problems.map(({ message, span }) => ({
      message,
      span: { start: span.start + delta, end: span.end + delta },
    })),
  };
}

const sectionKey = /^[A-Za-z_][\w.-]*:(?=[ \t\r\n]|$)/gm;

/** The offsets of the top-level keys; `undefined` when more than comments and one `---` stand before or between them. */
function sectionStarts(text: string): readonly number[] | undefined {
  const starts = [...text.matchAll(sectionKey)].map(match => match.index);
  const first = starts[0];
  if (
    first === undefined ||
    !/^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n)*(?:---[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*)?$/.test(text.slice(0, first))
  ) {
    return undefined;
  }
  return /^(?:---|\.\.\.|%)/m.test(text.slice(first)) ? undefined : starts;
}

const composerOptions = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

function parseWhole(text: string): ParsedYaml {
  const documents: YamlDocument[] = [];
  const problems: YamlProblem[] = [];
  for (const document of composeAll(text)) {
    const [start, , end] = document.range;
    documents.push({ root: convertDocument(document, text), span: { start, end } });
    problems.push(...document.errors.map(error => toProblem(error, text)));
  }
  return { documents, problems, sections: undefined };
}

function composeAll(text: string): Iterable<Document.Parsed> {
  const composer = new Composer(composerOptions);
  return composer.compose(new Parser().parse(text), true, text.length);
}

function toProblem(error: YAMLParseError, text: string): YamlProblem {
  const [start, end] = error.pos;
  const stop = Math.min(Math.max(end, start + 1), text.length);
  return { message: plainMessage(error.message), span: { start: Math.min(start, stop), end: stop } };
}

/** The parser's messages as ours: one line, no full stop. */
function plainMessage(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/\.$/, '').replace(/(["'])quote$/, '$1');
}

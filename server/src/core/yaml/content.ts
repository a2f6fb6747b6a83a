import type { SourceText } from '../text/sourceText.ts';
import { ContentBuilder, type Content } from './contentBuilder.ts';
import { readFlowContent } from './flowContent.ts';
import type { YamlScalar } from './nodes.ts';

/**
 * The content of a scalar beside its outer text;
 * `undefined` where it is not certain that the two belong together.
 */
export function readContent(outer: SourceText, scalar: YamlScalar): Content | undefined {
  const isBlock = scalar.style === 'literal' || scalar.style === 'folded';
  const content = isBlock ? readBlock(outer, scalar) : readFlowContent(outer.text, scalar);
  if (content?.text !== contentText(scalar)) return undefined;
  return content;
}

/** The content as its reader has it: line ends in block scalars are `\n`, whatever the outer text has. */
export function contentText({ style, source }: YamlScalar): string {
  if (style === 'literal' || style === 'folded') return source.replaceAll('\r\n', '\n');
  return source;
}

function readBlock(outer: SourceText, scalar: YamlScalar): Content | undefined {
  const lines = contentLines(outer, scalar);
  const indent = indentOf(outer, scalar, lines);
  const builder = new ContentBuilder();
  const contents = lines.map(line => {
    const start = Math.min(line.start + indent, line.end);
    return { start, text: outer.text.slice(start, line.end), next: line.next };
  });
  if (scalar.style === 'literal') {
    for (const { start, text, next } of contents) builder.add(`${text}\n`, start, next - start);
  } else fold(contents, builder);
  return cut(builder, contentText(scalar));
}

interface ContentLine {
  readonly start: number;
  readonly text: string;
  readonly next: number;
}

/**
 * A line end between two lines of text is a space,
 * unless one of them is indented more; n + 1 line ends are n.
 */
function fold(contents: readonly ContentLine[], builder: ContentBuilder): void {
  const filled = filledBehind(contents);
  contents.forEach(({ start, text, next }, index) => {
    builder.add(text, start, text.length);
    const end = start + text.length;
    const after = filled[index];
    const folds = text !== '' && after !== undefined && !isIndentedMore(text) && !isIndentedMore(after);
    if (folds) builder.add(contents[index + 1]?.text === '' ? '' : ' ', end, next - end);
    else builder.add('\n', end, next - end);
  });
}

function isIndentedMore(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}

/** For each line the text of the next one that is not empty; `undefined` where there is none. */
function filledBehind(contents: readonly ContentLine[]): readonly (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let next: string | undefined;
  for (const { text } of contents.toReversed()) {
    found.push(next);
    if (text !== '') next = text;
  }
  return found.reverse();
}

/** The content as the reader has it: chomping removes line ends at its end. */
function cut(builder: ContentBuilder, wanted: string): Content | undefined {
  if (!builder.text.startsWith(wanted)) return undefined;
  const segments = builder.segments
    .filter(segment => segment.inner < wanted.length)
    .map(segment => {
      const over = segment.inner + segment.innerLength - wanted.length;
      if (over <= 0) return segment;
      return { ...segment, innerLength: segment.innerLength - over, outerLength: segment.innerLength - over };
    });
  return { text: wanted, segments };
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines after the header of a block scalar. */
function contentLines(outer: SourceText, scalar: YamlScalar): readonly Line[] {
  const first = outer.positionAt(scalar.span.start).line + 1;
  const last = outer.positionAt(Math.max(scalar.span.start, scalar.span.end - 1)).line;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const line = first + index;
    return { start: outer.lineStart(line), end: outer.lineEnd(line), next: outer.lineStart(line + 1) };
  });
}

function indentOf(outer: SourceText, scalar: YamlScalar, lines: readonly Line[]): number {
  const first = lines.find(({ start, end }) => outer.text.slice(start, end).trim() !== '');
  if (first === undefined) return 0;
  const found = /^ */.exec(outer.text.slice(first.start, first.end))?.[0].length ?? 0;
  // With an indentation indicator the first line may be indented more:
  // the content's own spaces tell by how much.
  const firstText = scalar.source.split('\n').find(line => line.trim() !== '') ?? '';
  return Math.max(0, found - (/^ */.exec(firstText)?.[0].length ?? 0));
}

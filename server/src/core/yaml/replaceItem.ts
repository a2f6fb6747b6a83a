import type { TextEdit } from '../text/edit.ts';
import type { SourceText } from '../text/sourceText.ts';
import { literalLines } from './literal.ts';
import type { YamlScalar, YamlSeq } from './nodes.ts';
import { replaceScalar } from './write.ts';

/**
 * Gives an item of a list another text: below its `|` where it has one, else in quotes. `undefined` where a block has lines or marks
 * of its own that cannot be kept.
 */
export function replaceItem(
  source: SourceText,
  list: YamlSeq,
  item: YamlScalar,
  text: string,
): TextEdit | undefined {
  if (item.style !== 'literal' && item.style !== 'folded') return replaceScalar(item, text);
  const lines = literalLines(text);
  if (lines === undefined || list.flow) return undefined;
  const old = source.text.slice(item.span.start, item.span.end).trimEnd();
  const [header = ''] = old.split(/\r?\n/, 1);
  const mark = header.indexOf('#');
  const comment = mark < 0 ? '' : ` ${header.slice(mark)}`;
  const dash = source.positionAt(list.span.start);
  const indent = ' '.repeat(dash.character + 2);
  return {
    span: { start: item.span.start, end: item.span.start + old.length },
    newText: [`|${comment}`, ...lines.map(line => indent + line)].join(source.eol),
  };
}

/** The indentation of a line of YAML, with the dashes of list items, and whether a key or a value is after it. */
interface Line {
  readonly start: number;
  readonly indent: number;
  readonly kind: 'value' | 'comment' | 'blank';
}

/**
 * Where to look for what the line of a UTF-16 offset is about: its first key or value, else the key of the section that the
 * line is in, by its indentation; a blank line is in the section of the line before it. Empty: no section.
 */
export function spokenOffsets(text: string, offset: number): readonly number[] {
  const own = lineAt(text, text.lastIndexOf('\n', offset - 1) + 1);
  if (own.kind === 'value') return [own.start + own.indent];
  let indent = own.kind === 'comment' ? own.indent : undefined;
  for (let line = lineBefore(text, own); line !== undefined; line = lineBefore(text, line)) {
    if (line.kind !== 'value') continue;
    if (indent !== undefined && line.indent < indent) return [line.start + line.indent];
    indent ??= line.indent;
  }
  return [];
}

function lineBefore(text: string, { start }: Line): Line | undefined {
  return start === 0 ? undefined : lineAt(text, text.lastIndexOf('\n', start - 2) + 1);
}

function lineAt(text: string, start: number): Line {
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? text.length : end);
  const indent = /^\uFEFF?[ \t]*(?:-[ \t]+)*/.exec(line)?.[0].length ?? 0;
  const rest = line.slice(indent).trim();
  if (rest === '') return { start, indent, kind: 'blank' };
  return { start, indent, kind: rest.startsWith('#') ? 'comment' : 'value' };
}
